package jp.musubi.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beyond what the first ZIP could count: bodies take ten years away at once. */
@DisplayName("書き出すZIPは")
class PackedZipTest {
  private static final int MORE_THAN_SHORT = 65_536 + 10;
  private static final long MORE_THAN_INT = (1L << 32) + 1;

  @TempDir Path folder;

  @Test
  @DisplayName("65,535個を超えるファイルを入れても、一つ残らず読み戻せる")
  void holdsMoreFilesThanTheFirstFormatCounts() throws IOException {
    var file = folder.resolve("many.zip");
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      var zip = new PackedZip(out);
      for (var i = 0; i < MORE_THAN_SHORT; i++) {
        var words = ("契約 " + i).getBytes(UTF_8);
        zip.pack("契約書/" + i + ".txt", each -> each.write(words));
      }
      zip.finish();
    }
    try (var read = new ZipFile(file.toFile(), UTF_8)) {
      assertThat(read.size()).isEqualTo(MORE_THAN_SHORT);
      for (var i : new int[] {0, 65_534, 65_535, 65_536, MORE_THAN_SHORT - 1}) {
        var entry = read.getEntry("契約書/" + i + ".txt");
        assertThat(read.getInputStream(entry).readAllBytes())
            .isEqualTo(("契約 " + i).getBytes(UTF_8));
      }
    }
  }

  @Test
  @Tag("slow")
  @DisplayName("4 GiBを超えるファイルも、大きさとSHA-256を違えずに入れ、そのあとのファイルも読める")
  void holdsAFileLongerThanTheFirstFormatCounts() throws Exception {
    var file = folder.resolve("long.zip");
    var zeros = new byte[1 << 20];
    PackedZip.Packed packed;
    try (var out = Files.newOutputStream(file)) {
      var zip = new PackedZip(out);
      packed =
          zip.pack(
              "長いもの",
              each -> {
                for (var left = MORE_THAN_INT; left > 0; left -= zeros.length) {
                  each.write(zeros, 0, (int) Math.min(left, zeros.length));
                }
              });
      zip.pack("あとのもの", each -> each.write("あと".getBytes(UTF_8)));
      zip.finish();
    }
    assertThat(packed.bytes()).isEqualTo(MORE_THAN_INT);
    assertThat(Files.size(file)).isLessThan(8 << 20);
    try (var read = new ZipFile(file.toFile(), UTF_8)) {
      var entry = read.getEntry("長いもの");
      assertThat(entry.getSize()).isEqualTo(MORE_THAN_INT);
      assertThat(read.getInputStream(read.getEntry("あとのもの")).readAllBytes())
          .isEqualTo("あと".getBytes(UTF_8));
      var sum = MessageDigest.getInstance("SHA-256");
      try (var in = new DigestInputStream(read.getInputStream(entry), sum)) {
        assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(MORE_THAN_INT);
      }
      assertThat(HexFormat.of().formatHex(sum.digest())).isEqualTo(packed.sha256());
    }
  }
}
