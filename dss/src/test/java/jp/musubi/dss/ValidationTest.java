package jp.musubi.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jp.musubi.dss.Answer.Judged;
import jp.musubi.testkit.CertificateOrder;
import jp.musubi.testkit.Identity;
import jp.musubi.testkit.PkiServer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("第二の検証は")
class ValidationTest {

  private final Clock clock = Clock.systemUTC();

  @TempDir private Path directory;
  private PkiServer server;
  private Path trust;
  private SealedPdf seals;

  @BeforeEach
  void start() throws Exception {
    server = PkiServer.open(directory.resolve("pki"), clock);
    trust = Files.writeString(directory.resolve("trust.pem"), server.pki().rootPem());
    seals = new SealedPdf(server.pki(), clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("正しく封をした契約書を、通信せずにB-LTAとして認め、変えたものを認めない")
  void passesASealedContractOfflineAndFailsEveryChangeToIt() throws Exception {
    var pdf = seals.sealed(signed("contract.pdf", seal(), signer("試用 見本 花子")));
    var revocationCalls = server.ocsp().calls() + server.crl().calls() + server.ca().calls();

    var judged = judge(pdf);

    assertThat(judged.errors()).isEmpty();
    assertThat(judged.passed()).isTrue();
    assertThat(judged.signatures())
        .extracting(Answer.Signature::field, Answer.Signature::level)
        .containsExactly(
            tuple("Signature1", "PAdES-BASELINE-LTA"), tuple("Signature2", "PAdES-BASELINE-LTA"));
    assertThat(judged.signatures().getFirst().reason()).isEqualTo("電子契約への同意");
    assertThat(judged.signatures().getLast().signedBy()).isEqualTo("試用 見本 花子");
    assertThat(judged.timestamps())
        .extracting(Answer.Timestamp::type, Answer.Timestamp::indication)
        .contains(tuple("SIGNATURE_TIMESTAMP", "PASSED"), tuple("DOCUMENT_TIMESTAMP", "PASSED"));
    assertThat(server.ocsp().calls() + server.crl().calls() + server.ca().calls())
        .isEqualTo(revocationCalls);

    assertThat(judge(withOneByteChanged(pdf)).passed()).isFalse();
    assertThat(judge(withOneByteChanged(pdf)).signatures().getFirst().indication())
        .isEqualTo("TOTAL_FAILED");
    assertThat(judge(withAPageAdded(pdf)).signatures())
        .extracting(Answer.Signature::indication)
        .containsOnly("TOTAL_FAILED");
    assertThat(judge(withANoteAdded(pdf, new PDRectangle(10, 10, 90, 90))).signatures())
        .extracting(Answer.Signature::indication)
        .containsOnly("TOTAL_FAILED");
    assertThat(answer(withANoteAdded(pdf, null), null))
        .isInstanceOfSatisfying(
            Answer.Refused.class, r -> assertThat(r.error()).isEqualTo("unreadable-changes"));
    assertThat(judge(pdf, clock.instant().plus(Duration.ofDays(365 * 7))).passed()).isTrue();
  }

  @Test
  @DisplayName("署名時に失効していた印を認めない")
  void failsASealThatWasRevokedBeforeItSigned() throws Exception {
    var revoked = signer("試用 失効した人");
    var at = clock.instant().minus(Duration.ofMinutes(10));
    server.pki().revoke(revoked.certificate().getSerialNumber(), at, 1);
    var pdf = signed("revoked.pdf", seal(), revoked);

    var judged = judge(pdf);

    assertThat(judged.passed()).isFalse();
  }

  @Test
  @DisplayName("失効情報のない署名を、通信して補わず、判定できないとする")
  void doesNotFetchWhatTheFileLacks() throws Exception {
    var pdf = signed("b-t.pdf", seal(), signer("試用 例田 一郎"));
    var calls = server.ocsp().calls() + server.crl().calls() + server.ca().calls();

    var judged = judge(pdf);

    assertThat(judged.signatures())
        .extracting(Answer.Signature::indication)
        .containsOnly("INDETERMINATE");
    assertThat(judged.errors()).isNotEmpty();
    assertThat(server.ocsp().calls() + server.crl().calls() + server.ca().calls()).isEqualTo(calls);
  }

  @Test
  @DisplayName("失効情報のない署名を、締結済のほかの契約書にある失効情報で認める")
  void knowsWhatAnotherFileKnows() throws Exception {
    var signer = signer("試用 例田 一郎");
    var concluded = seals.sealed(signed("concluded.pdf", seal(), signer));
    var stranger = seals.sealed(signed("stranger.pdf", seal(), signer("試用 見本 花子")));
    var waiting = signed("waiting.pdf", seal(), signer);

    assertThat(judged(waiting, List.of(concluded)).errors()).isEmpty();
    assertThat(judged(waiting, List.of(concluded)).passed()).isTrue();
    assertThat(judged(waiting, List.of(stranger)).passed()).isFalse();
    assertThat(judged(withOneByteChanged(waiting), List.of(concluded)).passed()).isFalse();
  }

  private Judged judged(Path pdf, List<Path> revocation) {
    var answer =
        new Validation(clock, 50)
            .judge(new Request("x", pdf, List.of(trust), null, List.of(), revocation));
    assertThat(answer).isInstanceOf(Judged.class);
    return (Judged) answer;
  }

  @Test
  @DisplayName("別の信頼点では認めない")
  void passesNothingUnderAnotherTrustAnchor() throws Exception {
    var pdf = seals.sealed(signed("contract.pdf", seal(), signer("試用 見本 花子")));
    try (var other = PkiServer.open(directory.resolve("other"), clock)) {
      Files.writeString(trust, other.pki().rootPem());
    }

    assertThat(judge(pdf).signatures())
        .extracting(Answer.Signature::indication, Answer.Signature::subIndication)
        .containsOnly(tuple("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"));
  }

  private Path signed(String name, Identity first, Identity second) throws Exception {
    return seals.signed(directory.resolve(name), first, second);
  }

  private Identity seal() {
    return server.pki().seal();
  }

  private Identity signer(String name) {
    var from = clock.instant().minus(Duration.ofHours(1));
    return server
        .pki()
        .issue(CertificateOrder.seal(name, from, from.plus(Duration.ofDays(365 * 2))));
  }

  private Judged judge(Path pdf) {
    return judge(pdf, null);
  }

  private Judged judge(Path pdf, @Nullable Instant at) {
    var answer = answer(pdf, at);
    assertThat(answer).isInstanceOf(Judged.class);
    return (Judged) answer;
  }

  private Answer answer(Path pdf, @Nullable Instant at) {
    return new Validation(clock, 50).judge(new Request("x", pdf, List.of(trust), at));
  }

  /** In the text of the first revision, which both signatures cover. */
  private Path withOneByteChanged(Path pdf) throws Exception {
    var bytes = Files.readAllBytes(pdf);
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    var at = text.indexOf("/MediaBox [");
    assertThat(at).isPositive();
    bytes[at + "/MediaBox [".length()] = '1';
    return Files.write(directory.resolve("changed.pdf"), bytes);
  }

  private Path withAPageAdded(Path pdf) throws Exception {
    var file = directory.resolve("page.pdf");
    try (var document = Loader.loadPDF(pdf.toFile());
        var out = Files.newOutputStream(file)) {
      document.addPage(new PDPage());
      document.getDocumentCatalog().getPages().getCOSObject().setNeedToBeUpdated(true);
      document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
      document.saveIncremental(out);
    }
    return file;
  }

  /** A note without a place is what DSS stumbles over. */
  private Path withANoteAdded(Path pdf, @Nullable PDRectangle place) throws Exception {
    var file = directory.resolve("note.pdf");
    try (var document = Loader.loadPDF(pdf.toFile());
        var out = Files.newOutputStream(file)) {
      var page = document.getPage(0);
      var note = new PDAnnotationText();
      note.setContents("金額は十倍とする");
      if (place != null) {
        note.setRectangle(place);
      }
      page.getAnnotations().add(note);
      page.getCOSObject().setNeedToBeUpdated(true);
      document.saveIncremental(out);
    }
    return file;
  }
}
