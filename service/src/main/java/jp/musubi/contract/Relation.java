package jp.musubi.contract;

/** 関連付け. How a contract goes back to another; what is concluded is never edited (C-13). */
public enum Relation {
  /** 変更契約. */
  CHANGE,
  /** 訂正: what was wrong in a concluded one is said right, and signed by all again. */
  CORRECTION,
  /** 請書 of an order that was made into a contract. */
  ACCEPTANCE,
  /** 完成届, 検査調書 and the like that are signed for themselves. */
  COMPLETION,
  /** 作り直し of one that came to nothing. */
  REPLACEMENT;

  /** Whether a contract in this state may be gone back to so. */
  public boolean suits(String state) {
    return switch (state) {
      case "CONCLUDED", "ELSEWHERE", "ON_PAPER" -> this != REPLACEMENT;
      case "DECLINED", "RETURNED", "WITHDRAWN", "EXPIRED" -> this == REPLACEMENT;
      default -> false;
    };
  }

  /** Whether it has to say something else than the original did. */
  public boolean needsOtherWords() {
    return this != REPLACEMENT;
  }
}
