package jp.musubi.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.ServiceTest;
import jp.musubi.harness.Figures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
@DisplayName("模擬")
class SimulationTest {
  private static final SimulatedPorts PORTS = new SimulatedPorts();
  private static final int RUNS = Integer.getInteger("musubi.simulation.runs", 2_000);

  @Autowired ApplicationContext context;

  private Connection superuser;
  private Simulation simulation;

  /** A service whose clock, whose queue and whose every way out is in the hands of the world. */
  static final class Parts implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
      ServiceTest.RealParts.connect(context);
      var url = context.getEnvironment().getRequiredProperty("spring.datasource.url");
      TestPropertyValues.of(
              // Whether PostgreSQL keeps what it committed is tried by real deaths, elsewhere.
              "spring.datasource.url=" + url + "?options=-c%20synchronous_commit=off")
          .applyTo(context);
      var beans = context.getBeanFactory();
      beans.registerSingleton("faultPoints", PORTS);
      beans.registerSingleton("clock", new World.OfTheWorld());
      beans.registerSingleton("dbSchedulerStarter", (DbSchedulerStarter) () -> {});
    }
  }

  @BeforeEach
  void open() throws SQLException {
    superuser = ServiceTest.RealParts.database().superuser();
    try (var statement = superuser.createStatement()) {
      statement.execute("set synchronous_commit = off");
    }
    simulation = new Simulation(context, PORTS, superuser);
  }

  @AfterEach
  void close() throws SQLException {
    superuser.close();
  }

  @Test
  @DisplayName("どの世界でも、受け付けたことは失われず、結末は一つで、監査に異常がない")
  void everyWorldComesToAGoodEnd() throws Exception {
    var only = System.getenv("MUSUBI_SEED");
    if (only != null) {
      var run = simulation.run(Long.parseLong(only), Plant.NONE, true);
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
    var seconds = (System.nanoTime() - began) / 1_000_000_000L;
    // The figures that the papers quote.
    System.out.printf(
        "simulation: %d runs, %d steps, %d points, %d faults, %d lost answers, %d stalls, %d crashes"
            + " (%d in recovery), %d acknowledged, %d concluded, %d virtual hours, %d s%n",
        RUNS,
        all.steps(),
        all.points(),
        all.faults(),
        all.lostAnswers(),
        all.stalls(),
        all.crashes(),
        all.crashesInRecovery(),
        all.acknowledged(),
        all.concluded(),
        all.virtual().toHours(),
        seconds);
    // Each can be run again by MUSUBI_SEED.
    wrong.stream().limit(12).forEach(System.out::println);
    assertThat(wrong.size()).isZero();
  }

  @Test
  @DisplayName("同じ種からは、同じ世界になる")
  void aSeedIsAWorld() throws Exception {
    for (var seed : List.of(3L, 11L, 42L, 77L, 105L)) {
      var first = simulation.run(seed, Plant.NONE, true);
      var second = simulation.run(seed, Plant.NONE, true);
      assertThat(second.lines()).as("seed=" + seed).isEqualTo(first.lines());
      assertThat(second.digest()).isEqualTo(first.digest());
    }
  }
}
