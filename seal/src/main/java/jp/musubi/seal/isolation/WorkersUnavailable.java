package jp.musubi.seal.isolation;

/** No process can be had: none starts, or all are busy for too long. Says nothing of the file. */
public final class WorkersUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  WorkersUnavailable(String message) {
    super(message);
  }

  WorkersUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
