package jp.musubi.disposal;

/** Takes a {@link Refusal} out of a transaction, of which nothing may stay. */
final class Refused extends RuntimeException {
  private final Refusal refusal;
  private final String number;

  Refused(Refusal refusal, String number) {
    super(refusal + " " + number);
    this.refusal = refusal;
    this.number = number;
  }

  Refusal refusal() {
    return refusal;
  }

  /** Of the contract that it is about; empty if it is about the proposal. */
  String number() {
    return number;
  }
}
