package jp.musubi.journeys.requirements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("機能要件への回答")
class RequirementsTest {
  private static final Path ROOT = RequirementsFile.rootAbove(Path.of("")).orElseThrow();
  private static final List<Requirement> ROWS = rows(Demands.TENDER);
  private static final List<Requirement> LAW = rows(Demands.LAW);

  @Test
  @DisplayName("調達仕様の159行がそれぞれ一度だけ現れる")
  void answersEveryRowOfTheTenderExactlyOnce() {
    assertThat(ROWS).hasSize(159);
    assertThat(ROWS).extracting(Requirement::id).containsExactlyElementsOf(tenderIds());
  }

  @Test
  @DisplayName("番号・区分・文言が調達仕様と一致する")
  void repeatsTheTendersOwnWords() throws IOException {
    var tender = ROOT.resolve("../shared/spec/requirements.csv").normalize();
    assumeThat(tender).as("the tender's table, kept outside the project").exists();

    // Only the English column, which is skipped here, is ever quoted.
    var lines =
        Files.readAllLines(tender).stream()
            .skip(1)
            .map(line -> line.replaceFirst("^([^,]*,[^,]*),(\"([^\"]|\"\")*\"|[^,]*),", "$1,"));

    assertThat(ROWS)
        .extracting(row -> row.id() + "," + row.importance() + "," + row.wording())
        .containsExactlyElementsOf(lines.toList());
  }

  @Test
  @DisplayName("「対応」の行は、実在する試験を必ず挙げている")
  void claimsNothingThatNoTestProves() {
    assertThat(objections(ROWS, TestSources.under(ROOT))).isEmpty();
    assertThat(objections(LAW, TestSources.under(ROOT))).isEmpty();
  }

  @Test
  @DisplayName("回答は句点で終わる一文である")
  void answersInOneSentence() {
    assertThat(ROWS).allSatisfy(row -> assertThat(row.how()).matches("[^。\\n]+。"));
    assertThat(LAW).allSatisfy(row -> assertThat(row.how()).matches("[^。\\n]+。"));
  }

  @Test
  @DisplayName("建設業法施行規則の三つの技術的基準に、一つずつ答えている")
  void answersEachCriterionOfConstructionLaw() {
    assertThat(LAW).extracting(Requirement::id).doesNotHaveDuplicates();
    for (var criterion : List.of("見読性", "原本性", "本人性")) {
      assertThat(LAW)
          .filteredOn(row -> row.wording().contains("（" + criterion + "）"))
          .singleElement()
          .satisfies(row -> assertThat(row.status()).isEqualTo(Status.DONE));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[no-such-form]",
        "[jp.musubi.journeys.requirements.NoSuchTest#passes]",
        "[jp.musubi.journeys.requirements.RequirementsTest#noSuchMethod]",
        "[jp.musubi.journeys.requirements.RequirementsTest#tenderIds]",
      })
  @DisplayName("試験のない「対応」は拒まれる")
  void objectsToAClaimWithoutProof(String tests) {
    var claim = RequirementsFile.parse(Demands.TENDER, row("done", tests));

    assertThat(objections(claim, TestSources.under(ROOT))).hasSize(1);
  }

  @Test
  @DisplayName("実在する試験を挙げた「対応」は通る")
  void acceptsAClaimWithAProof() {
    var test = RequirementsTest.class.getName() + "#answersEveryRowOfTheTenderExactlyOnce";

    assertThat(
            objections(
                RequirementsFile.parse(Demands.TENDER, row("done", "['" + test + "']")),
                TestSources.under(ROOT)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id: C-01",
        "- id: C-1",
        "- {id: C-01, class: 必須, wording: 文言, status: done, how: 回答。, where: [], tests: [], x: 1}",
        "- {id: C-01, class: 必須, wording: 文言, status: perfect, how: 回答。, where: [], tests: []}",
        "- {id: C-01, class: 推奨, wording: 文言, status: done, how: 回答。, where: [], tests: []}",
        "- {id: C-01, class: 必須, wording: 文言, status: done, how: '', where: [], tests: []}",
        "- {id: C-01, class: 必須, wording: 文言, status: done, how: 回答。, where: [], tests: [1]}",
        "- {id: C-01, id: C-02, class: 必須, wording: 文言, status: done, how: 回答。, where: [], tests: []}",
        "- !!java.net.URL [http://localhost/]",
      })
  @DisplayName("書き方の誤りは拒まれる")
  void refusesAMalformedRow(String yaml) {
    assertThatExceptionOfType(RequirementsUnreadable.class)
        .isThrownBy(() -> RequirementsFile.parse(Demands.TENDER, yaml));
  }

  /** What is wrong with the proofs of {@code rows}; a row without any is objected to as well. */
  private static List<String> objections(List<Requirement> rows, TestSources sources) {
    return rows.stream()
        .flatMap(row ->
            row.status().claimsProof() && row.tests().isEmpty()
                ? Stream.of(row.id() + ": names no test")
                : row.tests().stream()
                    .flatMap(test -> sources.objectionTo(test).stream())
                    .map(objection -> row.id() + ": " + objection))
        .toList();
  }

  private static String row(String status, String tests) {
    return """
    - id: C-01
      class: 必須
      wording: 文言
      status: %s
      how: 回答。
      where: []
      tests: %s
    """
        .formatted(status, tests);
  }

  private static List<Requirement> rows(Demands demands) {
    try {
      return RequirementsFile.read(demands, ROOT.resolve(demands.place()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> tenderIds() {
    try (var ids = RequirementsTest.class.getResourceAsStream("ids.txt")) {
      return new String(ids.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
