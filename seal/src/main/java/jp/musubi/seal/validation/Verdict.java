package jp.musubi.seal.validation;

/** 判定 — what the validation says of a file as a whole (PDF-V1). */
public enum Verdict {
  /** 有効. */
  VALID("valid"),
  /** 有効（長期保存情報に注意）. */
  VALID_WITH_WARNINGS("valid-with-warnings"),
  /** 判定できません（理由）. */
  INDETERMINATE("indeterminate"),
  /** 無効（理由）. */
  INVALID("invalid"),
  /** 署名なし. */
  NO_SIGNATURE("no-signature");

  private final String code;

  Verdict(String code) {
    this.code = code;
  }

  /** The word in JSON and in message bundles. */
  public String code() {
    return code;
  }
}
