package jp.musubi.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jp.musubi.bench.engine.Level;
import jp.musubi.testkit.KeyKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("./musubi bench")
class BenchMainTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

  @Test
  @DisplayName("名前がなければ、計測できるものを一覧する")
  void listsWhatCanBeMeasured() throws Exception {
    assertThat(run()).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.split(" ", 2)[0]))
        .containsExactly("seal", "validate", "growth", "memory", "renew", "micro");
  }

  @Test
  @DisplayName("知らない名前は、何も計測せずに断る")
  void refusesAnUnknownName() throws Exception {
    assertThat(run("seals")).isEqualTo(2);

    assertThat(progress.toString(StandardCharsets.UTF_8)).contains("no benchmark 'seals'");
  }

  @Test
  @DisplayName("限界とむすびを並べて計測し、約束した項目のJSONにする")
  void measuresOurEngineBesideTheLimit() throws Exception {
    assumeTrue(
        Files.exists(ROOT.resolve("bench/target/class-path.txt")),
        "the class path of the engines has not been written: mvn process-classes");
    var progressTo = new PrintStream(progress, true, StandardCharsets.UTF_8);
    try (var course =
        new Course(
            new Contestants(ROOT),
            true,
            Set.of(Contestants.LIMIT, Contestants.MUSUBI),
            progressTo)) {

      var rows = Sealing.run(course, 20_000, KeyKind.P_256, List.of(Level.T, Level.LTA));

      var json = JsonMapper.builder().build().readTree(Publication.json(rows));
      assertThat(json).hasSize(4);
      assertThat(json)
          .allSatisfy(row ->
              assertThat(row.propertyNames())
                  .contains(
                      "engine",
                      "bytes",
                      "level",
                      "medianMillis",
                      "p99Millis",
                      "sealsPerSecondPerCore"));
      assertThat(json)
          .filteredOn(row -> row.get("engine").stringValue().equals("musubi"))
          .hasSize(2)
          .allSatisfy(row -> {
            assertThat(row.get("ratioToLimit").doubleValue()).isPositive();
            assertThat(row.get("bytesAdded").longValue()).isPositive();
          })
          .extracting(row -> row.get("keyOperations").intValue())
          .containsExactly(Level.T.keyOperations(), Level.LTA.keyOperations());
    }
  }

  private int run(String... arguments) throws Exception {
    return BenchMain.run(
        List.of(arguments),
        ROOT,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(progress, true, StandardCharsets.UTF_8));
  }
}
