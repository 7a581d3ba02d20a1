package jp.musubi.contract;

/**
 * A refusal on its way to the page that explains it; undoes the transaction it passes through, so
 * that nothing of a refused step stays.
 */
public final class StepRefused extends RuntimeException {
  private final transient Refusal reason;

  /** Carries the refusal. */
  public StepRefused(Refusal reason) {
    super(reason.toString());
    this.reason = reason;
  }

  /** Why the step was not taken. */
  public Refusal reason() {
    return reason;
  }
}
