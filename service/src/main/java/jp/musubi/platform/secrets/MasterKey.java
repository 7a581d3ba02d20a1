package jp.musubi.platform.secrets;

import javax.crypto.SecretKey;

/**
 * 主鍵 — wraps the keys of the bodies. It lies outside the database, so that a copy of the database
 * alone opens nothing.
 */
sealed interface MasterKey permits FileMasterKey, ModuleMasterKey {

  /** Tells this key from others without telling the key: 16 hexadecimal digits. */
  String id();

  /**
   * Wraps a body's key.
   *
   * @param whose the body and the key's number
   */
  byte[] wrap(SecretKey bodyKey, String whose);

  /**
   * The key that was wrapped.
   *
   * @throws jp.musubi.platform.IntegrityBroken if another master key wrapped it, or the bytes were
   *     changed
   * @throws jp.musubi.platform.Unavailable if the module that holds the master key does not answer
   */
  SecretKey unwrap(byte[] wrapped, String whose);
}
