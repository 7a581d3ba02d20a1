package jp.musubi.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Webhook: where another system of the body hears of its contracts, and how it goes. */
final class Webhook {
  /** For how long an event is tried. */
  static final Duration PATIENCE = Duration.ofDays(3);

  /** So many failures in a row, and nothing is tried for a while. */
  static final int MOST_FAILURES = 5;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration FIRST_REST = Duration.ofMinutes(1);

  private Webhook() {}

  /**
   * 送り先.
   *
   * @param failures in a row
   * @param restsUntil nothing is tried before
   */
  record Endpoint(
      UUID id,
      String name,
      String url,
      Instant createdAt,
      Optional<Instant> endedAt,
      int failures,
      Optional<Instant> restsUntil) {}

  /**
   * One event on its way to one endpoint.
   *
   * @param event stable, e.g. {@code contract.concluded}
   * @param state of the contract when it happened
   * @param party whom it was about; null if nobody in particular
   * @param since when it began to be tried
   */
  record Delivery(
      UUID id,
      UUID endpoint,
      UUID contract,
      int sequence,
      String event,
      String state,
      @Nullable UUID party,
      Instant occurredAt,
      Instant since,
      int attempts,
      Instant nextAt,
      Optional<Instant> deliveredAt,
      Optional<Instant> gaveUpAt,
      Optional<String> lastError) {
    boolean isSettled() {
      return deliveredAt.isPresent() || gaveUpAt.isPresent();
    }
  }

  /** What is to be sent, where, signed by what. */
  record Errand(Endpoint endpoint, Delivery delivery, List<WebhookSecret> secrets) {
    /** Keeps its own copy. */
    Errand {
      secrets = List.copyOf(secrets);
    }
  }

  /** 10, 20, 40, … seconds, at most an hour. */
  static Duration pause(int attempts) {
    return shorter(FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 20)));
  }

  /** For how long an endpoint rests after so many failures in a row; zero while it does not. */
  static Duration rest(int failures) {
    return failures < MOST_FAILURES
        ? Duration.ZERO
        : shorter(FIRST_REST.multipliedBy(1L << Math.min(failures - MOST_FAILURES, 20)));
  }

  private static Duration shorter(Duration pause) {
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
