package jp.musubi.journeys.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("対応状況回答書")
class ResponseSheetTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  @DisplayName("すべての行が、記号と集計とともに印刷される")
  void printsEveryRowWithItsMark() throws IOException {
    assertThat(run(Path.of(""))).isZero();

    var sheet = out.toString(StandardCharsets.UTF_8);
    var rows =
        RequirementsFile.read(
            Demands.TENDER,
            RequirementsFile.rootAbove(Path.of("")).orElseThrow().resolve(Demands.TENDER.place()));
    assertThat(rows)
        .allSatisfy(row ->
            assertThat(sheet)
                .containsOnlyOnce(
                    "| %s | %s | %s | %s |"
                        .formatted(
                            row.id(), row.importance(), row.wording(), row.status().mark())));
    assertThat(sheet).containsPattern("\\| 合計 (\\| \\d+ ){5}\\| 159 \\|");
  }

  @Test
  @DisplayName("記号ごとの件数を数える")
  void countsTheMarks() {
    var sheet =
        new ResponseSheet(
                Demands.TENDER,
                List.of(
                    row("C-01", Status.DONE), row("C-02", Status.NONE), row("S-01", Status.NONE)))
            .markdown();

    assertThat(sheet)
        .contains("| 契約締結 | 1 | 0 | 0 | 1 | 0 | 2 |")
        .contains("| 署名・タイムスタンプ | 0 | 0 | 0 | 1 | 0 | 1 |")
        .contains("| うち 必須 | 1 | 0 | 0 | 2 | 0 | 3 |")
        .contains("| 合計 | 1 | 0 | 0 | 2 | 0 | 3 |");
  }

  @Test
  @DisplayName("表計算ソフトで数式として動くセルを作らない")
  void writesNoCellThatASpreadsheetRuns() {
    var csv =
        new ResponseSheet(
                Demands.TENDER,
                List.of(
                    new Requirement(
                        "C-01",
                        "必須",
                        "=HYPERLINK(\"http://localhost/\")",
                        Status.ORGANISATIONAL,
                        "＋1",
                        List.of("@a"),
                        List.of())))
            .csv();

    assertThat(csv)
        .startsWith("\uFEFF\"分類\",\"番号\",")
        .endsWith(
            "\"契約締結\",\"C-01\",\"必須\",\"'=HYPERLINK(\"\"http://localhost/\"\")\","
                + "\"－\",\"'＋1\",\"'@a\",\"\"\r\n");
  }

  @Test
  @DisplayName("CSVはUTF-8で出力される")
  void printsCsvAsUtf8() {
    assertThat(run(Path.of(""), "--format", "csv")).isZero();

    assertThat(out.toByteArray()).startsWith(0xEF, 0xBB, 0xBF);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"C-01\"").contains("\"Z-05\"");
  }

  @Test
  @DisplayName("法令との適合を、条文ごとに印刷する")
  void printsWhatLawDemands() {
    assertThat(run(Path.of(""), "--of", "law")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("# 法令との適合表")
        .contains("建設業法", "| K-05 | 省令 |");
  }

  @Test
  @DisplayName("誤った指定には使い方を示す")
  void explainsItsUsage() {
    assertThat(run(Path.of(""), "--format", "pdf")).isEqualTo(2);
    assertThat(run(Path.of(""), "--format")).isEqualTo(2);
    assertThat(run(Path.of(""), "--of", "custom")).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains("./musubi requirements");
    assertThat(out.size()).isZero();
  }

  @Test
  @DisplayName("読めないファイルはその行を示して断る")
  void namesTheRowItCannotRead(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("r.yaml"), "- id: C-01\n  class: 推奨\n");

    assertThat(run(folder, "--file", "r.yaml")).isEqualTo(1);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains(file.toString()).contains("C-01");
    assertThat(run(folder, "--file", "absent.yaml")).isEqualTo(1);
  }

  private int run(Path workingDirectory, String... args) {
    return new RequirementsMain(
            workingDirectory,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(args);
  }

  private static Requirement row(String id, Status status) {
    return new Requirement(id, "必須", "文言" + id, status, "回答。", List.of(), List.of());
  }
}
