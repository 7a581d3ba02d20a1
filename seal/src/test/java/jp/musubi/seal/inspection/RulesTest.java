package jp.musubi.seal.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule on the smallest object that it concerns, and on the nearest one that it does not. */
@DisplayName("検査の規則")
class RulesTest {
  private static final Findings.Place PLACE =
      new Findings.Place(OptionalInt.of(7), Optional.of("9 0 R"));

  private static Arguments of(String entries, String... told) {
    return Arguments.of(entries, List.of(told));
  }

  static Stream<Arguments> dictionaries() {
    return Stream.of(
        of("/ByteRange [0 1 2 3]", "PDF-P03 REJECT already-signed"),
        of("/Type /Sig /Contents <00>", "PDF-P03 REJECT already-signed"),
        of("/Type /DocTimeStamp /Contents <00>", "PDF-P03 REJECT already-signed"),
        of("/Type /Sig"),
        of("/Type /Other /Contents (x)"),
        of("/JS (x)", "PDF-P04 REJECT javascript"),
        of("/JavaScript << >>", "PDF-P04 REJECT javascript"),
        of("/S /JavaScript", "PDF-P04 REJECT javascript"),
        of("/S /Launch", "PDF-P04 REJECT launch"),
        of("/S /SubmitForm", "PDF-P04 REJECT action"),
        of("/S /ImportData", "PDF-P04 REJECT action"),
        of("/S /ResetForm", "PDF-P04 REJECT action"),
        of("/S /Hide", "PDF-P04 REJECT action"),
        of("/S /SetOCGState", "PDF-P04 REJECT action"),
        of("/S /Rendition", "PDF-P04 REJECT action"),
        of("/S /Sound", "PDF-P04 REJECT action"),
        of("/S /Movie", "PDF-P04 REJECT action"),
        of("/S /RichMediaExecute", "PDF-P04 REJECT action"),
        of("/S /GoTo3DView", "PDF-P04 REJECT action"),
        of("/S /Sound /K 1"),
        of("/S /Sound /Type /StructElem /P << >>"),
        of("/S /Sound /Type /StructElem", "PDF-P04 REJECT action"),
        of("/S /GoTo /D [0 /Fit]"),
        of("/AA << /E 1 >>", "PDF-P04 REJECT triggered-action"),
        of("/AA << >>"),
        of("/Subtype /Sound /Rect [0 0 1 1]", "PDF-P04 REJECT media"),
        of("/Subtype /Movie /Rect [0 0 1 1]", "PDF-P04 REJECT media"),
        of("/Subtype /Screen /Rect [0 0 1 1]", "PDF-P04 REJECT media"),
        of("/Subtype /RichMedia /Rect [0 0 1 1]", "PDF-P04 REJECT media"),
        of("/Subtype /3D /Rect [0 0 1 1]", "PDF-P04 REJECT media"),
        of("/Subtype /Sound"),
        of("/S /GoToR", "PDF-P06 REJECT external-file"),
        of("/S /GoToE", "PDF-P06 REJECT external-file"),
        of("/S /Thread /F (x)", "PDF-P06 REJECT external-file"),
        of("/S /Thread"),
        of("/S /URI /URI (https://a.example)", "PDF-P06 WARN web-link"),
        of("/S /URI"),
        of("/EmbeddedFiles << >>", "PDF-P05 REJECT attachment"),
        of("/EF << >>", "PDF-P05 REJECT attachment"),
        of("/AF [1]", "PDF-P05 REJECT attachment"),
        of("/AF []"),
        of("/Subtype /FileAttachment", "PDF-P05 REJECT attachment"),
        of("/OPI << >>", "PDF-P06 REJECT external-file"),
        of("/Subtype /Form /Ref << >>", "PDF-P06 REJECT external-file"),
        of("/Subtype /Form"),
        of("/Ref << >>"),
        of("/F (x)"),
        of("/Subtype /Image /Alternates []", "PDF-P11 REJECT alternate-image"),
        of("/Alternates []"),
        of("/Subtype /PS"),
        of("/Type /ExtGState /TR << >>", "PDF-P11 REJECT transfer-function"),
        of("/Type /ExtGState /TR2 [1]", "PDF-P11 REJECT transfer-function"),
        of("/Type /ExtGState /TR /Odd", "PDF-P11 REJECT transfer-function"),
        of("/Type /ExtGState /TR /Identity"),
        of("/Type /ExtGState /TR2 /Default"),
        of("/TR << >>", "PDF-P11 REJECT transfer-function"),
        of("/TR2 << >>", "PDF-P11 REJECT transfer-function"),
        of("/TR << >> /S /Luminosity"),
        of("/Type /ExtGState /BM /Multiply", "PDF-P14 WARN blend-mode"),
        of("/Type /ExtGState /BM /Normal"),
        of("/Type /ExtGState /BM /Compatible"),
        of("/Type /OCMD /VE []", "PDF-P10 REJECT layers"),
        of("/Type /OCMD /P /AllOff", "PDF-P10 REJECT layers"),
        of("/Type /OCMD /P /AnyOff", "PDF-P10 REJECT layers"),
        of("/Type /OCMD /P /AnyOn"),
        of("/VE []"),
        of("/Type /Font /Subtype /Type3", "PDF-P13 WARN drawn-font"),
        of("/Type /Font /Subtype /Type0", "PDF-P13 WARN font-without-unicode"),
        of("/Type /Font /Subtype /Type0 /ToUnicode 1"),
        of("/Type /Font /Subtype /Type1"),
        of("/Subtype /Type3"));
  }

  @ParameterizedTest
  @MethodSource("dictionaries")
  @DisplayName("辞書をそのことばで見分ける")
  void recogniseDictionaries(String entries, List<String> told) throws IOException {
    var findings = new Findings();
    new DictionaryRules(findings).check(Objects.dictionary(entries), PLACE);
    assertThat(Objects.told(findings)).isEqualTo(told);
    assertThat(findings.inOrder()).allMatch(finding -> finding.page().getAsInt() == 7);
    assertThat(findings.inOrder())
        .allMatch(finding -> finding.detail().length() > 0 || finding.what().startsWith("font"));
  }

  static Stream<Arguments> streams() {
    return Stream.of(
        of("/F (x)", "PDF-P06 REJECT external-file"),
        of("/FFilter /X", "PDF-P06 REJECT external-file"),
        of("/Subtype /PS", "PDF-P11 REJECT postscript"),
        of("/Subtype2 /PS", "PDF-P11 REJECT postscript"),
        of("/TR << >>"),
        of("/Filter /JPXDecode", "PDF-P11 REJECT unsupported-image"),
        of("/Filter [/X /JPXDecode]", "PDF-P11 REJECT unsupported-image"),
        of("/Filter /DCTDecode"),
        of(""));
  }

  @ParameterizedTest
  @MethodSource("streams")
  @DisplayName("ストリームをそのことばで見分ける")
  void recogniseStreams(String entries, List<String> told) throws IOException {
    var findings = new Findings();
    new DictionaryRules(findings).check(Objects.stream(entries), PLACE);
    assertThat(Objects.told(findings)).isEqualTo(told);
  }

  static Stream<Arguments> catalogs() {
    return Stream.of(
        of(""),
        of("/Perms << >>", "PDF-P03 REJECT already-signed"),
        of("/DSS << >>", "PDF-P03 REJECT already-signed"),
        of("/Collection << >>", "PDF-P05 REJECT portfolio"),
        of("/NeedsRendering true", "PDF-P07 REJECT xfa"),
        of("/NeedsRendering false"),
        of("/OpenAction << /S /Named >>", "PDF-P04 REJECT open-action"),
        of("/OpenAction << /S /GoTo >>"),
        of("/OpenAction [3 0 R /Fit]"),
        of("/AcroForm << /XFA [] >>", "PDF-P07 REJECT xfa"),
        of("/AcroForm << /Fields [<< /FT /Sig /V << >> >>] >>", "PDF-P03 REJECT already-signed"),
        of("/AcroForm << /Fields [<< /FT /Sig >>] >>", "PDF-P03 FIXED empty-signature-field"),
        of("/AcroForm << /Fields [<< /FT /Tx >>] >>", "PDF-P08 FIXED form-fields"),
        of("/AcroForm << /Fields [<< /Kids [<< /FT /Tx >>] >>] >>", "PDF-P08 FIXED form-fields"),
        of("/AcroForm << /Fields [<< /T (x) >>] >>"),
        of("/OCProperties << >>", "PDF-P10 FIXED layers-all-shown"),
        of("/OCProperties << /OCGs [<< >>] >>", "PDF-P10 FIXED layers-all-shown"),
        of("/OCProperties << /OCGs [<< >>] /D << >> >>", "PDF-P10 FIXED layers-all-shown"),
        of(
            "/OCProperties << /OCGs [<< >>] /D << /BaseState /ON /OFF [] /AS [] >> >>",
            "PDF-P10 FIXED layers-all-shown"),
        of("/OCProperties << /OCGs [<< >>] /D << /BaseState /OFF >> >>", "PDF-P10 REJECT layers"),
        of("/OCProperties << /OCGs [<< >>] /D << /OFF [1] >> >>", "PDF-P10 REJECT layers"),
        of("/OCProperties << /OCGs [<< >>] /D << /AS [1] >> >>", "PDF-P10 REJECT layers"),
        of("/OCProperties << /OCGs [<< >>] /Configs [<< /OFF [1] >>] >>", "PDF-P10 REJECT layers"),
        of("/OCProperties << /OCGs [<< /Usage << >> >>] >>", "PDF-P10 REJECT layers"));
  }

  @ParameterizedTest
  @MethodSource("catalogs")
  @DisplayName("文書全体の設定を見分ける")
  void recogniseCatalogs(String entries, List<String> told) throws IOException {
    var findings = new Findings();
    new CatalogRules(findings).check(Objects.catalog(entries).getCOSObject());
    assertThat(Objects.told(findings)).isEqualTo(told);
    assertThat(findings.inOrder()).allMatch(finding -> !finding.detail().isEmpty());
  }

  @Test
  @DisplayName("輪になった入力欄でも終わる")
  void endOnFieldsInACircle() throws IOException {
    var catalog = Objects.catalog("/AcroForm << /Fields [<< /FT /Tx >>] >>").getCOSObject();
    var field =
        (org.apache.pdfbox.cos.COSDictionary)
            catalog
                .getCOSDictionary(org.apache.pdfbox.cos.COSName.ACRO_FORM)
                .getCOSArray(org.apache.pdfbox.cos.COSName.FIELDS)
                .getObject(0);
    var kids = new org.apache.pdfbox.cos.COSArray();
    kids.add(field);
    field.setItem(org.apache.pdfbox.cos.COSName.KIDS, kids);
    var findings = new Findings();
    new CatalogRules(findings).check(catalog);
    assertThat(Objects.told(findings)).containsExactly("PDF-P08 FIXED form-fields");
  }

  private static final String A4 = "/MediaBox [0 0 595 842] ";

  private static String annotated(String... annotations) {
    return A4 + "/Annots [<< " + String.join(" >> << ", annotations) + " >>]";
  }

  static Stream<Arguments> pages() {
    var ap = " /AP << >> ";
    return Stream.of(
        of(A4),
        of("", "PDF-P01 REJECT broken"),
        of("/MediaBox [0 0 595]", "PDF-P01 REJECT broken"),
        of(A4 + "/Trans << >>", "PDF-P04 FIXED page-transition"),
        of(A4 + "/Dur 1", "PDF-P04 FIXED page-transition"),
        of(A4 + "/CropBox [0 0 595 842]"),
        of(A4 + "/CropBox [1 1 594 841]"),
        of(A4 + "/CropBox [2 0 595 842]", "PDF-P14 WARN cropped"),
        of(A4 + "/CropBox [0 2 595 842]", "PDF-P14 WARN cropped"),
        of(A4 + "/CropBox [0 0 593 842]", "PDF-P14 WARN cropped"),
        of(A4 + "/CropBox [0 0 595 840]", "PDF-P14 WARN cropped"),
        of(A4 + "/UserUnit 1"),
        of(A4 + "/UserUnit 1.1", "PDF-P14 WARN user-unit"),
        of(A4 + "/UserUnit 2", "PDF-P14 WARN user-unit", "PDF-P14 WARN large-page"),
        of("/MediaBox [0 0 300 14400]", "PDF-P14 WARN large-page"),
        of("/MediaBox [0 0 300 14401]", "PDF-P14 REJECT too-large-page"),
        of("/MediaBox [0 0 2147483648 300]", "PDF-P14 REJECT too-large-page"),
        of(A4 + "/UserUnit 18", "PDF-P14 WARN user-unit", "PDF-P14 REJECT too-large-page"),
        of("/MediaBox [0 0 842 1191]"),
        of("/MediaBox [0 0 1191 842]"),
        of("/MediaBox [0 0 842 1192]", "PDF-P14 WARN large-page"),
        of("/MediaBox [0 0 843 843]", "PDF-P14 WARN large-page"),
        of(annotated("/Subtype /Square /F 2"), "PDF-P09 REJECT hidden-annotation"),
        of(annotated("/Subtype /Square /F 1"), "PDF-P09 REJECT hidden-annotation"),
        of(annotated("/Subtype /Square /F 32"), "PDF-P09 REJECT hidden-annotation"),
        of(annotated("/Subtype /Link /F 2"), "PDF-P09 REJECT hidden-annotation"),
        of(annotated("/Subtype /Square /CA 0.09" + ap), "PDF-P09 REJECT hidden-annotation"),
        of(annotated("/Subtype /Square /CA 0.1" + ap), "PDF-P09 FIXED annotation"),
        of(annotated("/Subtype /Square /F 4" + ap), "PDF-P09 FIXED annotation"),
        of(annotated("/Subtype /Square"), "PDF-P09 FIXED annotation-without-appearance"),
        of(annotated("/Subtype /Popup /F 2")),
        of(annotated("/Subtype /Link /F 4")),
        of(annotated("/Subtype /Widget /FT /Sig /F 2")),
        of(
            annotated("/Subtype /Widget /FT /Sig /F 2 /V << >>"),
            "PDF-P09 REJECT hidden-annotation"),
        of(annotated("/Subtype /Widget /FT /Tx /V (x)"), "PDF-P08 REJECT form-without-appearance"),
        of(
            annotated("/Subtype /Widget /FT /Tx /V << >>"),
            "PDF-P08 REJECT form-without-appearance"),
        of(
            annotated("/Subtype /Widget /Parent << /FT /Tx /V (x) >>"),
            "PDF-P08 REJECT form-without-appearance"),
        of(annotated("/Subtype /Widget /FT /Tx /V ( )")),
        of(annotated("/Subtype /Widget /FT /Sig /V << >>")),
        of(annotated("/Subtype /Widget /FT /Tx /V (x)" + ap)),
        of(
            annotated("/Subtype /Widget /Rect [0 0 9 9]", "/Subtype /Widget /Rect [5 5 20 20]"),
            "PDF-P08 REJECT fields-overlap"),
        of(annotated("/Subtype /Widget /Rect [0 0 9 9]", "/Subtype /Widget /Rect [6 5 20 20]")),
        of(annotated("/Subtype /Widget /Rect [0 0 9 9]", "/Subtype /Widget /Rect [5 6 20 20]")),
        of(annotated("/Subtype /Widget /Rect [0 0 9 9]", "/Subtype /Link /Rect [5 5 20 20]")));
  }

  @ParameterizedTest
  @MethodSource("pages")
  @DisplayName("ページの設定と注釈を見分ける")
  void recognisePages(String entries, List<String> told) throws IOException {
    var findings = new Findings();
    new PageRules(findings).check(Objects.pages(entries).getFirst(), 3);
    assertThat(Objects.told(findings)).isEqualTo(told);
    assertThat(findings.inOrder()).allMatch(finding -> finding.page().getAsInt() == 3);
    assertThat(findings.inOrder()).allMatch(finding -> !finding.detail().isEmpty());
  }

  @Test
  @DisplayName("向きの混ざったページを告げる")
  void tellOfPagesTurnedDifferently() throws IOException {
    var findings = new Findings();
    PageRules.turned(Objects.pages("/Rotate 0", "/Rotate 360", ""), findings);
    assertThat(findings.inOrder()).isEmpty();
    PageRules.turned(Objects.pages("/Rotate 0", "/Rotate 90"), findings);
    assertThat(Objects.told(findings)).containsExactly("PDF-P14 WARN rotation-mix");
  }

  @Test
  @DisplayName("同じ指摘は二十までにする")
  void tellTheSameAtMostTwentyTimes() {
    var findings = new Findings();
    assertThat(findings.rejected()).isFalse();
    for (var i = 0; i < 30; i++) {
      findings.warn("PDF-P14", "user-unit", "no. " + i);
      findings.warn("PDF-P14", "user-unit", "no. 0");
    }
    assertThat(findings.rejected()).isFalse();
    findings.reject("PDF-P01", "broken", "");
    assertThat(findings.rejected()).isTrue();
    assertThat(findings.inOrder().getFirst().rule()).isEqualTo("PDF-P01");
    assertThat(findings.inOrder()).hasSizeBetween(11, 21);
  }
}
