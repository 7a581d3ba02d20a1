package jp.musubi.simulation;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import jp.musubi.ServiceTest;
import jp.musubi.trial.EmbeddedDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** What every test in worlds made of seeds stands on; each class has a database of its own. */
@SpringBootTest(
    properties = {
      "logging.level.root=off",
      "logging.level.jp.musubi=off",
      "logging.level.com.github.kagkarlsson=off"
    })
@ContextConfiguration(initializers = InWorlds.Parts.class)
abstract class InWorlds {
  /** Of its own: nobody else may take a job of the world's, nor lose one to it. */
  private static final EmbeddedDatabase DATABASE = database();

  private static final SimulatedPorts PORTS = new SimulatedPorts();

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

  Simulation simulation() {
    return simulation;
  }

  /** What came of many worlds. */
  record Many(Tally all, List<String> wrong, long seconds) {}

  /** The worlds of these seeds; each that ended badly is told, to be run again by MUSUBI_SEED. */
  Many run(long from, long to) throws Exception {
    var all = new Tally();
    var wrong = new ArrayList<String>();
    // How long a person waits for it, by no clock of the service.
    var began = System.nanoTime();
    for (var seed = from; seed <= to; seed++) {
      var run = simulation.run(seed, Plant.NONE, false);
      all.add(run.tally());
      if (!run.wrong().isEmpty()) {
        wrong.add("seed=" + seed + " " + run.wrong());
      }
    }
    // Seeds to play again, for who reads why it failed.
    wrong.stream().limit(10).forEach(System.out::println);
    var seconds = (System.nanoTime() - began) / 1_000_000_000L;
    // The figures that the papers quote.
    System.out.printf(
        "simulation: seeds %d to %d, %d wrong, %d steps, %d points, %d s%n",
        from, to, wrong.size(), all.steps(), all.points(), seconds);
    return new Many(all, wrong, seconds);
  }
}
