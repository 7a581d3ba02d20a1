package jp.musubi.seal.key;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.SealKey;

/** A key in memory, from a {@link KeyStore} such as a PKCS#12 file. */
public final class KeyStoreSealKey implements SealKey {
  private final Entry entry;

  private KeyStoreSealKey(Entry entry) {
    this.entry = entry;
  }

  /** The key under {@code alias}; an RSA key signs by PKCS#1. */
  public static KeyStoreSealKey of(KeyStore store, String alias, char[] password) {
    return of(store, alias, password, RsaPadding.PKCS1);
  }

  /**
   * The key under {@code alias}.
   *
   * @throws KeyUnavailable when there is none, its algorithm is too weak (SIG-13: ECDSA P-256 and
   *     P-384, RSA from 3072 bits), or it does not match its certificate
   */
  public static KeyStoreSealKey of(
      KeyStore store, String alias, char[] password, RsaPadding padding) {
    return new KeyStoreSealKey(Entry.of(store, alias, password, padding));
  }

  @Override
  public List<X509Certificate> chain() {
    return entry.chain();
  }

  @Override
  public String algorithm() {
    return entry.algorithm().cmsName();
  }

  @Override
  public byte[] sign(byte[] toBeSigned) {
    try {
      return entry.sign(toBeSigned);
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailable("the key does not sign", e);
    }
  }
}
