package jp.musubi.dss;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import jp.musubi.dss.Answer.Judged;
import jp.musubi.testkit.TestPki;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known attacks and known good files, when the corpus lies beside the project. */
@DisplayName("第二の検証は既知の攻撃について")
class CorpusTest {

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("期待どおりの理由を挙げる")
  @CsvSource({
    "hide.pdf, BBB_FC_IVDBSFR_ANS",
    "pades-signed-annot-added.pdf, BBB_FC_DSCNACMDM_ANS",
    "pades-spoofing-replaced-reason.pdf, BBB_FC_ISDC_ANS",
    "pdf-byterange-overlap.pdf, BBB_FC_DBTOOST_ANS",
    "pdf-removed-pages.pdf, BBB_FC_DSFREAP_ANS",
  })
  void namesTheReason(String name, String key) throws Exception {
    var judged = judge(name);

    assertThat(judged.signatures())
        .isNotEmpty()
        .anySatisfy(s -> assertThat(s.indication()).isEqualTo("TOTAL_FAILED"));
    assertThat(judged.errors()).extracting(Answer.Remark::key).contains(key);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("知らない発行者の署名を、改ざんとは言わず判定できないとする")
  @CsvSource({"pdf-signed-original.pdf", "pades-bes.pdf", "certified-changes-permitted.pdf"})
  void callsAForeignSignatureIndeterminate(String name) throws Exception {
    assertThat(judge(name).signatures())
        .isNotEmpty()
        .allSatisfy(s -> assertThat(s.subIndication()).isEqualTo("NO_CERTIFICATE_CHAIN_FOUND"));
  }

  private Judged judge(String name) throws Exception {
    var file = inCorpus(name);
    var clock = Clock.systemUTC();
    var pki = TestPki.open(directory.resolve("pki"), URI.create("http://127.0.0.1"), clock);
    var trust = Files.writeString(directory.resolve("trust.pem"), pki.rootPem());
    var answer = new Validation(clock, 50).judge(new Request(name, file, List.of(trust), null));
    assertThat(answer).isInstanceOf(Judged.class);
    return (Judged) answer;
  }

  private static Path inCorpus(String name) {
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      var file = at.resolve("shared/corpus/dss").resolve(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    return Assumptions.abort("no shared/corpus/dss/" + name + " beside the project: skipped");
  }
}
