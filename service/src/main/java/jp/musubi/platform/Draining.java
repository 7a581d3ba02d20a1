package jp.musubi.platform;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * 停止の前の引き渡し. A node that is asked to end says first that it is not ready, and goes on serving until
 * whoever spreads requests has noticed; only then does it take no more of them.
 */
final class Draining implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Draining.class);

  private final ApplicationContext context;
  private final Duration period;
  private volatile boolean running;

  /**
   * Waits at the end.
   *
   * @param period how long it takes at most until nobody sends requests here any more
   */
  Draining(ApplicationContext context, Duration period) {
    this.context = context;
    this.period = period;
  }

  /** Stops before everything else does, the web server and the jobs included. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    if (period.isZero()) {
      return;
    }
    LOG.info("not ready any more; serving for another {}", period);
    AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
    try {
      // Nobody tells that the last request has come; the load balancer's own period is what we
      // have.
      Thread.sleep(period);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
