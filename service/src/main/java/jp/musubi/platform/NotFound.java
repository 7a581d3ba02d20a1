package jp.musubi.platform;

/** There is no such thing, or it belongs to somebody else: the answer is the same (404). */
public final class NotFound extends RuntimeException {

  /** Names what was looked for; shown in logs, never to the asker. */
  public NotFound(String what) {
    super(what);
  }
}
