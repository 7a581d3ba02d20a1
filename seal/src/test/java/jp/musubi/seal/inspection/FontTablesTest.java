package jp.musubi.seal.inspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("フォントの表")
class FontTablesTest {
  private static final String WHOLE = "<0000> <FFFF> <0000>\n";

  @TempDir Path folder;

  static Stream<Arguments> tables() {
    return Stream.of(
        map("beginbfrange " + WHOLE + "endbfrange", true),
        map("beginbfrange " + WHOLE.repeat(4) + "endbfrange", true),
        map("beginbfrange " + WHOLE.repeat(4) + "<00> <00> <0041> endbfrange", false),
        map("beginbfrange <0000> <04FFFF> <0000> endbfrange", false),
        map("beginbfrange <0000> <03FFFF> <0000> endbfrange", true),
        map("beginbfrange <00 00> <7fFFfFFF> <0000> endbfrange", false),
        map("beginbfrange <0000> <FFFFFFFF> <0000> endbfrange", true),
        map("beginbfrange <FFFF> <0000> <0000> endbfrange", true),
        map("beginbfrange % <0000> <00FFFFFF>\n<00> <01> <00> endbfrange", true),
        map("beginbfrange <00> <01> [<41> <42>] <0000> <04FFFF> <0000>", false),
        map("beginbfrange <00> <01> <41> <04FFFF> <04FFFF> <0000> endbfrange", true),
        map("beginbfchar <0000> <04FFFFFF> endbfchar", true),
        map("begincidrange <0000> <04FFFFFF> 0 endcidrange", true),
        map("beginbfrange endbfrange beginbfrange <0000> <04FFFF> <0000> endbfrange", false),
        of("/W [0 262143 500]", true),
        of("/W [0 262144 500]", false),
        of("/W [1 [500 500] 0 262144 500]", false),
        of("/W [0 200000 500 0 200000 500]", false),
        of("/W [null 0 262144 500]", false),
        of("/W [9 0 500]", true),
        of("/W [-2000000000 2000000000 500]", false),
        of("/W2 [0 262144 -1000 500 880]", false),
        of("/W2 [1 [-1000 500 880] 2 9 -1000 500 880 7 8 -1000 500 999999]", true),
        of("/W 7", true));
  }

  private static Arguments of(String entries, boolean fits) {
    return Arguments.of(entries, "", fits);
  }

  private static Arguments map(String map, boolean fits) {
    return Arguments.of("/ToUnicode 9 0 R", map, fits);
  }

  @ParameterizedTest
  @MethodSource("tables")
  @DisplayName("一つの表が求める数を、広げずに数える")
  void countsWhatATableAsksFor(String entries, String map, boolean fits) throws IOException {
    assertThat(told(entries, map))
        .isEqualTo(fits ? List.of() : List.of("PDF-P15 REJECT font-table-too-large"));
  }

  @Test
  @DisplayName("一つずつは小さくても、合わせて大きければ断る")
  void countsAllTablesTogether() throws IOException {
    try (var document =
        Loader.loadPDF(
            BadPdfs.page("/X << /ToUnicode 9 0 R >>", "").stream(
                    9, "", ("beginbfrange " + WHOLE.repeat(4)).getBytes(ISO_8859_1))
                .bytes())) {
      var font =
          Objects.requireNonNull(Cos.dictionary(document.getDocumentCatalog().getCOSObject(), "X"));
      var place = new Findings.Place(OptionalInt.empty(), Optional.empty());
      var findings = new Findings();
      var all = java.util.Collections.nCopies(64, new FontTables.Font(font, place));
      var tables = new FontTables(findings);
      tables.check(all);
      assertThat(findings.rejected()).isFalse();
      tables.check(all.subList(0, 1));
      assertThat(findings.rejected()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/ToUnicode 9 0 R", "/Encoding 9 0 R /Subtype /Type0", "/W [0 999999999 5]"})
  @DisplayName("10億の文字を求める数十バイトは、すぐに断る")
  void refusesABillionAtOnce(String entries) throws IOException {
    var pdf =
        BadPdfs.page("", "/Resources << /Font << /F << /Type /Font " + entries + " >> >> >>")
            .stream(
                9, "", "1 beginbfrange <0000> <3FFFFFFF> <0000> endbfrange".getBytes(ISO_8859_1))
            .bytes();
    var file = Files.write(folder.resolve("in.pdf"), pdf);
    assertThat(Inspector.inspect(file, InspectionLimits.standard()).findings())
        .extracting(Finding::what)
        .contains("font-table-too-large");
  }

  private static List<String> told(String entries, String map) throws IOException {
    try (var document =
        Loader.loadPDF(
            BadPdfs.page("/X << " + entries + " >>", "").stream(9, "", map.getBytes(ISO_8859_1))
                .bytes())) {
      var font =
          Objects.requireNonNull(Cos.dictionary(document.getDocumentCatalog().getCOSObject(), "X"));
      var findings = new Findings();
      var place = new Findings.Place(OptionalInt.empty(), Optional.empty());
      new FontTables(findings).check(List.of(new FontTables.Font(font, place)));
      return findings.inOrder().stream()
          .map(each -> each.rule() + " " + each.action() + " " + each.what())
          .toList();
    }
  }
}
