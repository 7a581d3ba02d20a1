package jp.musubi.vault;

/** 原本の具合. What lies where an object should be. */
public enum Condition {
  /** The bytes of the object's digest. */
  WHOLE,
  /** Nothing. */
  MISSING,
  /** Other bytes: a flipped bit, another object, half a file; or bytes whose key is lost. */
  DAMAGED
}
