package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./musubi demo}, and what tools that are not ours say of its output. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
  @TempDir static Path out;
  private JsonNode report;

  @BeforeAll
  void runsTheDemo() throws Exception {
    var outcome =
        Project.run(
            List.of(
                Project.java(),
                "-Dmusubi.root=" + Project.root(),
                "-cp",
                // Of this test: the module's own jar is made after its tests.
                System.getProperty("java.class.path"),
                JourneysMain.class.getName(),
                "demo",
                "--out",
                out.toString()));
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    report = JsonMapper.builder().build().readTree(out.resolve("report.json").toFile());
  }

  @Test
  @DisplayName("締結し、検証し、三つの署名すべてが PAdES-BASELINE-LTA である")
  void concludesAndVerifies() {
    assertThat(report.get("verdict").asString()).isEqualTo("valid");
    assertThat(report.get("level").asString()).isEqualTo("PAdES-BASELINE-LTA");
    assertThat(report.get("signers")).hasSize(3);
    assertThat(report.get("files").propertyNames())
        .contains("contract.pdf", "certificate.pdf", "trust.pem", "crl/root.crl");
  }

  @Test
  @DisplayName("EU DSS はすべての署名を TOTAL_PASSED と判定する")
  void isJudgedByEuDss() throws Exception {
    for (var file : List.of("contract.pdf", "certificate.pdf")) {
      var outcome =
          Project.run(
              List.of(
                  Project.java(),
                  "-jar",
                  Project.root().resolve("dss/target/dss-exec.jar").toString(),
                  "--trust",
                  out.resolve("trust.pem").toString(),
                  out.resolve(file).toString()));
      assertThat(outcome.exit()).as(outcome.text()).isZero();
      assertThat(outcome.text()).contains("TOTAL_PASSED").contains("PAdES-BASELINE-LTA");
      assertThat(outcome.text()).doesNotContain("TOTAL_FAILED").doesNotContain("INDETERMINATE");
    }
  }

  @Test
  @DisplayName("poppler の pdfsig はすべての署名を有効と言う")
  void isJudgedByPdfsig() throws Exception {
    Assumptions.assumeTrue(Project.has("pdfsig"), "pdfsig is not installed");
    var outcome = Project.run(List.of("pdfsig", "-nocert", out.resolve("contract.pdf").toString()));
    assertThat(outcome.text().split("Signature is Valid", -1)).as(outcome.text()).hasSize(4);
  }

  @Test
  @DisplayName("qpdf は構造に問題を見つけない")
  void isJudgedByQpdf() throws Exception {
    Assumptions.assumeTrue(Project.has("qpdf"), "qpdf is not installed");
    for (var file : List.of("contract.pdf", "certificate.pdf")) {
      var outcome = Project.run(List.of("qpdf", "--check", out.resolve(file).toString()));
      assertThat(outcome.exit()).as(outcome.text()).isZero();
    }
  }

  @Test
  @DisplayName("openssl は文書タイムスタンプを認める")
  void isJudgedByOpenssl() throws Exception {
    Assumptions.assumeTrue(Project.has("openssl"), "openssl is not installed");
    var timestamp = DocumentTimestamp.lastOf(out.resolve("contract.pdf"));
    Files.write(out.resolve("token.der"), timestamp.token());
    Files.write(out.resolve("covered.bin"), timestamp.covered());
    var outcome =
        Project.run(
            List.of(
                "openssl",
                "ts",
                "-verify",
                "-data",
                out.resolve("covered.bin").toString(),
                "-in",
                out.resolve("token.der").toString(),
                "-token_in",
                "-CAfile",
                out.resolve("trust.pem").toString()));
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(outcome.text()).contains("Verification: OK");
  }

  @Test
  @DisplayName("署名された範囲の 1 バイトが変われば無効になる")
  void isInvalidWithOneByteFlipped() throws Exception {
    var bytes = Files.readAllBytes(out.resolve("contract.pdf"));
    for (var position : List.of(20, bytes.length / 3, bytes.length / 2)) {
      var changed = bytes.clone();
      changed[position] ^= 0x01;
      var file = out.resolve("flipped-%d.pdf".formatted(position));
      Files.write(file, changed);
      var outcome = Project.verify(file, out.resolve("trust.pem"));
      assertThat(outcome.exit()).as("byte %d: %s", position, outcome.text()).isEqualTo(1);
    }
  }
}
