package jp.musubi.signing;

import java.time.Duration;
import java.time.Instant;

/**
 * 流量の限り. So many at once and so many a second, for everybody together: nobody's address is kept.
 */
final class Bucket {
  private final int most;
  private final Duration each;
  private Instant emptyFrom = Instant.MIN;

  /**
   * A full one.
   *
   * @param most at once
   * @param each after which there is one more
   */
  Bucket(int most, Duration each) {
    this.most = most;
    this.each = each;
  }

  /** Takes one, if there is one. */
  synchronized boolean take(Instant now) {
    var from = emptyFrom.isBefore(now) ? now : emptyFrom;
    var next = from.plus(each);
    if (Duration.between(now, next).compareTo(each.multipliedBy(most)) > 0) {
      return false;
    }
    emptyFrom = next;
    return true;
  }
}
