package jp.musubi.seal.isolation;

/** The process did not come through with a file: it was killed at a limit, or it died of it. */
public final class WorkerLost extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why it is gone. */
  public enum Cause {
    /** More processor time than a file may cost. */
    CPU,
    /** No answer in time. */
    DEADLINE,
    /** More memory than a process has. */
    MEMORY,
    /** Ended by itself, or spoke out of turn. */
    ENDED
  }

  private final Cause why;

  WorkerLost(Cause why, String message) {
    super(message);
    this.why = why;
  }

  /** Why it is gone. */
  public Cause why() {
    return why;
  }
}
