package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import javax.imageio.ImageIO;
import jp.musubi.seal.pages.PageImages;
import jp.musubi.seal.pages.PageText;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.ValidationReport;
import jp.musubi.seal.validation.Validator;
import jp.musubi.seal.validation.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of practice are what its pages say of them. PracticeFiles makes them anew. */
@DisplayName("模擬締結のファイル")
class PracticeFilesTest {
  private final Practice practice = new Practice();

  @TempDir Path folder;
  private Path contract;
  private Path sealed;
  private Instant sealedAt;

  @BeforeEach
  void write() throws IOException {
    contract = Files.write(folder.resolve("contract.pdf"), practice.document());
    sealed = Files.write(folder.resolve("sealed.pdf"), practice.sealed());
    sealedAt = Instant.parse(resource("sealed-at.txt").strip());
  }

  @Test
  @DisplayName("署名済みの見本には三つの署名があり、長期署名として検証でき、発行者は試用と名乗る")
  void areSealedByTheRealEngineWithCertificatesForTrial() throws Exception {
    var root = root();
    assertThat(root.getSubjectX500Principal().getName()).contains("試用");
    var report = validate(Set.of(root));
    assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VALID);
    assertThat(report.signatures())
        .hasSize(3)
        .allSatisfy(seal -> assertThat(seal.level()).isEqualTo("PAdES-BASELINE-LTA"));
    assertThat(
            practice
                .visit(Standing.CONCLUDED, Instant.MAX.minusSeconds(9))
                .contract()
                .concludedAt())
        .contains(sealedAt);
  }

  @Test
  @DisplayName("見本の発行者を信頼しない人には、有効とは見えない")
  void proveNothingToWhoeverTrustsOthers() throws Exception {
    assertThat(validate(Set.of()).verdict()).isNotEqualTo(Verdict.VALID);
  }

  @Test
  @DisplayName("画像も文字も、そのPDFのもので、どのページにも練習と書いてある")
  void showThePagesOfTheFile() throws IOException {
    assertThat(PageImages.count(contract)).isEqualTo(Practice.PAGES);
    for (var page = 1; page <= Practice.PAGES; page++) {
      assertThat(practice.text(page))
          .isEqualTo(PageText.extract(contract, page).strip())
          .contains("練習");
      assertThat(
              difference(
                  image(practice.image(page)), image(PageImages.render(contract, page, 1240))))
          .isLessThan(1.0);
    }
  }

  private ValidationReport validate(Set<X509Certificate> anchors) throws IOException {
    return Validator.validate(
        sealed, new ValidationPolicy(anchors, sealedAt.plus(Duration.ofMinutes(5))));
  }

  private static X509Certificate root() throws Exception {
    try (var in = PracticeFilesTest.class.getResourceAsStream("/practice/root.pem")) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static String resource(String name) throws IOException {
    try (var in = PracticeFilesTest.class.getResourceAsStream("/practice/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static BufferedImage image(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  /** Of the average pixel, out of 255: another Java may smooth an edge otherwise. */
  private static double difference(BufferedImage one, BufferedImage other) {
    assertThat(one.getWidth()).isEqualTo(other.getWidth());
    assertThat(one.getHeight()).isEqualTo(other.getHeight());
    var sum = 0L;
    for (var y = 0; y < one.getHeight(); y++) {
      for (var x = 0; x < one.getWidth(); x++) {
        sum += Math.abs((one.getRGB(x, y) & 0xff) - (other.getRGB(x, y) & 0xff));
      }
    }
    return (double) sum / one.getWidth() / one.getHeight();
  }
}
