package jp.musubi.audit;

/**
 * 監査記録の保存期間. For how many years from its day an entry is kept at the least (L-05).
 *
 * @param chosen by the body
 * @param floor what contracts and other things of the body need
 */
record Keeping(int chosen, int floor) {
  /** No body may promise less. */
  static final int LEAST = 5;

  /** No contract is kept longer than anybody can enter. */
  static final int MOST = 100;

  /** Of a body that has said nothing; as long as contracts are, when nobody says otherwise. */
  static final int OTHERWISE = 10;

  /** The least that the body may choose now. */
  int least() {
    return Math.min(MOST, Math.max(LEAST, floor));
  }

  /** What holds: a contract with a longer life lengthens it by itself. */
  int years() {
    return Math.max(chosen, least());
  }
}
