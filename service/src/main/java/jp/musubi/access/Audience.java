package jp.musubi.access;

/** だれの接続元か. Each has ranges of its own; without any, it may come from anywhere. */
public enum Audience {
  /** 職員の画面. */
  STAFF,
  /** API: what is asked for below {@code /api/}. */
  API,
  /** 相手方のリンク. */
  LINK
}
