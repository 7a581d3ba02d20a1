package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import jp.musubi.seal.Sha256;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("ファイルのバイト列")
class ContentTest {
  @Test
  @DisplayName("小さくても大きくても、どの言葉もどこにあるか見つける")
  void findsWords(@TempDir Path folder) throws IOException {
    for (var size : new int[] {200_000, 4_000_000, 4_000_001}) {
      var bytes = new byte[size];
      Arrays.fill(bytes, (byte) 'x');
      var places = List.of(0, 11, 65_530, 131_070, size - 10);
      places.forEach(at -> System.arraycopy("/ByteRange".getBytes(ISO_8859_1), 0, bytes, at, 10));
      var file = Files.write(folder.resolve("f" + size), bytes);
      try (var arena = Arena.ofShared()) {
        var content = Content.open(file, arena);
        assertThat(content.length()).isEqualTo(size);
        assertThat(content.find("/ByteRange")).isEqualTo(places);
        assertThat(content.part(65_530, 65_540)).isEqualTo("/ByteRange".getBytes(ISO_8859_1));
        assertThat(content.at(size - 1)).isEqualTo((byte) 'e');
      }
    }
  }

  @Test
  @DisplayName("でたらめなバイト列でも、素朴な探し方と同じ場所を見つける")
  void findsWhatANaiveSearchFinds() {
    var random = new Random(20261124);
    var text = new StringBuilder();
    for (var i = 0; i < 70_000; i++) {
      text.append((char) ('a' + random.nextInt(2)));
    }
    var all = text.toString();
    for (var word : List.of("a", "ab", "aab", "babab", "c")) {
      var naive =
          IntStream.range(0, all.length()).filter(at -> all.startsWith(word, at)).boxed().toList();
      assertThat(Content.of(all.getBytes(ISO_8859_1)).find(word)).isEqualTo(naive);
    }
  }

  @Test
  @DisplayName("言葉がそこにあるかを、はみ出さずに見る")
  void looksAtPlaces() {
    var content = Content.of("abc".getBytes(ISO_8859_1));
    assertThat(content.holds("abc", 0)).isTrue();
    assertThat(content.holds("c", 2)).isTrue();
    assertThat(content.holds("x", 2)).isFalse();
    assertThat(content.holds("cd", 2)).isFalse();
    assertThat(content.holds("a", -1)).isFalse();
    assertThat(content.text(1, 3)).isEqualTo("bc");
    var target = new byte[2];
    assertThat(content.read(0, 3, target)).isEqualTo(2);
    assertThat(content.read(2, 3, target)).isEqualTo(1);
  }

  @Test
  @DisplayName("重なり合う範囲の要約値は、一つずつ計算したものと同じ")
  void digestsNestedRanges() throws Exception {
    var pdf = HandSigned.filled(HandSigned.contract(HandSigned.seal("")).bytes());
    var twice = HandSigned.stamped(pdf, 40, covered -> HandSigned.NOTHING);
    var content = Content.of(twice);
    try (PDDocument document = Validator.parse(content, content.length())) {
      var placed = new Structure(content, document).placed();
      var ranges = placed.stream().map(Structure.Placed::range).toList();
      var digests = new Digests(content, ranges);
      for (var algorithm : List.of("SHA-256", "SHA-512")) {
        for (var range : ranges) {
          var digest = MessageDigest.getInstance(algorithm);
          digest.update(twice, 0, range.firstEnd());
          digest.update(twice, range.secondStart(), range.end() - range.secondStart());
          assertThat(digests.of(range, algorithm)).isEqualTo(digest.digest());
        }
      }
      assertThat(digests.file()).isEqualTo(Sha256.of(twice));
      assertThat(digests.file()).isEqualTo(Sha256.of(twice));
      assertThatThrownBy(() -> new Digests(content, List.of()).of(ranges.getFirst(), "SHA-256"))
          .hasMessage("a range that was not given");
    }
  }
}
