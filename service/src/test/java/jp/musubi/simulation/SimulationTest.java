package jp.musubi.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import jp.musubi.ServiceTest;
import jp.musubi.harness.Figures;
import jp.musubi.trial.EmbeddedDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** L1: the code of the service, in worlds made of seeds. */
@SpringBootTest(
    properties = {
      "logging.level.root=off",
      "logging.level.jp.musubi=off",
      "logging.level.com.github.kagkarlsson=off"
    })
@ContextConfiguration(initializers = SimulationTest.Parts.class)
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayName("模擬")
class SimulationTest {
  /** Of its own: nobody else may take a job of the world's, nor lose one to it. */
  private static final EmbeddedDatabase DATABASE = database();

  private static final SimulatedPorts PORTS = new SimulatedPorts();
  private static final int GOAL = 2_000;

  /** As many as the tests have time for; the drill runs all. */
  private static final int RUNS = Integer.getInteger("musubi.simulation.runs", 300);

  /** In hours: as above. */
  private static final int OUTAGE = Integer.getInteger("musubi.simulation.outage", 2);

  private static final int MOST_SEEDS = 300;
  private static final Figures FIGURES =
      new Figures("simulation", "模擬の世界", "./musubi drill sim --runs " + RUNS);

  @Autowired ApplicationContext context;

  private Connection superuser;
  private Simulation simulation;

  /** A service whose clock, whose queue and whose every way out is in the hands of the world. */
  static final class Parts
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
      ServiceTest.RealParts.connect(context);
      var settings = new HashMap<>(DATABASE.settings());
      // Whether PostgreSQL keeps what it committed is tried by real deaths, elsewhere.
      settings.merge(
          "spring.datasource.url", "?options=-c%20synchronous_commit=off", String::concat);
      TestPropertyValues.of(settings).applyTo(context);
      var beans = context.getBeanFactory();
      beans.registerSingleton("faultPoints", PORTS);
      beans.registerSingleton("clock", new World.OfTheWorld());
      beans.registerSingleton("dbSchedulerStarter", (DbSchedulerStarter) () -> {});
    }
  }

  private static EmbeddedDatabase database() {
    try {
      var database =
          EmbeddedDatabase.start(Files.createTempDirectory("musubi-worlds").resolve("pg"));
      Runtime.getRuntime().addShutdownHook(new Thread(database::close));
      try (var superuser = database.superuser();
          var statement = superuser.createStatement()) {
        // What tidies up in the background also changes in which order rows of one moment come.
        statement.execute("alter system set autovacuum = off");
        // Whether PostgreSQL keeps what it committed is tried by real deaths, elsewhere.
        for (var durable : List.of("fsync", "full_page_writes", "synchronous_commit")) {
          statement.execute("alter system set " + durable + " = off");
        }
        statement.execute("select pg_reload_conf()");
      }
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void open() throws SQLException {
    superuser = DATABASE.superuser();
    try (var statement = superuser.createStatement()) {
      statement.execute("set synchronous_commit = off");
    }
    simulation = new Simulation(context, PORTS, superuser);
  }

  @AfterEach
  void close() throws SQLException {
    superuser.close();
  }

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
      var run = simulation.run(Long.parseLong(only), Plant.NONE, true);
      // What happened there, line by line: that is why it is run again.
      run.lines().forEach(System.out::println);
      assertThat(run.wrong()).as("seed=" + only).isEmpty();
      return;
    }
    var all = new Tally();
    var wrong = new ArrayList<String>();
    // How long a person waits for it, by no clock of the service.
    var began = System.nanoTime();
    for (var seed = 1L; seed <= RUNS; seed++) {
      var run = simulation.run(seed, Plant.NONE, false);
      all.add(run.tally());
      if (!run.wrong().isEmpty()) {
        wrong.add("seed=" + seed + " " + run.wrong());
      }
    }
    // Each can be run again by MUSUBI_SEED.
    wrong.stream().limit(10).forEach(System.out::println);
    var seconds = (System.nanoTime() - began) / 1_000_000_000L;
    // The figures that the papers quote.
    System.out.printf(
        "simulation: %d runs, %d wrong, %d steps, %d points, %d s%n",
        RUNS, wrong.size(), all.steps(), all.points(), seconds);
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
      var first = simulation.run(seed, Plant.NONE, true);
      var second = simulation.run(seed, Plant.NONE, true);
      assertThat(second.lines()).as("seed=" + seed).isEqualTo(first.lines());
      assertThat(second.digest()).isEqualTo(first.digest());
    }
    assertThat(simulation.run(4L, Plant.NONE, false).digest())
        .isNotEqualTo(simulation.run(3L, Plant.NONE, false).digest());
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
      assertThat(simulation.run(seed, Plant.NONE, false).wrong()).as("seed=" + seed).isEmpty();
      found.add("%s（種%d）".formatted(plant.title(), seed));
    }
    FIGURES.add("植えた誤りの発見", String.join("、", found), "すべて", true);
  }

  private long firstThatShows(Plant plant) throws Exception {
    for (var seed = 1L; seed <= MOST_SEEDS; seed++) {
      if (simulation.run(seed, plant, false).wrong().stream()
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
        new Outage(simulation, context.getBean(Clock.class), Duration.ofHours(OUTAGE))
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
