package jp.musubi.platform;

/**
 * Stored bytes or a hash chain are not what was recorded: never a user's error, always an alarm.
 */
public final class IntegrityBroken extends RuntimeException {

  /** Names the object and both digests. */
  public IntegrityBroken(String what) {
    super(what);
  }

  /** Names the object, with what found it broken. */
  public IntegrityBroken(String what, Throwable cause) {
    super(what, cause);
  }
}
