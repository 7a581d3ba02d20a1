package jp.musubi.shelf;

/**
 * 控えの範囲. How much of a shelf a registration opens: never more than what was shown for it is worth
 * (ADR 0077).
 */
enum Reach {
  /** Contracts that asked for the mailbox alone. */
  MAILBOX(1),
  /** Those, too, that asked for more. */
  ALL(2);

  private final int number;

  Reach(int number) {
    this.number = number;
  }

  /**
   * What a file of one of the holder's contracts is worth.
   *
   * @param asksMore whether the contract asked for more than the mailbox
   * @param mailed whether the file went out by mail, so that whoever reads the mailbox has it
   */
  static Reach of(boolean asksMore, boolean mailed) {
    return asksMore && !mailed ? ALL : MAILBOX;
  }

  /** In the database. */
  int number() {
    return number;
  }

  static Reach numbered(int number) {
    return number == ALL.number ? ALL : MAILBOX;
  }
}
