package jp.musubi.seal.inspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.musubi.seal.Corpus;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.pages.PageImages;
import jp.musubi.seal.pages.PageText;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("再構成")
class RebuildTest {
  private static final InspectionLimits LIMITS = InspectionLimits.standard();

  @TempDir Path folder;

  @Test
  @DisplayName("同じ入力からは同じバイト列ができる")
  void givesTheSameBytesForTheSameInput() throws IOException {
    var source = write(BadPdfs.page("/Lang (ja-JP)", "").bytes());
    var first = Rebuild.rebuild(source, folder.resolve("a.pdf"), LIMITS);
    var second = Rebuild.rebuild(source, folder.resolve("b.pdf"), LIMITS);
    assertThat(second).isEqualTo(first);
    assertThat(folder.resolve("b.pdf")).hasSameBinaryContentAs(folder.resolve("a.pdf"));
    assertThat(Inspector.inspect(folder.resolve("a.pdf"), LIMITS).findings()).isEmpty();
  }

  /** Found by mutation: the library finds the catalog of these bytes in memory, not on a disk. */
  @Test
  @DisplayName("メモリとディスクで違って読まれるファイルも、理由を示して断る")
  void refusesWhatIsReadInTwoWays() throws IOException {
    var saved = new ByteArrayOutputStream();
    try (var document = new PDDocument()) {
      document.addPage(new PDPage());
      document.save(saved);
    }
    var pdf =
        saved
            .toString(ISO_8859_1)
            .replace("/Type /Catalog", "/Typo /Catalog")
            .replaceFirst("startxref\\s+\\d+", "startxref\n" + Long.MAX_VALUE)
            .getBytes(ISO_8859_1);
    var outcome = Rebuild.rebuild(write(pdf), folder.resolve("out.pdf"), LIMITS);
    assertThat(outcome).isInstanceOf(Rebuilt.Refused.class);
    assertThat(outcome.inspection().findings())
        .anyMatch(finding -> finding.rule().equals("PDF-P01") && finding.what().equals("broken"));
  }

  @Test
  @DisplayName("履歴や作成者の情報を残さない")
  void leavesHistoryBehind() throws IOException {
    var pdf =
        BadPdfs.page("/Metadata 5 0 R /PieceInfo << /X << /Private (secret) >> >>", "/Thumb 6 0 R")
            .stream(5, "/Type /Metadata /Subtype /XML", bytes("<author>secret</author>"))
            .stream(6, "/Subtype /Image /Width 1 /Height 1", bytes("secret"))
            .object(7, "(an unused secret)")
            .bytes();
    Rebuild.rebuild(write(pdf), folder.resolve("out.pdf"), LIMITS);
    assertThat(text(folder.resolve("out.pdf"))).doesNotContain("secret");
  }

  @Test
  @DisplayName("PDF/Aであることの表示は残す")
  void keepsTheClaimOfBeingPdfA() throws IOException {
    var pdf =
        BadPdfs.page("/Metadata 5 0 R", "").stream(
                5,
                "/Type /Metadata /Subtype /XML",
                bytes("<x pdfaid:part='2'><pdfaid:conformance>B</pdfaid:conformance>secret</x>"))
            .bytes();
    Rebuild.rebuild(write(pdf), folder.resolve("out.pdf"), LIMITS);
    assertThat(text(folder.resolve("out.pdf")))
        .contains("<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>")
        .doesNotContain("secret");
  }

  @Test
  @DisplayName("注釈と入力欄は見えるとおりにページへ写す")
  void drawsAnnotationsIntoThePage() throws IOException {
    var pdf =
        BadPdfs.page("/AcroForm << /Fields [5 0 R] >>", "/Annots [5 0 R 6 0 R]")
            .object(
                5,
                "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [200 200 300 260]"
                    + " /F 4 /AP << /N 7 0 R >> >>")
            .object(
                6,
                "<< /Type /Annot /Subtype /Square /Rect [300 500 400 600] /F 4 /C [1 0 0]"
                    + " /AP << /N 7 0 R >> >>")
            .stream(
                7,
                "/Type /XObject /Subtype /Form /BBox [0 0 10 10] /Resources << >>",
                bytes("1 0 0 rg 0 0 5 10 re f"))
            .bytes();
    var source = write(pdf);
    Rebuild.rebuild(source, folder.resolve("out.pdf"), LIMITS);
    assertThat(PageImages.render(folder.resolve("out.pdf"), 1, 600))
        .isEqualTo(PageImages.render(source, 1, 600));
    assertThat(Inspector.inspect(folder.resolve("out.pdf"), LIMITS).findings()).isEmpty();
  }

  @Test
  @DisplayName("置き場所のない注釈は、どこにも描かない")
  void drawsNowhereWhatStandsNowhere() throws IOException {
    var pdf =
        BadPdfs.page("", "/Annots [5 0 R]")
            .object(5, "<< /Type /Annot /Subtype /FreeText /Contents (a) /DA (/F 9 Tf) /F 4 >>")
            .bytes();
    var source = write(pdf);
    var outcome = Rebuild.rebuild(source, folder.resolve("out.pdf"), LIMITS);
    assertThat(outcome.inspection().findings())
        .extracting(Finding::what)
        .contains("annotation-without-appearance")
        .doesNotContain("not-finished");
  }

  @Test
  @DisplayName("受け付けられないPDFは再構成しない")
  void refusesWhatTheInspectionRefuses() throws IOException {
    var source = write(BadPdfs.page("/NeedsRendering true", "").bytes());
    var outcome = Rebuild.rebuild(source, folder.resolve("out.pdf"), LIMITS);
    assertThat(outcome).isInstanceOf(Rebuilt.Refused.class);
    assertThat(outcome.inspection().findings()).extracting(Finding::what).contains("xfa");
    assertThat(folder.resolve("out.pdf")).doesNotExist();
  }

  @Test
  @DisplayName("実際の仕様書は、受け付け、同じ見た目で再構成する")
  void keepsARealDocumentAsItLooks() throws IOException {
    var source = Corpus.folder("real").resolve("procurement-spec.pdf");
    assertThat(Inspector.inspect(source, LIMITS).acceptable()).isTrue();
    var target = folder.resolve("out.pdf");
    var rebuilt = (Rebuilt.Written) Rebuild.rebuild(source, target, LIMITS);
    assertThat(rebuilt.pages()).isEqualTo(PageImages.count(source));
    assertThat(rebuilt.sha256()).isEqualTo(Sha256.of(target));
    for (var page = 1; page <= Math.min(8, rebuilt.pages()); page++) {
      assertThat(PageImages.render(target, page, 400))
          .isEqualTo(PageImages.render(source, page, 400));
      assertThat(PageText.extract(target, page)).isEqualTo(PageText.extract(source, page));
    }
    assertThat(PageText.extract(target, 1)).isNotBlank();
  }

  private Path write(byte[] pdf) throws IOException {
    return Files.write(folder.resolve("in.pdf"), pdf);
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
