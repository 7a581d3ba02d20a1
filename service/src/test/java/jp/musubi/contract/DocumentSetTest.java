package jp.musubi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import jp.musubi.contract.Attachment.Role;
import jp.musubi.contract.DocumentSet.Unfit;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("契約書一式")
class DocumentSetTest {

  @Test
  @DisplayName("署名する書類は、契約書の後ろに、順に続くページを持つ")
  void bindsInOrder() {
    var terms = attachment(0, Role.SIGNED, 5, 100);
    var drawing = attachment(1, Role.REFERENCE, 40, 100);
    var specification = attachment(2, Role.SIGNED, 7, 100);
    var set = new DocumentSet(3, List.of(terms, drawing, specification));
    assertThat(set.signed()).containsExactly(terms, specification);
    assertThat(set.firstPage(terms)).isEqualTo(4);
    assertThat(set.firstPage(specification)).isEqualTo(9);
    assertThat(set.isDocumentAlone()).isFalse();
    assertThat(new DocumentSet(3, List.of(attachment(0, Role.INTERNAL, 1, 1))).isDocumentAlone())
        .isTrue();
  }

  @Test
  @DisplayName("上下の移動は、同じ扱いの書類の中で行い、端では動かない")
  void movesAmongItsOwn() {
    var first = attachment(0, Role.SIGNED, 1, 1);
    var between = attachment(1, Role.REFERENCE, 0, 1);
    var second = attachment(2, Role.SIGNED, 1, 1);
    var set = new DocumentSet(1, List.of(first, between, second));
    assertThat(set.neighbour(second, true)).contains(first);
    assertThat(set.neighbour(first, false)).contains(second);
    assertThat(set.neighbour(first, true)).isEmpty();
    assertThat(set.neighbour(between, false)).isEmpty();
  }

  @Test
  @DisplayName("200個、1GB、署名する分は50MBと2,000ページまで。ちょうどは入り、一つ多いと入らない")
  void hasLimits() {
    var many = IntStream.range(0, 199).mapToObj(i -> attachment(i, Role.REFERENCE, 0, 1)).toList();
    assertThat(refuses(new DocumentSet(1, many), Role.REFERENCE, 1, 0)).isNull();
    var full = IntStream.range(0, 200).mapToObj(i -> attachment(i, Role.INTERNAL, 0, 1)).toList();
    assertThat(refuses(new DocumentSet(1, full), Role.REFERENCE, 1, 0)).isEqualTo(Unfit.TOO_MANY);

    var heavy = new DocumentSet(1, List.of(attachment(0, Role.REFERENCE, 0, (1L << 30) - 10)));
    assertThat(refuses(heavy, Role.REFERENCE, 10, 0)).isNull();
    assertThat(refuses(heavy, Role.REFERENCE, 11, 0)).isEqualTo(Unfit.SET_TOO_LARGE);

    var bound = new DocumentSet(10, List.of(attachment(0, Role.SIGNED, 90, 40_000_000)));
    assertThat(refuses(bound, Role.SIGNED, 10_000_000, 1_900)).isNull();
    assertThat(refuses(bound, Role.SIGNED, 10_000_001, 1)).isEqualTo(Unfit.SIGNED_TOO_LARGE);
    assertThat(refuses(bound, Role.SIGNED, 1, 1_901)).isEqualTo(Unfit.SIGNED_TOO_LARGE);
    assertThat(refuses(bound, Role.REFERENCE, 10_000_001, 1_901)).isNull();
  }

  @Test
  @DisplayName("同じ中身のファイルは、扱いが違っても二度は入らない")
  void takesNothingTwice() {
    var there = attachment(0, Role.SIGNED, 1, 1);
    var set = new DocumentSet(1, List.of(there));
    assertThat(set.refuses(Role.INTERNAL, 1, 1, there.original())).contains(Unfit.TWICE);
    assertThat(set.without(there.id()).refuses(Role.INTERNAL, 1, 1, there.original())).isEmpty();
  }

  @Test
  @DisplayName("ファイル名は、フォルダーと見えない文字とファイルに使えない文字を除き、長いものは拡張子を残して縮める")
  void namesFiles() {
    assertThat(AttachmentName.of("C:\\文書\\仕様書.pdf")).isEqualTo("仕様書.pdf");
    assertThat(AttachmentName.of("../../etc/passwd")).isEqualTo("passwd");
    assertThat(AttachmentName.of("図面\u202efdp.exe")).isEqualTo("図面fdp.exe");
    assertThat(AttachmentName.of("a\r\nSet-Cookie: x\".csv")).isEqualTo("aSet-Cookie x.csv");
    assertThat(AttachmentName.of("..")).isEqualTo("file.bin");
    assertThat(AttachmentName.of(null)).isEqualTo("file.bin");
    assertThat(AttachmentName.of("葛\uDB40\uDD00城.pdf")).isEqualTo("葛\uDB40\uDD00城.pdf");
    assertThat(AttachmentName.of("図".repeat(300) + ".dwg")).hasSize(200).endsWith(".dwg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.exe", "a.docm", "a.html", "a.svg", "a.js", "pdf", "", "a.pdf.lnk"})
  @DisplayName("開くと動くものや、名前から形式が分からないものは、保管しない")
  void keepsNoOtherFormats(String name) {
    assertThat(FileFormat.named(name)).isEmpty();
  }

  @Test
  @DisplayName("中身が名前の示す形式と違うもの、プログラムの中身は、どの名前でも断る")
  void looksAtTheFirstBytes() {
    assertThat(fits("a.PDF", "%PDF-1.7")).isTrue();
    assertThat(fits("a.pdf", "PK\u0003\u0004")).isFalse();
    assertThat(fits("a.xlsx", "PK\u0003\u0004")).isTrue();
    assertThat(fits("a.txt", "MZ\u0090")).isFalse();
    assertThat(fits("a.csv", "#!/bin/sh")).isFalse();
    assertThat(fits("a.csv", "番号,名称")).isTrue();
    assertThat(fits("a.dwg", "AC1032")).isTrue();
  }

  private static boolean fits(String name, String head) {
    return FileFormat.named(name).orElseThrow().fits(head.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static @org.jspecify.annotations.Nullable Unfit refuses(
      DocumentSet set, Role role, long bytes, int pages) {
    return set.refuses(role, bytes, pages, digest()).orElse(null);
  }

  private static Attachment attachment(int ordinal, Role role, int pages, long bytes) {
    return new Attachment(
        UUID.randomUUID(),
        ordinal,
        Attachment.Kind.OTHER,
        role,
        "仕様書.pdf",
        "application/pdf",
        bytes,
        pages,
        digest(),
        digest(),
        Instant.EPOCH);
  }

  private static Sha256 digest() {
    return Sha256.of(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
  }
}
