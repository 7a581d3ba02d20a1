package jp.musubi.evidence;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 閲覧の記録. What was looked at, taken away or refused, in the current body's chain. Such an entry
 * belongs to no change of anything, so it has a transaction of its own, and is durable before the
 * caller goes on: nothing is shown that is not on record.
 */
public interface AccessRecord {

  /**
   * Appends one entry.
   *
   * @param action past tense, stable, e.g. {@code document.downloaded}
   * @param contractId what it was about, if a contract of this body
   * @param details further facts; never secrets, never document content
   * @throws IllegalStateException within a transaction, which could be holding the end of the chain
   */
  void note(
      Actor actor,
      String action,
      @Nullable UUID contractId,
      @Nullable String clientIp,
      Map<String, String> details);

  /** The same, of whoever is at work in this request. */
  default void note(String action, @Nullable UUID contractId, Map<String, String> details) {
    var now = Circumstances.current().orElseThrow();
    note(now.actor(), action, contractId, now.clientIp(), details);
  }
}
