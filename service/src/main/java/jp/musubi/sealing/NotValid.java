package jp.musubi.sealing;

/**
 * A validator did not call the sealed file valid, or did not answer. Nothing is concluded, nothing
 * renewed.
 */
public final class NotValid extends RuntimeException {
  NotValid(String message) {
    super(message);
  }

  NotValid(String message, Throwable cause) {
    super(message, cause);
  }
}
