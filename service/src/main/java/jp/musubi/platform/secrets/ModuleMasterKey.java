package jp.musubi.platform.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.Unavailable;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.key.Pkcs11AesKey;

/** A master key that a hardware module keeps to itself (PKCS#11). */
final class ModuleMasterKey implements MasterKey {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private final Pkcs11AesKey key;

  ModuleMasterKey(Pkcs11AesKey key) {
    this.key = key;
  }

  @Override
  public String id() {
    return key.name().shortHex();
  }

  @Override
  public byte[] wrap(SecretKey bodyKey, String whose) {
    try {
      return key.encrypt(bodyKey.getEncoded(), whose.getBytes(UTF_8));
    } catch (KeyUnavailable e) {
      throw new Unavailable("master key", RETRY_AFTER, e);
    }
  }

  @Override
  public SecretKey unwrap(byte[] wrapped, String whose) {
    try {
      return new SecretKeySpec(key.decrypt(wrapped, whose.getBytes(UTF_8)), "AES");
    } catch (AEADBadTagException e) {
      throw new IntegrityBroken("the master key does not open the key of " + whose, e);
    } catch (KeyUnavailable e) {
      throw new Unavailable("master key", RETRY_AFTER, e);
    }
  }
}
