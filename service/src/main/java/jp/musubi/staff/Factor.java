package jp.musubi.staff;

/** 認証の要素. What somebody has shown of themselves at sign-in. */
public enum Factor {
  /** パスワード: something one knows. */
  PASSWORD,
  /** 認証アプリ: a time-based one-time code (RFC 6238), something one has. */
  TOTP,
  /** パスキー: a key pair whose private half stays with its owner; cannot be phished. */
  PASSKEY,
  /** 回復コード: one of a printed list, in place of the app. */
  RECOVERY_CODE
}
