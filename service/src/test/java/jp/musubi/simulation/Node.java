package jp.musubi.simulation;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * 節点. One node of the service: its worker takes jobs by the scheduler's own SQL, and whatever it
 * keeps in memory is gone when it dies.
 */
final class Node {
  /** After this without a sign of life a job is taken over, as in service. */
  static final Duration LEASE = Duration.ofMillis(20_004);

  /** The library's scheduler for tests always waits for so many. */
  private static final int MISSED = 6;

  private final World world;
  private final DataSource database;
  private final Supplier<List<Task<?>>> jobs;
  private final Strand strand;
  private ManualScheduler scheduler;
  private boolean up = true;
  private boolean still;
  private long incarnation = 1;
  private Instant since = Instant.MIN;
  private String working = "";

  Node(World world, String name, DataSource database, Supplier<List<Task<?>>> jobs) {
    this.world = world;
    this.database = database;
    this.jobs = jobs;
    this.strand = new Strand(name, world.now(), this::work);
    this.scheduler = start();
  }

  Strand strand() {
    return strand;
  }

  boolean isUp() {
    return up;
  }

  long incarnation() {
    return incarnation;
  }

  /** The job it is at; empty for a person's request. */
  String working() {
    return working;
  }

  /** Whether it tells the others that it lives. */
  boolean beats() {
    return up && !still;
  }

  void standStill(boolean now) {
    still = now;
  }

  /** Loses its power, until then. */
  void die(Instant until) {
    up = false;
    still = false;
    incarnation++;
    since = until;
    if (strand.state() == Strand.State.IDLE) {
      strand.wakeAt(until);
    }
  }

  private ManualScheduler start() {
    var builder =
        TestHelper.createManualScheduler(
            new DelegatingDataSource(database) {
              @Override
              public Connection getConnection() throws SQLException {
                world.reached("Queue");
                return super.getConnection();
              }
            },
            jobs.get());
    builder.threads(1);
    builder.enablePriority();
    builder.heartbeatInterval(LEASE.dividedBy(MISSED));
    builder.pollUsingLockAndFetch(0.5, 1);
    builder.clock(
        new SettableClock() {
          @Override
          public Instant now() {
            return world.now();
          }
        });
    builder.addExecutionInterceptor((instance, context, chain) -> {
      working = instance.getId();
      return chain.proceed(instance, context);
    });
    return builder.build();
  }

  private void work() {
    while (!world.isOver()) {
      try {
        if (!up) {
          strand.runsOn(null);
          world.pause(
              Duration.between(world.now(), since.isAfter(world.now()) ? since : world.now()));
          if (world.isOver()) {
            return;
          }
          up = true;
          scheduler = start();
          world.trace("starts");
        }
        strand.runsOn(this);
        working = "";
        scheduler.runDeadExecutionDetection();
        scheduler.runAnyDueExecutions();
        working = "";
        if (up) {
          world.idle();
        }
      } catch (SimulatedCrash e) {
        // It has died; what it was at is found by others, or by itself later.
        working = "";
      }
    }
  }
}
