package jp.musubi.harness;

/** What may happen to a call. */
public enum Toxic {
  /** Nobody listens there. */
  REFUSED("接続を拒まれる"),
  /** Taken, and never answered. */
  BLACK_HOLE("応答がない"),
  /** Answered rightly, when nobody waits any more. */
  SLOW("遅すぎる"),
  /** Cut before it had an effect. */
  RESET("切断される"),
  /** An error of theirs. */
  SERVER_ERROR("相手の誤り"),
  /** Answered with what is no answer. */
  GARBAGE("でたらめな応答"),
  /** The first half of the answer. */
  TRUNCATED("途中で切れた応答"),
  /** Done, and the answer lost. */
  EFFECT_LOST("実行されたが応答が失われる"),
  /** Done twice. */
  DUPLICATE("二度届く");

  private final String title;

  Toxic(String title) {
    this.title = title;
  }

  /** As the report says it. */
  public String title() {
    return title;
  }
}
