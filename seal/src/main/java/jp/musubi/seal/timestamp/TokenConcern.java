package jp.musubi.seal.timestamp;

import java.time.Duration;
import java.time.Instant;

/** 警告 — what is wrong with a token that is nevertheless valid. */
public sealed interface TokenConcern {

  /**
   * The authority's clock and ours drift apart: more than five seconds (SIG-12).
   *
   * @param skew the authority's time minus ours
   */
  record ClockDrift(Duration skew) implements TokenConcern {}

  /**
   * The path ends before 120 months have gone by (S-06): the file needs renewal before its ten
   * years are over.
   *
   * @param end when the first certificate of the path ends
   */
  record ShortLife(Instant end) implements TokenConcern {}
}
