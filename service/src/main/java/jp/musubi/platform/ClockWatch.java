package jp.musubi.platform;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * 時計の見張り. Nodes share one database, and its clock is the one they have in common. A node whose own
 * clock differs says that it is not ready, and does none of the jobs whose time, by its clock, has
 * come: it would let deadlines end early or late, and think the others dead.
 */
final class ClockWatch implements HealthIndicator, SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /** A question that took longer measures the way to the database, and not a clock. */
  private static final Duration SLOW = Duration.ofSeconds(1);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Duration tolerance;
  private final ObjectProvider<Scheduler> scheduler;
  private @Nullable ScheduledExecutorService thread;
  private volatile Optional<Duration> difference = Optional.empty();
  private volatile boolean running;

  /**
   * Watches.
   *
   * @param tolerance how much the clocks may differ, either way
   */
  ClockWatch(
      JdbcClient jdbc, Clock clock, Duration tolerance, ObjectProvider<Scheduler> scheduler) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.tolerance = tolerance;
    this.scheduler = scheduler;
  }

  /** Looks once before the jobs begin, and then all the time; also after it was stopped. */
  @Override
  public synchronized void start() {
    running = true;
    look();
    var fresh =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("clock-watch").factory());
    var _ =
        fresh.scheduleWithFixedDelay(
            this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    thread = fresh;
  }

  @Override
  public synchronized void stop() {
    running = false;
    if (thread != null) {
      thread.shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void look() {
    try {
      var before = clock.instant();
      var theirs = jdbc.sql("select clock_timestamp()").query(Timestamp.class).single().toInstant();
      var after = clock.instant();
      var took = Duration.between(before, after);
      if (took.compareTo(SLOW) < 0) {
        heed(Duration.between(theirs, before.plus(took.dividedBy(2))));
      }
    } catch (DataAccessException e) {
      // Without the database nothing is decided, so nothing is decided by a wrong clock.
      LOG.debug("the database's clock cannot be read", e);
    } catch (RuntimeException e) {
      // A schedule that throws ends for ever.
      LOG.error("the clocks could not be compared", e);
    }
  }

  private void heed(Duration now) {
    var wrongBefore = isWrong();
    difference = Optional.of(now);
    if (isWrong() == wrongBefore) {
      return;
    }
    if (isWrong()) {
      LOG.error("this node's clock differs from the database's by {}: not ready, no jobs", now);
      scheduler.ifAvailable(Scheduler::pause);
    } else {
      LOG.warn("this node's clock agrees with the database's again");
      scheduler.ifAvailable(Scheduler::resume);
    }
  }

  private boolean isWrong() {
    return difference.map(d -> d.abs().compareTo(tolerance) > 0).orElse(false);
  }

  /** Out of service while the clock is wrong; a database that cannot be asked is told by others. */
  @Override
  public Health health() {
    var health = isWrong() ? Health.outOfService() : Health.up();
    difference.ifPresent(d -> health.withDetail("difference", d.toString()));
    return health.build();
  }
}
