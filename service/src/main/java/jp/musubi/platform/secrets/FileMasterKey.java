package jp.musubi.platform.secrets;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.seal.Sha256;

/** A master key from a file (AES key wrap, RFC 3394). */
final class FileMasterKey implements MasterKey {
  private static final int AES_256 = 32;
  private static final String WRAP = "AES/KW/NoPadding";

  private final SecretKey key;
  private final String id;

  FileMasterKey(byte[] bytes) {
    // A longer file is a fine source of a key of the length that AES takes.
    this.key = new SecretKeySpec(Sha256.of(bytes).bytes(), 0, AES_256, "AES");
    this.id = Sha256.of(this.key.getEncoded()).hex().substring(0, 16);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public byte[] wrap(SecretKey bodyKey, String whose) {
    try {
      var cipher = Cipher.getInstance(WRAP);
      cipher.init(Cipher.WRAP_MODE, key);
      return cipher.wrap(bodyKey);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 17 wraps AES keys", e);
    }
  }

  @Override
  public SecretKey unwrap(byte[] wrapped, String whose) {
    try {
      var cipher = Cipher.getInstance(WRAP);
      cipher.init(Cipher.UNWRAP_MODE, key);
      return (SecretKey) cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
    } catch (GeneralSecurityException e) {
      throw new IntegrityBroken("the master key does not open the key of " + whose, e);
    }
  }
}
