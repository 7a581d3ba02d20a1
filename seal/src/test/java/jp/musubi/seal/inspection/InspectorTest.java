package jp.musubi.seal.inspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("署名前検査")
class InspectorTest {
  private static final InspectionLimits LIMITS = InspectionLimits.standard();
  private static final String ANNOTATION = "/Type /Annot /Rect [10 10 50 50] /F 4 ";

  @TempDir Path folder;

  @Test
  @DisplayName("ふつうのPDFは受け付ける")
  void acceptsAnOrdinaryPdf() throws IOException {
    var inspection = inspect(BadPdfs.page("", "").bytes());
    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.acceptable()).isTrue();
    assertThat(inspection.pages()).isEqualTo(1);
  }

  static Stream<Arguments> bad() throws IOException {
    var good = BadPdfs.page("", "").bytes();
    var text = new String(good, ISO_8859_1);
    return Stream.of(
        Arguments.of("PDF-P01", "not-pdf", "これはPDFではない".getBytes(ISO_8859_1)),
        Arguments.of("PDF-P01", "not-pdf", new byte[0]),
        Arguments.of("PDF-P01", "header-not-first", join("GIF89a\n", text)),
        Arguments.of("PDF-P01", "unknown-version", bytes(text.replace("%PDF-1.7", "%PDF-9.9"))),
        Arguments.of("PDF-P01", "broken", bytes(text.substring(0, 300))),
        Arguments.of("PDF-P01", "trailing-data", join(text, "something more")),
        Arguments.of("PDF-P01", "polyglot", join(text, "PK\u0003\u0004rest")),
        Arguments.of("PDF-P01", "polyglot", join(text, "<html><body>")),
        Arguments.of("PDF-P01", "second-header", join(text, text)),
        Arguments.of("PDF-P01", "broken", bytes(text.replace("/Type /Page ", "/Type /Leaf "))),
        Arguments.of("PDF-P02", "encrypted", encrypted("")),
        Arguments.of("PDF-P02", "encrypted", encrypted("opensesame")),
        Arguments.of("PDF-P03", "already-signed", of("/Perms << /DocMDP 4 0 R >>")),
        Arguments.of("PDF-P03", "already-signed", of("/DSS << >>")),
        Arguments.of(
            "PDF-P03",
            "already-signed",
            of("/X << /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >>")),
        Arguments.of("PDF-P04", "open-action", of("/OpenAction << /S /Named /N /Print >>")),
        Arguments.of("PDF-P04", "javascript", of("/OpenAction << /S /JavaScript /JS (x) >>")),
        Arguments.of(
            "PDF-P04",
            "javascript",
            of("/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (x) >>] >> >>")),
        Arguments.of(
            "PDF-P04",
            "javascript",
            annotated("/Subtype /Link /AA << /E << /S /JavaScript /JS (x) >> >>")),
        Arguments.of(
            "PDF-P04", "triggered-action", annotated("/Subtype /Link /AA << /E << /S /GoTo >> >>")),
        Arguments.of("PDF-P04", "launch", annotated("/Subtype /Link /A << /S /Launch /F (x) >>")),
        Arguments.of(
            "PDF-P04", "action", annotated("/Subtype /Link /A << /S /SubmitForm /F (x) >>")),
        Arguments.of("PDF-P04", "media", annotated("/Subtype /RichMedia")),
        Arguments.of(
            "PDF-P04",
            "launch",
            of("/Outlines << /First << /Title (x) /A << /S /GoTo /Next << /S /Launch >> >> >> >>")),
        Arguments.of("PDF-P05", "attachment", of("/Names << /EmbeddedFiles << /Names [] >> >>")),
        Arguments.of("PDF-P05", "attachment", of("/AF [<< /Type /Filespec >>]")),
        Arguments.of("PDF-P05", "attachment", annotated("/Subtype /FileAttachment")),
        Arguments.of("PDF-P05", "portfolio", of("/Collection << >>")),
        Arguments.of(
            "PDF-P06", "external-file", annotated("/Subtype /Link /A << /S /GoToR /F (x) >>")),
        Arguments.of(
            "PDF-P06",
            "external-file",
            BadPdfs.page("/X 5 0 R", "").stream(5, "/F (elsewhere)", new byte[4]).bytes()),
        Arguments.of("PDF-P07", "xfa", of("/AcroForm << /XFA (x) /Fields [] >>")),
        Arguments.of("PDF-P07", "xfa", of("/NeedsRendering true")),
        Arguments.of(
            "PDF-P08", "form-without-appearance", annotated("/Subtype /Widget /FT /Tx /V (x)")),
        Arguments.of(
            "PDF-P09",
            "hidden-annotation",
            BadPdfs.page("", "/Annots [<< /Type /Annot /Subtype /Square /Rect [1 1 9 9] /F 2 >>]")
                .bytes()),
        Arguments.of(
            "PDF-P10",
            "layers",
            BadPdfs.page("/OCProperties << /OCGs [5 0 R] /D << /OFF [5 0 R] >> >>", "")
                .object(5, "<< /Type /OCG /Name (x) >>")
                .bytes()),
        Arguments.of(
            "PDF-P11",
            "transfer-function",
            of("/X << /Type /ExtGState /TR << /FunctionType 2 >> >>")),
        Arguments.of(
            "PDF-P11",
            "alternate-image",
            BadPdfs.page("/X 5 0 R", "").stream(5, "/Subtype /Image /Alternates []", new byte[4])
                .bytes()),
        Arguments.of(
            "PDF-P15",
            "stream-too-large",
            BadPdfs.page("/X 5 0 R", "").stream(5, "/Filter /FlateDecode", BadPdfs.bomb(300))
                .bytes()),
        Arguments.of(
            "PDF-P15",
            "image-too-large",
            BadPdfs.page("/X 5 0 R", "").stream(
                    5, "/Subtype /Image /Width 99999 /Height 99999", new byte[4])
                .bytes()),
        Arguments.of(
            "PDF-P15",
            "page-tree-loop",
            BadPdfs.page("", "")
                .object(2, "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>")
                .bytes()),
        // Without /Parent, or with another: one reader inherits the resources, the next does not.
        Arguments.of(
            "PDF-P15", "page-parent", BadPdfs.inheriting("<< /Type /Page /Contents 4 0 R >>")),
        Arguments.of(
            "PDF-P15",
            "page-parent",
            BadPdfs.inheriting("<< /Type /Page /Parent 5 0 R /Contents 4 0 R >>")),
        Arguments.of(
            "PDF-P15",
            "page-parent",
            BadPdfs.page("", "")
                .object(2, "<< /Type /Other /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>")
                .object(3, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << >> >>")
                .bytes()),
        Arguments.of("PDF-P15", "too-deep", of("/X " + "[".repeat(5_000) + "]".repeat(5_000))));
  }

  @ParameterizedTest(name = "{0} {1} #{index}")
  @MethodSource("bad")
  @DisplayName("受け付けられないPDFは、その規則で断る")
  void refusesByExactlyItsRule(String rule, String what, byte[] pdf) throws IOException {
    var inspection = inspect(pdf);
    assertThat(inspection.acceptable()).isFalse();
    var rejecting =
        inspection.findings().stream().filter(f -> f.action() == Action.REJECT).toList();
    assertThat(rejecting).extracting(Finding::rule).containsOnly(rule);
    assertThat(rejecting).extracting(Finding::what).contains(what);
  }

  @Test
  @DisplayName("大きさとページ数の上限を守る")
  void refusesWhatIsTooLarge() throws IOException {
    var pdf = BadPdfs.page("", "").bytes();
    var small = new InspectionLimits(100, 10, 1000, 1000, 1000, 50, 1000, 1000);
    assertThat(inspect(pdf, small).findings()).extracting(Finding::what).containsOnly("too-large");
    var kids = BadPdfs.page("", "").object(2, "<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>");
    kids.object(5, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>");
    var onePage = new InspectionLimits(10_000, 1, 1000, 1000, 1000, 50, 1000, 1000);
    assertThat(inspect(kids.bytes(), onePage).findings())
        .extracting(Finding::what)
        .containsOnly("too-many-pages");
  }

  @Test
  @DisplayName("指摘にはページと場所がつく")
  void tellsWhere() throws IOException {
    var pdf =
        BadPdfs.page("", "/Annots [5 0 R]")
            .object(
                5,
                "<< " + ANNOTATION + "/Subtype /Link /A << /S /URI /URI (https://a.example) >> >>")
            .bytes();
    var finding = inspect(pdf).findings().getFirst();
    assertThat(finding.what()).isEqualTo("web-link");
    assertThat(finding.page()).hasValue(1);
    assertThat(finding.object()).hasValue("5 0 R");
    assertThat(finding.detail()).isEqualTo("https://a.example");
  }

  @Test
  @DisplayName("どの指摘にも日本語と英語の文がある")
  void speaksBothLanguagesOfEveryFinding() throws IOException {
    for (var arguments : bad().toList()) {
      var what = String.valueOf(arguments.get()[1]);
      var finding = Finding.ofFile("PDF-P01", Action.REJECT, what, "");
      assertThat(FindingMessages.of(finding, Locale.JAPAN)).contains("。");
      assertThat(FindingMessages.of(finding, Locale.GERMANY)).contains("。");
      assertThat(FindingMessages.of(finding, Locale.US)).contains(".").doesNotContain("。");
    }
  }

  private static byte[] of(String catalogEntries) {
    return BadPdfs.page(catalogEntries, "").bytes();
  }

  private static byte[] annotated(String entries) {
    return BadPdfs.page("", "/Annots [<< " + ANNOTATION + entries + " >>]").bytes();
  }

  private static byte[] encrypted(String password) throws IOException {
    try (var document = Loader.loadPDF(BadPdfs.page("", "").bytes())) {
      var policy = new StandardProtectionPolicy("owner", password, new AccessPermission());
      policy.setEncryptionKeyLength(128);
      document.protect(policy);
      var out = new ByteArrayOutputStream();
      document.save(out, CompressParameters.NO_COMPRESSION);
      return out.toByteArray();
    }
  }

  private static byte[] join(String one, String other) {
    return bytes(one + other);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private Inspection inspect(byte[] pdf) throws IOException {
    return inspect(pdf, LIMITS);
  }

  private Inspection inspect(byte[] pdf, InspectionLimits limits) throws IOException {
    return Inspector.inspect(Files.write(folder.resolve("in.pdf"), pdf), limits);
  }
}
