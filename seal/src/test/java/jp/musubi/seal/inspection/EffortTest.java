package jp.musubi.seal.inspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("描く手間の上限")
class EffortTest {
  /** 100 lines of 10,000 points, dotted finer than anyone sees: eight million dashes as drawn. */
  private static final String FINE = "[0.01 0.01] 0 d " + "0 0 m 6000 8000 l S ".repeat(100);

  /** The same without dashes. */
  private static final String SOLID = "[] 0 d " + "0 0 m 6000 8000 l S ".repeat(100);

  @TempDir Path folder;

  static Stream<Arguments> strokes() {
    return Stream.of(
        of(1_000_000, 1, true, 1, 1),
        of(1_000_001, 1, false, 1, 1),
        of(1_000_000, 1, false, 0.9f, 1),
        of(500_000, 2, true, 1, 1),
        of(500_001, 2, false, 1, 1),
        of(1_000_000, 0.01f, true, 1, 1),
        of(1_000_000, 1, true, 1, 1, 1),
        of(1_000_001, 1, false, 1, 1, 1),
        of(61_999, 1, true, 0, 0.000001f),
        of(62_001, 1, false, 0, 0.000001f),
        of(1_000_000_000, 1, true),
        of(1_000_000_000, 1, true, 0, 0),
        of(1_000_000_000, 1, true, Float.NaN, 1),
        of(1_000_000_000, 1, true, Float.POSITIVE_INFINITY, 1),
        of(1_000_001_000, 1, false),
        of(Float.NaN, 1, false),
        of(Double.POSITIVE_INFINITY, 1, false),
        of(10, 1_000_000, true),
        of(10, 1_000_001, false),
        of(10, Float.NaN, false),
        of(10, -1, true, 1, 1));
  }

  private static Arguments of(double length, float width, boolean fits, float... dashes) {
    return Arguments.of(length, width, fits, dashes);
  }

  @ParameterizedTest(name = "{0} pt, {1} pt wide, {3}: {2}")
  @MethodSource("strokes")
  @DisplayName("線の長さ、太さ、破線の細かさから、描く点を数える")
  void countsDashes(double length, float width, boolean fits, float[] dashes) {
    var effort = new Effort(9);
    var line = new Line2D.Double(0, 0, length, 0);
    if (fits) {
      assertThatCode(() -> effort.stroke(line, width, dashes)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> effort.stroke(line, width, dashes))
          .isInstanceOf(Effort.TooMuch.class);
    }
  }

  @Test
  @DisplayName("曲線は制御点を結ぶ長さで、閉じた線は戻る長さも数える")
  void measuresCurvesAndWaysBack() {
    var effort = new Effort(9);
    var path = new Path2D.Double();
    path.moveTo(7, 7);
    path.lineTo(7, 1007);
    path.curveTo(7, 2007, 1007, 2007, 1007, 1007);
    path.quadTo(1007, 507, 1007, 7);
    path.closePath();
    path.lineTo(107, 7);
    path.moveTo(0, 0);
    effort.stroke(path, 1, new float[] {1, 1});
    assertThat(effort.spent().dashes()).isEqualTo((1000 + 3000 + 1000 + 1000 + 100) / 2.0);
  }

  @Test
  @DisplayName("ページごとと、文書全体の両方に上限がある")
  void countsPagesAndAllOfThem() {
    var effort = new Effort(9);
    var line = new Line2D.Double(0, 0, 1_000_000, 0);
    var dots = new float[] {1, 1};
    for (var page = 0; page < 40; page++) {
      effort.nextPage();
      effort.stroke(line, 1, dots);
    }
    assertThatThrownBy(() -> effort.stroke(new Line2D.Double(0, 0, 2, 0), 1, dots))
        .isInstanceOf(Effort.TooMuch.class);
    effort.nextPage();
    assertThatThrownBy(() -> effort.stroke(new Line2D.Double(0, 0, 2, 0), 1, dots))
        .isInstanceOf(Effort.TooMuch.class);
  }

  @Test
  @DisplayName("同じものをもう一度描くと、もう一度数える。一枚の絵だけの字は数えない")
  void countsWhatIsDrawnAgain() {
    var effort = new Effort(100);
    var before = effort.spent();
    for (var i = 0; i < 16; i++) {
      effort.operator();
    }
    var picture = effort.spent();
    effort.again(before, picture);
    assertThat(effort.spent().operators()).isEqualTo(16);
    effort.operator();
    effort.again(before, effort.spent());
    assertThat(effort.spent().operators()).isEqualTo(18);
  }

  static Stream<Arguments> places() {
    return Stream.of(
        Arguments.of("the page", page(FINE)),
        Arguments.of("a form", page("/Form Do")),
        Arguments.of("a pattern", page("/Pattern cs /Tile scn 0 0 500 500 re f")),
        Arguments.of("a line's pattern", page("/Pattern CS /Tile SCN 0 0 m 9 9 l S")),
        Arguments.of("a letter's pattern", page("BT /F1 9 Tf /Pattern cs /Tile scn (x) Tj ET")),
        Arguments.of("a glyph", page("BT /T3 1 Tf (f) Tj ET")),
        Arguments.of(
            "a glyph that was solid before", page("BT /T3 1 Tf (s) Tj [0.01 0.01] 0 d (s) Tj ET")),
        Arguments.of("a glyph shown often", page("BT /T3 1 Tf (" + "o".repeat(3000) + ") Tj ET")),
        Arguments.of("a soft mask", page("/Mask gs 0 0 9 9 re f")),
        Arguments.of("a soft mask used often", page("/Often gs " + "0 0 9 9 re f ".repeat(3000))),
        Arguments.of(
            "the edges of letters",
            page("BT /F1 5000 Tf 1 Tr [0.01 0.01] 0 d (" + "g".repeat(200) + ") Tj ET")),
        Arguments.of(
            "a scaled page", page("0.001 0 0 0.001 0 0 cm " + FINE.replace("000 l", "000000 l"))),
        Arguments.of("an annotation", annotated("/Subtype /Stamp /AP << /N 20 0 R >>")),
        Arguments.of("a link's look", annotated("/Subtype /Link /AP << /N 20 0 R >>")),
        Arguments.of("a popup's look", annotated("/Subtype /Popup /AP << /N 20 0 R >>")),
        Arguments.of(
            "a link's border",
            annotated(
                "/Subtype /Link /Border [0 0 1 [0.01 0.01]] /C [0] /QuadPoints ["
                    + "0 9000 9000 9000 0 0 9000 0 ".repeat(10)
                    + "]")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("places")
  @DisplayName("細かすぎる破線は、どこにあっても、描く前に断る")
  void refusesFineDashesWherever(String place, BadPdfs pdf) throws IOException {
    assertThat(told(pdf)).contains("PDF-P15 REJECT too-many-dashes");
  }

  static Stream<String> honest() {
    return Stream.of(
        SOLID,
        "[3 2] 0 d 0 0 m 595 842 l S",
        "[3 2] 0 d 0 0 m 100000 100000 l S",
        "0 w 0 0 m 595 842 l S",
        "[0 0] 0 d 0 0 m 9 9 l S",
        "BT /T3 1 Tf (sss) Tj /F1 12 Tf 1 Tr [1 1] 0 d (g) Tj ET",
        "/Solid gs 0 0 9 9 re f");
  }

  @ParameterizedTest
  @MethodSource("honest")
  @DisplayName("ふつうの線は、長くても受け付ける")
  void takesHonestLines(String content) throws IOException {
    assertThat(told(page(content))).filteredOn(line -> line.contains("P15")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000001 w 0 0 m 9 9 l S",
        "1000000 0 0 1000000 0 0 cm 2 w 0 0 m 9 9 l S",
        "0 0 m 9000000000 9 l S",
        "0 0 m 9 -9000000000 l S",
        "0 0 m 1 1 9 9000000000 1 1 c B"
      })
  @DisplayName("並外れて太い線、遠くまで延びる線を断る")
  void refusesBoundlessStrokes(String content) throws IOException {
    assertThat(told(page(content))).contains("PDF-P15 REJECT stroke-too-large");
  }

  @Test
  @DisplayName("断られたファイルは描かれず、書き直されもしない")
  void drawsNothingOfARefusedFile() throws IOException {
    var target = folder.resolve("out.pdf");
    var source = Files.write(folder.resolve("in.pdf"), page(FINE).bytes());
    assertThat(Rebuild.rebuild(source, target, InspectionLimits.standard()))
        .isInstanceOf(Rebuilt.Refused.class);
    assertThat(target).doesNotExist();
  }

  private List<String> told(BadPdfs pdf) throws IOException {
    var file = Files.write(folder.resolve("in.pdf"), pdf.bytes());
    return Inspector.inspect(file, InspectionLimits.standard()).findings().stream()
        .map(finding -> finding.rule() + " " + finding.action() + " " + finding.what())
        .toList();
  }

  private static BadPdfs annotated(String entries) {
    return page("").object(5, "<< /Type /Annot /F 4 /Rect [0 0 9000 9000] " + entries + " >>");
  }

  private static BadPdfs page(String content) {
    var glyphs = "/Type /Font /Subtype /Type3 /FontMatrix [1 0 0 1 0 0] /FontBBox [0 0 0 0]";
    var tile = "/PatternType 1 /PaintType 1 /TilingType 1 /XStep 9 /YStep 9 /BBox [0 0 9 9]";
    var group = "/Subtype /Form /BBox [0 0 9 9] /Group << /S /Transparency /CS /DeviceGray >>";
    return BadPdfs.text(content)
        .object(
            3,
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [5 0 R]"
                + " /Resources << /Font << /F1 8 0 R /T3 21 0 R >> /XObject << /Form 20 0 R >>"
                + " /Pattern << /Tile 22 0 R >> /ExtGState << /Mask << /SMask 23 0 R >>"
                + " /Often << /SMask 24 0 R >> /Solid << /SMask 25 0 R >> >> >> >>")
        .object(5, "<< /Type /Annot /Subtype /Link /Rect [9 9 99 99] /F 4 >>")
        .stream(20, "/Subtype /Form /BBox [0 0 9000 9000] /Resources << >>", bytes(FINE))
        .object(
            21,
            "<< "
                + glyphs
                + " /FirstChar 102 /LastChar 115 /Widths ["
                + "1 ".repeat(14)
                + "] /Encoding << /Differences [102 /f 111 /o 115 /s] >> /Resources << >>"
                + " /CharProcs << /f 31 0 R /o 32 0 R /s 33 0 R >> >>")
        .stream(22, tile + " /Resources << >>", bytes(FINE))
        .object(23, "<< /S /Luminosity /G 26 0 R >>")
        .object(24, "<< /S /Luminosity /G 27 0 R >>")
        .object(25, "<< /S /Luminosity /G 28 0 R >>")
        .stream(26, group + " /Resources << >>", bytes(FINE))
        .stream(27, group + " /Resources << >>", bytes("[1 1] 0 d 0 0 m 600 0 l S"))
        .stream(28, group + " /Resources << >>", bytes(SOLID))
        .stream(31, "", bytes("1 0 d0 " + FINE))
        .stream(32, "", bytes("1 0 d0 [1 1] 0 d 0 0 m 600 0 l S"))
        .stream(33, "", bytes("1 0 d0 " + "0 0 m 6000 8000 l S ".repeat(100)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
