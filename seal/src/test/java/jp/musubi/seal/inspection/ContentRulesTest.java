package jp.musubi.seal.inspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import jp.musubi.seal.pdf.PageTree;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("ページの内容の検査")
class ContentRulesTest {
  private static final InspectionLimits LIMITS = InspectionLimits.standard();
  private static final String SEEN = "BT /F1 12 Tf 72 700 Td (The visible words of it) Tj ET\n";
  private static final String WORDS = "BT /F1 12 Tf 72 600 Td (Hidden words here) Tj ET\n";
  private static final String GRAY = "0.5 g 60 590 200 40 re f\n";

  static Stream<Arguments> hidden() {
    return Stream.of(
        Arguments.of("INVISIBLE_MODE", "BT 3 Tr /F1 12 Tf 72 600 Td (Hidden words here) Tj ET"),
        Arguments.of("INVISIBLE_MODE", "BT 7 Tr /F1 12 Tf 72 600 Td (Hidden words here) Tj ET"),
        Arguments.of("INVISIBLE_MODE", "BT 3 Tr /F1 12 Tf 72 600 Td (Hidden words here) ' ET"),
        Arguments.of("OUTSIDE_PAGE", "BT /F1 12 Tf 700 600 Td (Hidden words here) Tj ET"),
        Arguments.of("OUTSIDE_PAGE", "BT /F1 12 Tf 72 -60 Td (Hidden words here) Tj ET"),
        Arguments.of("CLIPPED", "q 0 0 20 20 re W n " + WORDS + " Q"),
        Arguments.of("SAME_COLOUR", "1 g " + WORDS),
        Arguments.of("SAME_COLOUR", "0.98 g " + WORDS),
        Arguments.of("SAME_COLOUR", GRAY + "0.51 g " + WORDS),
        Arguments.of("SAME_COLOUR", "1 0 0 rg 60 590 200 40 re f " + WORDS),
        Arguments.of("SAME_COLOUR", "1 1 1 RG 1 Tr " + WORDS),
        Arguments.of("SAME_COLOUR", "30 w 0 0 1 RG 60 605 m 300 605 l S 0 0 1 rg " + WORDS),
        Arguments.of("SAME_COLOUR", "1 g 1 G 2 Tr " + WORDS),
        Arguments.of("COVERED", WORDS + "1 g 60 590 200 40 re f"),
        Arguments.of("COVERED", WORDS + "1 g 60 590 200 40 re B"),
        Arguments.of("COVERED", WORDS + "1 g 60 590 60 40 re f 120 590 140 40 re f"),
        Arguments.of("COVERED", WORDS + "1 g 60 590 m 300 590 l 300 640 l 60 640 l h f*"),
        Arguments.of("COVERED", WORDS + "1 G 30 w 60 605 m 300 605 l S"),
        Arguments.of("COVERED", WORDS + "q 200 0 0 40 60 590 cm /I1 Do Q"),
        Arguments.of("COVERED", WORDS + "q 60 590 200 40 re W n /S1 sh Q"),
        Arguments.of("COVERED", WORDS + "/X1 Do"),
        Arguments.of("TRANSPARENT", "/Clear gs " + WORDS),
        Arguments.of("TRANSPARENT", "/Clear gs /G1 Do"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("hidden")
  @DisplayName("見えない文字を、理由とともに見つける")
  void findHiddenText(String why, String content) throws IOException {
    var findings = check(SEEN + content);
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().rule()).isEqualTo("PDF-P12");
    assertThat(findings.getFirst().action()).isEqualTo(Action.REJECT);
    assertThat(findings.getFirst().what()).isEqualTo("hidden-text");
    assertThat(findings.getFirst().detail()).isEqualTo("{" + why + "=15} of 34");
    assertThat(findings.getFirst().page()).hasValue(1);
    assertThat(findings.getFirst().object()).hasValue("3 0 R");
  }

  static Stream<String> seen() {
    return Stream.of(
        WORDS,
        "0.9 g " + WORDS,
        GRAY + "0.6 g " + WORDS,
        GRAY + "1 g " + WORDS,
        "1 g 60 590 200 40 re f 0 g " + WORDS,
        "1 Tr " + WORDS,
        "1 g 2 Tr 0 G " + WORDS,
        "q 7 Tr " + WORDS + GRAY + "Q",
        "q 0 500 595 200 re W n " + WORDS + " Q",
        WORDS + "1 g 300 590 200 40 re f",
        WORDS + "1 g 60 590 200 1 re f",
        WORDS + "1 G 2 w 60 605 m 300 605 l S",
        "q 200 0 0 40 60 590 cm /I1 Do Q 1 g " + WORDS,
        "/X1 Do 0 g " + WORDS,
        "BT /F1 12 Tf 14 TL 72 600 Td (One line) ' 1 0 (and the next) \" T* (and one more) Tj ET",
        "BT /F1 12 Tf 72 600 Td (   ) Tj ET");
  }

  @ParameterizedTest
  @MethodSource("seen")
  @DisplayName("見える文字は指摘しない")
  void leaveVisibleTextAlone(String content) throws IOException {
    assertThat(check(SEEN + content)).isEmpty();
  }

  @Test
  @DisplayName("見えない文字が少しなら、知らせるだけにする")
  void tellOfALittleHiddenText() throws IOException {
    var few = check(SEEN + "BT 3 Tr /F1 12 Tf 72 600 Td (abcd) Tj ET");
    assertThat(few).extracting(Finding::what).containsExactly("hidden-text-few");
    assertThat(few.getFirst().action()).isEqualTo(Action.WARN);
    // Five of a hundred are a twentieth, and not more than it.
    var hundred = "BT /F1 6 Tf 20 500 Td (" + "x".repeat(76) + ") Tj ET ";
    assertThat(check(SEEN + hundred + "BT 3 Tr /F1 6 Tf 72 600 Td (abcde) Tj ET"))
        .extracting(Finding::what)
        .containsExactly("hidden-text-few");
    assertThat(check(SEEN + hundred + "BT 3 Tr /F1 6 Tf 72 600 Td (abcdef) Tj ET"))
        .extracting(Finding::what)
        .containsExactly("hidden-text");
  }

  @Test
  @DisplayName("スキャン画像に重ねた文字は、見えなくても受け付ける")
  void takeTheTextOfAScan() throws IOException {
    var findings =
        check("q 595 0 0 842 0 0 cm /I1 Do Q BT 3 Tr /F1 12 Tf 72 600 Td (Recognised) Tj ET");
    assertThat(findings).extracting(Finding::what).containsExactly("text-layer");
    assertThat(findings.getFirst().action()).isEqualTo(Action.WARN);
    assertThat(findings.getFirst().detail()).startsWith("10 characters");
  }

  @Test
  @DisplayName("文字の上の透けた部分を知らせる")
  void tellOfVeils() throws IOException {
    assertThat(check(SEEN + WORDS + "/Half gs 1 g 60 590 200 40 re f"))
        .extracting(Finding::what)
        .containsExactly("transparency-over-text");
    assertThat(check(SEEN + WORDS + "/Half gs 1 g 60 90 200 40 re f")).isEmpty();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("undefined-operator", "nonsense"),
        Arguments.of("undefined-operator", "BX EX nonsense"),
        Arguments.of("missing-resource", "BT /F9 12 Tf (x) Tj ET"),
        Arguments.of("missing-resource", "/X9 Do"),
        Arguments.of("missing-resource", "/S9 sh"),
        Arguments.of("missing-resource", "/G9 gs"),
        Arguments.of("missing-resource", "/C9 cs"),
        Arguments.of("undefined-operator", "/Pattern cs /P1 scn 0 0 9 9 re f"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  @DisplayName("決められていない命令と、ない部品を見つける")
  void refuseFaultyContent(String what, String content) throws IOException {
    var findings = check(content);
    assertThat(findings).extracting(Finding::rule).contains("PDF-P11");
    assertThat(findings).extracting(Finding::action).containsOnly(Action.REJECT);
    assertThat(findings).extracting(Finding::what).contains(what);
  }

  @Test
  @DisplayName("互換の範囲の中の知らない命令は許す")
  void allowUnknownOperatorsWhereTheyAreAllowed() throws IOException {
    assertThat(check("BX nonsense EX /T MP BT ET")).isEmpty();
  }

  @Test
  @DisplayName("何度も描かせる仕掛けは、途中でやめる")
  void stopAtTooManyOperators() throws IOException {
    var few = new InspectionLimits(1 << 20, 9, 1 << 20, 1 << 20, 1 << 20, 50, 1000, 10);
    assertThat(check(BadPdfs.text("q Q ".repeat(6)), few))
        .extracting(Finding::what)
        .containsExactly("too-many-operators");
    assertThat(check(BadPdfs.text("q Q ".repeat(5)), few)).isEmpty();
  }

  @Test
  @DisplayName("埋め込まれていない書体を断る")
  void refuseFontsThatAreNotThere() throws IOException {
    var findings =
        check(
            BadPdfs.text("BT /F1 12 Tf 9 9 Td (x) Tj 1 0 0 rg (y) Tj ET")
                .object(8, "<< /Type /Font /Subtype /TrueType /BaseFont /Nobody >>"),
            LIMITS);
    assertThat(findings).extracting(Finding::what).containsExactly("font-not-embedded");
    assertThat(findings.getFirst().action()).isEqualTo(Action.REJECT);
    assertThat(findings.getFirst().detail()).isEqualTo("Nobody");
  }

  @Test
  @DisplayName("使われていない書体は問わない")
  void ignoreFontsThatDrawNothing() throws IOException {
    assertThat(
            check(
                BadPdfs.text("BT /F1 12 Tf ET")
                    .object(8, "<< /Type /Font /Subtype /TrueType /BaseFont /Nobody >>"),
                LIMITS))
        .isEmpty();
  }

  static Stream<Arguments> fields() {
    return Stream.of(
        Arguments.of(true, "/FT /Tx /V (Shown)"),
        Arguments.of(true, "/FT /Tx /V (S h own )"),
        Arguments.of(true, "/FT /Tx /V ( )"),
        Arguments.of(true, "/FT /Tx"),
        Arguments.of(false, "/FT /Tx /V (Another)"),
        Arguments.of(false, "/FT /Tx /V (Show)"),
        Arguments.of(true, "/FT /Ch /V (s) /Opt [[(a) (Other)] [(s) (Shown)]]"),
        Arguments.of(false, "/FT /Ch /V (a) /Opt [[(a) (Other)] [(s) (Shown)]]"),
        Arguments.of(true, "/FT /Ch /V (Shown) /Opt [(Shown) (Other)]"),
        Arguments.of(false, "/Parent << /FT /Tx /V (Another) >>"),
        Arguments.of(true, "/Parent << /FT /Tx /V (Shown) >>"));
  }

  @ParameterizedTest
  @MethodSource("fields")
  @DisplayName("入力欄の値が表示と違えば断る")
  void compareFieldsWithWhatTheyShow(boolean same, String entries) throws IOException {
    var findings = check(widget(entries, "BT /F1 12 Tf 2 5 Td (Shown) Tj ET"), LIMITS);
    assertThat(findings)
        .extracting(Finding::what)
        .isEqualTo(same ? List.of() : List.of("field-differs"));
    assertThat(findings).allMatch(f -> f.rule().equals("PDF-P08") && f.object().isPresent());
  }

  static Stream<Arguments> boxes() {
    return Stream.of(
        Arguments.of(true, "/V /Yes /AS /Yes"),
        Arguments.of(true, "/V /Off /AS /Off"),
        Arguments.of(true, "/V /Other /AS /Off"),
        Arguments.of(true, "/V /Other"),
        Arguments.of(true, "/AS /Yes"),
        Arguments.of(false, "/V /Yes /AS /Off"),
        Arguments.of(false, "/V /Yes"),
        Arguments.of(false, "/V /Off /AS /Yes"),
        Arguments.of(false, "/V /Other /AS /Yes"));
  }

  @ParameterizedTest
  @MethodSource("boxes")
  @DisplayName("チェック欄の値が表示と違えば断る")
  void compareBoxesWithWhatTheyShow(boolean same, String entries) throws IOException {
    var pdf =
        BadPdfs.page("", "/Annots [5 0 R]")
            .object(
                5,
                "<< /Type /Annot /Subtype /Widget /FT /Btn /F 4 /Rect [200 600 300 620] "
                    + entries
                    + " /AP << /N << /Yes 6 0 R /Off 7 0 R >> >> >>")
            .stream(6, "/Subtype /Form /BBox [0 0 9 9]", bytes("0 0 9 9 re f"))
            .stream(7, "/Subtype /Form /BBox [0 0 9 9]", bytes(""));
    assertThat(check(pdf, LIMITS))
        .extracting(Finding::what)
        .isEqualTo(same ? List.of() : List.of("field-differs"));
  }

  @Test
  @DisplayName("文字を隠す注釈を断る")
  void refuseAnnotationsOverText() throws IOException {
    var pdf = widget("/FT /Tx", "1 g 0 0 100 20 re f");
    pdf.stream(4, "", bytes("BT /F1 12 Tf 202 605 Td (Hidden words) Tj ET"));
    var findings = check(pdf, LIMITS);
    assertThat(findings).extracting(Finding::what).containsExactly("annotation-over-text");
    assertThat(findings.getFirst().detail()).isEqualTo("11 characters");
    pdf.stream(4, "", bytes("BT /F1 12 Tf 202 405 Td (Hidden words) Tj ET"));
    assertThat(check(pdf, LIMITS)).isEmpty();
  }

  private static BadPdfs widget(String entries, String appearance) {
    return BadPdfs.text("")
        .object(
            3,
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [5 0 R]"
                + " /Resources << /Font << /F1 8 0 R >> >> >>")
        .object(
            5,
            "<< /Type /Annot /Subtype /Widget /F 4 /Rect [200 600 300 620] "
                + entries
                + " /AP << /N 6 0 R >> >>")
        .stream(
            6,
            "/Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F1 8 0 R >> >>",
            bytes(appearance));
  }

  private static List<Finding> check(String content) throws IOException {
    var pdf =
        BadPdfs.text(content)
            .object(
                3,
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<"
                    + " /Font << /F1 8 0 R >> /XObject << /I1 10 0 R /X1 11 0 R /G1 12 0 R >>"
                    + " /Pattern << /P1 15 0 R >>"
                    + " /Shading << /S1 13 0 R >> /ExtGState << /Clear << /ca 0.01 >>"
                    + " /Half << /ca 0.5 >> >> >> >>")
            .stream(
                10,
                "/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
                new byte[] {-1})
            .stream(11, "/Subtype /Form /BBox [0 0 595 842]", bytes("1 g 60 590 200 40 re f"))
            .stream(
                12,
                "/Subtype /Form /BBox [0 0 595 842] /Group << /S /Transparency >>"
                    + " /Resources << /Font << /F1 8 0 R >> >>",
                bytes(WORDS))
            .object(
                13,
                "<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 1 1] /Extend [true true]"
                    + " /Function << /FunctionType 2 /Domain [0 1] /N 1 >> >>")
            .stream(
                15,
                "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9"
                    + " /Resources << >>",
                bytes("nonsense"));
    return check(pdf, LIMITS);
  }

  private static List<Finding> check(BadPdfs pdf, InspectionLimits limits) throws IOException {
    try (var document = Loader.loadPDF(pdf.bytes())) {
      var pages = PageTree.of(document.getDocumentCatalog().getCOSObject(), 9).pages();
      Settling.settle(document, pages, new Findings());
      var findings = new Findings();
      new ContentRules(limits, findings).check(document, pages);
      return findings.inOrder();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
