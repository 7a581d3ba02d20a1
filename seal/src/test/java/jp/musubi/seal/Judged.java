package jp.musubi.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import jp.musubi.seal.validation.Indication;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.Validator;
import jp.musubi.seal.validation.Verdict;

/** What every sealed file of these tests has to pass. */
final class Judged {
  private Judged() {}

  /** Our own validator, qpdf and pdfsig. */
  static void valid(Sealery sealery, Path file, int seals, int timestamps) throws IOException {
    valid(Set.copyOf(sealery.server().pki().trustAnchors()), file, seals, timestamps);
  }

  static void valid(
      Set<java.security.cert.X509Certificate> anchors, Path file, int seals, int timestamps)
      throws IOException {
    var report =
        Validator.validate(file, new ValidationPolicy(anchors, Sealery.now().plusSeconds(5)));
    assertThat(report.signatures()).as(report.toString()).hasSize(seals);
    assertThat(report.documentTimestamps()).hasSize(timestamps);
    assertThat(report.modificationsAfterSigning()).isEmpty();
    assertThat(report.signatures())
        .allSatisfy(s -> assertThat(s.indication()).isEqualTo(Indication.TOTAL_PASSED))
        .allSatisfy(s ->
            assertThat(s.level()).isEqualTo("PAdES-BASELINE-" + (timestamps > 0 ? "LTA" : "T")));
    if (timestamps > 0) {
      assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VALID);
    }
    byOtherPrograms(file, seals);
  }

  private static void byOtherPrograms(Path file, int seals) throws IOException {
    if (Judges.has("qpdf")) {
      var qpdf = Judges.installed("qpdf", "--check", file.toString());
      assertThat(qpdf.exit()).as(qpdf.text()).isZero();
    }
    if (Judges.has("pdfsig")) {
      var pdfsig = Judges.installed("pdfsig", "-nocert", file.toString());
      assertThat(pdfsig.text().split("Signature is Valid", -1))
          .as(pdfsig.text())
          .hasSizeGreaterThan(seals);
    }
  }

  /** EU DSS, which calls every seal TOTAL_PASSED and B-LTA. */
  static void byDss(Sealery sealery, Path file, int seals) throws IOException {
    byDss(sealery.server().pki().rootPem(), file, seals);
  }

  static void byDss(String rootPem, Path file, int seals) throws IOException {
    var root = Files.writeString(Files.createTempFile(file.getParent(), "root", ".pem"), rootPem);
    var dss = Judges.dss(root, file);
    assertThat(dss.exit()).as(dss.text()).isZero();
    assertThat(dss.text().split("TOTAL_PASSED", -1)).as(dss.text()).hasSize(seals + 1);
    assertThat(dss.text().split("PAdES-BASELINE-LTA", -1)).as(dss.text()).hasSize(seals + 1);
  }
}
