package jp.musubi.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * 警報. A backup counts once it was restored: what nobody has restored may be empty, and its makers
 * would not know (R17). Silence is what is to be heard.
 */
sealed interface BackupAlarm {

  /** All is well. */
  record Quiet() implements BackupAlarm {}

  /** None was ever restored, and there was time for it. */
  record Never(Instant since) implements BackupAlarm {}

  /** The newest that was restored is older than agreed. */
  record TooOld(Instant newest) implements BackupAlarm {}

  /**
   * Decides.
   *
   * @param restored when the newest backup was taken that a drill restored without a violation
   * @param since when the service began to keep anything
   */
  static BackupAlarm decide(
      Optional<Instant> restored, Instant since, Duration oldest, Instant now) {
    if (restored.isEmpty()) {
      return since.isBefore(now.minus(oldest)) ? new Never(since) : new Quiet();
    }
    return restored.get().isBefore(now.minus(oldest)) ? new TooOld(restored.get()) : new Quiet();
  }
}
