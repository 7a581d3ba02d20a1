package jp.musubi.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.musubi.seal.inspection.InspectionLimits;
import jp.musubi.seal.inspection.Inspector;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.Validator;
import jp.musubi.seal.validation.Verdict;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("公開されているPDFの見本")
class CorpusTest {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Instant AT = Instant.parse("2026-11-23T00:00:00Z");

  @ParameterizedTest
  @CsvSource({"pdfjs, 6", "verapdf, 6"})
  @DisplayName("どの見本も、受け付けるか指摘するかで検査が終わる")
  void endsWithAcceptanceOrFinding(String name, int every) throws IOException {
    for (var file : Corpus.slice(name, every)) {
      var inspection =
          Assertions.assertTimeoutPreemptively(
              LONGEST, () -> Inspector.inspect(file, InspectionLimits.standard()), file.toString());
      assertThat(inspection.acceptable() || !inspection.findings().isEmpty())
          .as(file.toString())
          .isTrue();
    }
  }

  @Test
  @DisplayName("知らない署名者の見本は、ひとつも有効と言わない")
  void neverTrustsWhomNobodyTrusts() throws IOException {
    var policy = new ValidationPolicy(Set.of(), AT);
    for (var name : List.of("dss", "pyhanko")) {
      for (var file : Corpus.slice(name, 4)) {
        assertThat(verdict(file, policy))
            .as(file.toString())
            .doesNotContain(Verdict.VALID, Verdict.VALID_WITH_WARNINGS);
      }
    }
  }

  /** Empty when the file is no readable PDF and claims no signature. */
  private static List<Verdict> verdict(Path file, ValidationPolicy policy) {
    var verdicts = new ArrayList<Verdict>();
    Assertions.assertTimeoutPreemptively(
        LONGEST,
        () -> {
          try {
            verdicts.add(Validator.validate(file, policy).verdict());
          } catch (IOException unreadable) {
            assertThat(unreadable).hasMessageContaining("not a readable PDF");
          }
        },
        file.toString());
    return verdicts;
  }
}
