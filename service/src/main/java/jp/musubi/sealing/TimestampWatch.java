package jp.musubi.sealing;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jp.musubi.seal.remote.AuthorityHealth;
import jp.musubi.seal.remote.FailoverTimestampAuthority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.EventListener;

/**
 * 時刻認証局の見張り — asks for a real token where none came for a while, standby authorities included, and
 * tells the management port how they have been. Being healthy means having given a token.
 */
class TimestampWatch implements HealthIndicator, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TimestampWatch.class);

  private final FailoverTimestampAuthority authorities;
  private final Duration interval;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("timestamp-watch").factory());

  TimestampWatch(FailoverTimestampAuthority authorities, Duration interval, Clock clock) {
    this.authorities = authorities;
    this.interval = interval;
    this.clock = clock;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    var _ =
        thread.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      for (var authority : authorities.probe(clock.instant().minus(interval))) {
        if (!authority.isWell()) {
          LOG.warn(
              "{} gives no token: {}",
              authority.authority(),
              authority.failure().orElse("never asked"));
        }
      }
    } catch (RuntimeException e) {
      // A schedule that throws ends for ever.
      LOG.error("the timestamp authorities could not be looked at", e);
    }
  }

  /** Up as long as one of them is well; asks nobody. */
  @Override
  public Health health() {
    return of(authorities.health());
  }

  static Health of(List<AuthorityHealth> authorities) {
    var untried =
        authorities.stream().allMatch(a -> a.lastToken().isEmpty() && a.lastFailure().isEmpty());
    var health =
        untried
            ? Health.unknown()
            : authorities.stream().anyMatch(AuthorityHealth::isWell) ? Health.up() : Health.down();
    for (var authority : authorities) {
      health.withDetail(authority.authority().toString(), describe(authority));
    }
    return health.build();
  }

  private static String describe(AuthorityHealth authority) {
    return "%s; last token %s; certificate ends %s%s%s"
        .formatted(
            authority.isWell() ? "well" : "not well",
            authority.lastToken().map(Object::toString).orElse("never"),
            authority.pathEnd().map(Object::toString).orElse("unknown"),
            authority.shutUntil().map(until -> "; not asked until " + until).orElse(""),
            authority.isWell() ? "" : authority.failure().map(f -> "; " + f).orElse(""));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
