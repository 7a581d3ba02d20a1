package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import jp.musubi.seal.Sealery;
import jp.musubi.testkit.KeyKind;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationRubberStamp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("署名検証")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValidatorTest {
  private static final int FLIPS = 100;

  private Path folder;
  private Sealery sealery;
  private List<Path> revisions;
  private Path archived;

  @BeforeAll
  void seal(@TempDir Path folder) throws Exception {
    this.folder = folder;
    sealery = Sealery.open(folder, KeyKind.P_256);
    var engine = sealery.engine();
    revisions = sealery.sealedThrice(engine);
    archived = folder.resolve("archived.pdf");
    engine.archive(revisions.getLast(), archived);
  }

  @AfterAll
  void close() {
    sealery.close();
  }

  @Test
  @DisplayName("三者が署名し長期保存した文書は有効")
  void passesWhatTheEngineSealed() throws IOException {
    var report = validate(Files.readAllBytes(archived));
    assertThat(report.reasons()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.VALID);
    assertThat(ValidationMessages.of(report, Locale.JAPAN)).isEqualTo("有効");
    assertThat(report.signatures())
        .extracting(ValidationReport.Signature::field)
        .containsExactly("musubi-1", "musubi-2", "musubi-3");
    assertThat(report.signatures())
        .allSatisfy(signature -> {
          assertThat(signature.level()).isEqualTo("PAdES-BASELINE-LTA");
          assertThat(signature.indication()).isEqualTo(Indication.TOTAL_PASSED);
          assertThat(signature.byteRangeCoversRevision()).isTrue();
          assertThat(signature.timestamp()).isPresent();
        });
    assertThat(report.signatures().getFirst().name()).isEqualTo("上毛市 市長 見本 花子");
    assertThat(report.documentTimestamps()).hasSize(1);
    assertThat(report.modificationsAfterSigning()).isEmpty();
  }

  @Test
  @DisplayName("信頼する認証局がなければ判定できない")
  void cannotJudgeWithoutTrust() throws IOException {
    var report = Validator.validate(archived, new ValidationPolicy(Set.of(), Sealery.now()));
    assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
    assertThat(ValidationMessages.of(report, Locale.JAPAN)).contains("判定できません（信頼する認証局");
  }

  @Test
  @DisplayName("失効情報のない途中の版は判定できない")
  void cannotJudgeWithoutRevocationAnswers() throws IOException {
    var report = validate(Files.readAllBytes(revisions.get(1)));
    assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
    assertThat(report.signatures().getFirst().subIndication()).isEqualTo("TRY_LATER");
    assertThat(report.signatures().getFirst().level()).isEqualTo("PAdES-BASELINE-T");
  }

  @Test
  @DisplayName("署名のない文書は署名なし")
  void tellsWhenThereIsNoSignature() throws IOException {
    var report = validate(Files.readAllBytes(revisions.getFirst()));
    assertThat(report.verdict()).isEqualTo(Verdict.NO_SIGNATURE);
    assertThat(ValidationMessages.of(report, Locale.JAPAN)).isEqualTo("署名なし");
  }

  @Test
  @DisplayName("PDFでないものは読めないと言う")
  void refusesWhatIsNoPdf() {
    assertThatThrownBy(() -> validate("no pdf".getBytes(ISO_8859_1)))
        .isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("署名された範囲のどの1バイトを変えても無効")
  void failsForEveryChangedByte() throws IOException {
    var good = Files.readAllBytes(archived);
    var random = new Random(20261123);
    var gaps = gaps(good);
    for (var i = 0; i < FLIPS; i++) {
      int at;
      do {
        at = random.nextInt(good.length);
      } while (insideGap(gaps, at));
      var bad = good.clone();
      bad[at] ^= (byte) (1 << random.nextInt(8));
      assertThat(validate(bad).verdict()).as("byte %d", at).isEqualTo(Verdict.INVALID);
    }
  }

  @Test
  @DisplayName("後ろに何かを付け足すと無効")
  void failsForAppendedBytes() throws IOException {
    var good = Files.readAllBytes(archived);
    assertInvalid(join(good, "\n% a remark"));
    assertInvalid(join(good, "\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"));
    assertInvalid(join(good, "\n1 0 obj\n<< >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"));
  }

  @Test
  @DisplayName("署名の辞書を壊しても署名なしにはならない（USF）")
  void failsForEveryBrokenSignatureDictionary() throws IOException {
    var text = new String(Files.readAllBytes(archived), ISO_8859_1);
    assertInvalid(text.replace("/ByteRange", "/ByteRangf"));
    assertInvalid(text.replace("/Contents <30", "/Contentz <30"));
    assertInvalid(text.replaceFirst("/ByteRange \\[0 ", "/ByteRange [1 "));
    assertInvalid(text.replaceFirst("/ByteRange \\[0 ", "/ByteRange [- "));
    assertInvalid(text.replace("/ETSI.CAdES.detached", "/ETSI.CAdES.detachee"));
    assertInvalid(text.replaceFirst("/Contents <..", "/Contents <00"));
  }

  @Test
  @DisplayName("すき間に余分なものを入れると無効（SWA）")
  void failsForWrappedBytes() throws IOException {
    var good = Files.readAllBytes(archived);
    var first = gaps(good).getFirst();
    var padded = good.clone();
    padded[first[1] - 4] = '4';
    assertInvalid(padded);
    padded[first[1] - 4] = ' ';
    assertInvalid(padded);
  }

  @Test
  @DisplayName("注釈やページを足し、内容を差し替えると無効")
  void failsForChangesOfWhatIsShown() throws IOException {
    assertChanged(document -> {
      var stamp = new PDAnnotationRubberStamp();
      stamp.setRectangle(new PDRectangle(10, 10, 100, 100));
      var page = document.getPage(0);
      var annotations = page.getAnnotations();
      annotations.add(stamp);
      page.setAnnotations(annotations);
      page.getCOSObject().setNeedToBeUpdated(true);
    });
    assertChanged(document -> {
      document.addPage(new PDPage());
      document.getPages().getCOSObject().setNeedToBeUpdated(true);
      document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
    });
    assertChanged(document -> {
      var page = document.getPage(0);
      try (var content = new PDPageContentStream(document, page)) {
        content.addRect(0, 0, 200, 200);
        content.fill();
      }
      page.getCOSObject().setNeedToBeUpdated(true);
    });
    assertChanged(document -> {
      var catalog = document.getDocumentCatalog().getCOSObject();
      catalog.removeItem(COSName.ACRO_FORM);
      catalog.removeItem(COSName.PERMS);
      catalog.setNeedToBeUpdated(true);
    });
    assertChanged(document -> {
      var information = document.getDocumentInformation();
      information.setTitle("another");
      information.getCOSObject().setNeedToBeUpdated(true);
      document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
    });
  }

  @Test
  @DisplayName("タイムスタンプより前の時刻では判定できない")
  void cannotJudgeFromThePast() throws IOException {
    var before = Sealery.now().minus(Duration.ofDays(1));
    var report =
        Validator.validate(
            archived,
            new ValidationPolicy(Set.copyOf(sealery.server().pki().trustAnchors()), before));
    assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
  }

  /** Something an attacker does to a loaded document. */
  private interface Attack {
    void on(PDDocument document) throws IOException;
  }

  private void assertChanged(Attack attack) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var document = Loader.loadPDF(archived.toFile())) {
      attack.on(document);
      document.saveIncremental(out);
    }
    var report = assertInvalid(out.toByteArray());
    assertThat(report.modificationsAfterSigning().isEmpty() && report.reasons().isEmpty())
        .isFalse();
  }

  private ValidationReport assertInvalid(String text) throws IOException {
    return assertInvalid(text.getBytes(ISO_8859_1));
  }

  private ValidationReport assertInvalid(byte[] pdf) throws IOException {
    var report = validate(pdf);
    assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.INVALID);
    return report;
  }

  private ValidationReport validate(byte[] pdf) throws IOException {
    var file = Files.write(folder.resolve("judged.pdf"), pdf);
    return Validator.validate(
        file,
        new ValidationPolicy(
            Set.copyOf(sealery.server().pki().trustAnchors()), Sealery.now().plusSeconds(5)));
  }

  private static byte[] join(byte[] good, String more) {
    return (new String(good, ISO_8859_1) + more).getBytes(ISO_8859_1);
  }

  private static List<int[]> gaps(byte[] file) {
    var text = new String(file, ISO_8859_1);
    return java.util.regex.Pattern.compile("/Contents <([0-9a-fA-F]+)>")
        .matcher(text)
        .results()
        .map(match -> new int[] {match.start(1) - 1, match.end(1) + 1})
        .toList();
  }

  private static boolean insideGap(List<int[]> gaps, int at) {
    return gaps.stream().anyMatch(gap -> at >= gap[0] && at < gap[1]);
  }
}
