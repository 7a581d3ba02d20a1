package jp.musubi.platform.secrets;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import jp.musubi.seal.Sha256;

/**
 * 主鍵 — wraps the keys of the bodies (AES key wrap, RFC 3394). It lies outside the database, so that
 * a copy of the database alone opens nothing.
 */
final class MasterKey {
  private static final int AES_256 = 32;
  private static final String WRAP = "AES/KW/NoPadding";

  private final SecretKey key;
  private final String id;

  MasterKey(byte[] bytes) {
    // A longer file is a fine source of a key of the length that AES takes.
    this.key = new SecretKeySpec(Sha256.of(bytes).bytes(), 0, AES_256, "AES");
    this.id = Sha256.of(this.key.getEncoded()).hex().substring(0, 16);
  }

  /** Tells this key from others without telling the key: 16 hexadecimal digits. */
  String id() {
    return id;
  }

  byte[] wrap(SecretKey bodyKey) {
    try {
      var cipher = Cipher.getInstance(WRAP);
      cipher.init(Cipher.WRAP_MODE, key);
      return cipher.wrap(bodyKey);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 17 wraps AES keys", e);
    }
  }

  /**
   * The key that was wrapped.
   *
   * @throws IllegalStateException if another master key wrapped it, or the bytes were changed
   */
  SecretKey unwrap(byte[] wrapped) {
    try {
      var cipher = Cipher.getInstance(WRAP);
      cipher.init(Cipher.UNWRAP_MODE, key);
      return (SecretKey) cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("musubi.secrets.master-key-file does not open this key", e);
    }
  }
}
