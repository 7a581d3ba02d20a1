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
  RECOVERY_CODE,
  /** 団体のID: the body's own identity provider says who it is. */
  SSO,
  /** 団体のIDでの多要素認証: the provider says that it saw two factors. */
  SSO_STRONG
}
