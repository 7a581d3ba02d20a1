package jp.musubi.renewal;

import java.time.Instant;
import java.util.Optional;

/**
 * 契約の有効期間 — as good as the first of its files that ends.
 *
 * @param cause what ends first: a certificate, an algorithm, or what operators were told of
 * @param renewals how often the one renewed most was
 * @param trouble what keeps the renewal waiting
 * @param asked whether somebody asked for it now
 */
record Standing(
    Instant endsAt,
    Instant dueAt,
    String cause,
    int renewals,
    Optional<String> trouble,
    boolean asked) {

  boolean isDue(Instant now) {
    return asked || !now.isBefore(dueAt);
  }

  boolean isOver(Instant now) {
    return !now.isBefore(endsAt);
  }
}
