package jp.musubi.backup;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Why a backup is not taken, or not restored, in one sentence that tells what to do. */
public final class BackupRefused extends RuntimeException {
  private static final ResourceBundle WORDS =
      ResourceBundle.getBundle("messages.backup", Locale.ROOT);

  private final Reason reason;

  /** What stands in the way. */
  public enum Reason {
    NOT_EMPTY,
    NO_KEY,
    NO_BACKUP,
    NO_BACKUP_BEFORE,
    MANIFEST_CHANGED,
    DAMAGED,
    WRONG_KEY,
    LOG_MISSING,
    NOT_REACHED,
    NOT_RECOVERED,
    NOT_THIS_HOST,
    NOT_ALLOWED,
    NO_QUIET_MOMENT,
    UNDER_WAY,
    TABLESPACES,
    LOG_NOT_KEPT,
    NO_DATABASE
  }

  BackupRefused(Reason reason, Object... values) {
    super(
        new MessageFormat(WORDS.getString("backup.refused." + reason.name()), Locale.JAPAN)
            .format(values));
    this.reason = reason;
  }

  BackupRefused(Throwable cause, Reason reason, Object... values) {
    this(reason, values);
    initCause(cause);
  }

  /** What stands in the way. */
  public Reason reason() {
    return reason;
  }
}
