package jp.musubi.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.harness.Figures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** L1: the code of the service, in worlds made of seeds. */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayName("模擬")
class SimulationTest extends InWorlds {
  static final int GOAL = 2_000;

  /** Where the drill runs all, the tests run half here and half beside it. */
  private static final int RUNS = Integer.getInteger("musubi.simulation.runs", GOAL / 2);

  /** In hours: as many as the tests have time for; the drill has a day. */
  private static final int OUTAGE = Integer.getInteger("musubi.simulation.outage", 2);

  private static final int MOST_SEEDS = 300;
  private static final Figures FIGURES =
      new Figures("simulation", "模擬の世界", "./musubi drill sim --runs " + RUNS);

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  @Test
  @Order(1)
  @DisplayName("どの世界でも、受け付けたことは失われず、結末は一つで、監査に異常がない")
  void everyWorldComesToAGoodEnd() throws Exception {
    var only = System.getenv("MUSUBI_SEED");
    if (only != null) {
      var run = simulation().run(Long.parseLong(only), Plant.NONE, true);
      // What happened there, line by line: that is why it is run again.
      run.lines().forEach(System.out::println);
      assertThat(run.wrong()).as("seed=" + only).isEmpty();
      return;
    }
    var many = run(1, RUNS);
    var all = many.all();
    var wrong = many.wrong();
    FIGURES.add(
        "模擬の世界（種1から%dまで）".formatted(RUNS),
        "%d回中%d回".formatted(RUNS, RUNS - wrong.size()),
        GOAL + "回以上、すべて",
        wrong.isEmpty() && RUNS >= GOAL);
    FIGURES.add(
        "その中の時間",
        "%d時間（%d歩、故障点の通過%d回）".formatted(all.virtual().toHours(), all.steps(), all.points()),
        "—",
        true);
    FIGURES.add(
        "その中の故障",
        "外部の誤り%d回、コミットの応答の喪失%d回、引き継がれるほどの停止%d回"
            .formatted(all.faults(), all.lostAnswers(), all.stalls()),
        "—",
        all.faults() > 0 && all.lostAnswers() > 0 && all.stalls() > 0);
    FIGURES.add(
        "その中の節点の死",
        "%d回（うち立ち直りの途中でもう一度が%d回）".formatted(all.crashes(), all.crashesInRecovery()),
        "二度目が300回以上",
        all.crashesInRecovery() >= 300);
    FIGURES.add(
        "受け付けたと答えたもの",
        "%d件、うち失われたもの%d件（締結%d件）"
            .formatted(
                all.acknowledged(),
                wrong.stream().filter(what -> what.contains("acknowledged and lost")).count(),
                all.concluded()),
        "失われたもの0件",
        wrong.stream().noneMatch(what -> what.contains("acknowledged and lost")));
    assertThat(wrong).as("worlds that ended badly").isEmpty();
    assertThat(all.crashesInRecovery()).isPositive();
    assertThat(all.lostAnswers()).isPositive();
    assertThat(all.stalls()).isPositive();
    assertThat(all.concluded()).isPositive();
  }

  @Test
  @Order(2)
  @DisplayName("同じ種からは、同じ世界になる")
  void aSeedIsAWorld() throws Exception {
    for (var seed : List.of(3L, 11L, 42L, 77L, 105L)) {
      var first = simulation().run(seed, Plant.NONE, true);
      var second = simulation().run(seed, Plant.NONE, true);
      assertThat(second.lines()).as("seed=" + seed).isEqualTo(first.lines());
      assertThat(second.digest()).isEqualTo(first.digest());
    }
    assertThat(simulation().run(4L, Plant.NONE, false).digest())
        .isNotEqualTo(simulation().run(3L, Plant.NONE, false).digest());
  }

  @Test
  @Order(3)
  @DisplayName("植えた誤りは、いくつめかの世界で必ず見つかる")
  void plantedBugsAreFound() throws Exception {
    var found = new ArrayList<String>();
    for (var plant : Plant.values()) {
      if (plant == Plant.NONE) {
        continue;
      }
      var seed = firstThatShows(plant);
      // Which world it was, to be looked at again.
      System.out.println("planted: " + plant.title() + " seed=" + seed);
      assertThat(seed).as(plant.title()).isPositive();
      assertThat(simulation().run(seed, Plant.NONE, false).wrong()).as("seed=" + seed).isEmpty();
      found.add("%s（種%d）".formatted(plant.title(), seed));
    }
    FIGURES.add("植えた誤りの発見", String.join("、", found), "すべて", true);
  }

  private long firstThatShows(Plant plant) throws Exception {
    for (var seed = 1L; seed <= MOST_SEEDS; seed++) {
      if (simulation().run(seed, plant, false).wrong().stream()
          .anyMatch(what -> what.contains(plant.sign()))) {
        return seed;
      }
    }
    return 0;
  }

  @Test
  @Order(4)
  @DisplayName("時刻認証局が止まっていても同意は受け付けられ、戻れば十分以内に締結まで進む")
  void anOutageLosesNothing(@TempDir Path folder) throws Exception {
    var result =
        new Outage(simulation(), context.getBean(Clock.class), Duration.ofHours(OUTAGE))
            .run(1, folder);
    // The figures that the papers quote.
    System.out.println("outage: " + OUTAGE + " h " + result);
    FIGURES.add(
        "時刻認証局の%d時間の停止".formatted(OUTAGE),
        "その間に受け付けた同意%d件、失われたもの%d件、戻ってから%d秒で%d件が締結"
            .formatted(
                result.agreements(),
                result.wrong().size(),
                result.drained().toSeconds(),
                result.contracts()),
        "24時間、失われたもの0件、10分以内",
        OUTAGE >= 24
            && result.wrong().isEmpty()
            && result.drained().compareTo(Duration.ofMinutes(10)) <= 0);
    assertThat(result.wrong()).isEmpty();
    assertThat(result.agreements()).isEqualTo(2);
    assertThat(result.contracts()).isEqualTo(2);
    assertThat(result.drained()).isBetween(Duration.ZERO, Duration.ofMinutes(10));
  }
}
