package jp.musubi.seal.renewal;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import jp.musubi.seal.validation.AlgorithmSunset;

/**
 * 更新計画 — when a proof has to be renewed, how, and why (SIG-10): before the first certificate of the
 * newest timestamp's path expires, before one of its algorithms ends, or as soon as its authority
 * gives notice of a compromise.
 *
 * @param due from when on it should be renewed; a notice is due at once
 * @param ends from when on the proof holds no longer unless it is renewed; empty when nothing ends
 *     it
 */
public record RenewalPlan(Instant due, Optional<Instant> ends, Kind kind, Cause cause) {
  /** How to renew. */
  public enum Kind {
    /** タイムスタンプの更新: a new timestamp over the newest one; no file is read. */
    TIMESTAMP,
    /** ハッシュ木の更新: every file is hashed anew. */
    HASH_TREE
  }

  /** What comes first. */
  public enum Cause {
    /** 証明書の期限. */
    CERTIFICATE_EXPIRY,
    /** 署名方式の終期. */
    SIGNATURE_ALGORITHM,
    /** ハッシュ方式の終期. */
    HASH_ALGORITHM,
    /** 時刻認証局からの危殆化の知らせ. */
    NOTICE
  }

  /**
   * How long before an end to renew: time enough for an authority that is away, and for a campaign.
   */
  public static final Period LEAD = Period.ofMonths(12);

  private record Event(Instant due, Optional<Instant> ends, Cause cause) {}

  /**
   * Plans the renewal of a proof.
   *
   * @param newest its newest timestamp
   * @param notice when the authority of the newest timestamp gave notice of a compromise, if it did
   * @param lead how long before an end the renewal is due; {@link #LEAD} unless there is a reason
   * @throws IllegalArgumentException when nothing ever ends: a path of nothing but an anchor
   */
  public static RenewalPlan of(
      TimestampLife newest, AlgorithmSunset algorithms, Optional<Instant> notice, Period lead) {
    var events = new ArrayList<Event>();
    notice.ifPresent(since -> events.add(new Event(since, notice, Cause.NOTICE)));
    newest
        .hashEnd(algorithms)
        .ifPresent(end -> events.add(before(end, lead, Cause.HASH_ALGORITHM)));
    newest
        .signatureEnd(algorithms)
        .ifPresent(end -> events.add(before(end, lead, Cause.SIGNATURE_ALGORITHM)));
    newest.expiry().ifPresent(end -> events.add(before(end, lead, Cause.CERTIFICATE_EXPIRY)));
    var first = events.stream().min(Comparator.comparing(Event::due));
    if (first.isEmpty()) {
      throw new IllegalArgumentException("a path of nothing but an anchor has no end");
    }
    var ends = events.stream().flatMap(each -> each.ends().stream()).min(Comparator.naturalOrder());
    // A new timestamp alone would stand on a digest that ends within the same lead.
    var rehash =
        events.stream()
            .anyMatch(each ->
                each.cause() == Cause.HASH_ALGORITHM
                    && each.due().isBefore(plus(first.get().due(), lead)));
    return new RenewalPlan(
        first.get().due(), ends, rehash ? Kind.HASH_TREE : Kind.TIMESTAMP, first.get().cause());
  }

  /** Whether it is time. */
  public boolean isDue(Instant now) {
    return !now.isBefore(due);
  }

  /** Whether it is too late: what was proven until then stays so only by other means. */
  public boolean isOverdue(Instant now) {
    return ends.filter(end -> !now.isBefore(end)).isPresent();
  }

  private static Event before(Instant end, Period lead, Cause cause) {
    return new Event(end.atOffset(ZoneOffset.UTC).minus(lead).toInstant(), Optional.of(end), cause);
  }

  private static Instant plus(Instant time, Period lead) {
    return time.atOffset(ZoneOffset.UTC).plus(lead).toInstant();
  }
}
