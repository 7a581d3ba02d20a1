package jp.musubi.seal.key;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.SealKey;

/**
 * A key in a hardware module. A session that is lost, because the token was pulled or the module
 * restarted, is opened anew, once, within the deadline.
 */
public final class Pkcs11SealKey implements SealKey, AutoCloseable {
  private final Pkcs11Session<Entry> session;

  /**
   * Logs in and sees whether key and certificate match.
   *
   * @param pin asked at each login; the array is overwritten afterwards
   * @param issuers certificates of authorities, for tokens that keep the leaf alone
   * @throws KeyUnavailable when the token cannot be reached, holds no such key, or the key is too
   *     weak or not its certificate's
   */
  public Pkcs11SealKey(
      Pkcs11Token token, Supplier<char[]> pin, RsaPadding padding, List<X509Certificate> issuers) {
    var others = List.copyOf(issuers);
    this.session =
        new Pkcs11Session<>(
            token,
            pin,
            (store, secret, provider) ->
                Entry.of(store, token.label(), secret, padding, others, Optional.of(provider)),
            Pkcs11SealKey::insistOnOneCertificate);
  }

  private static void insistOnOneCertificate(Entry first, Entry next) {
    if (!next.chain().getFirst().equals(first.chain().getFirst())) {
      throw new KeyUnavailable("the token holds another certificate than at the start", null);
    }
  }

  @Override
  public List<X509Certificate> chain() {
    return session.first().chain();
  }

  @Override
  public String algorithm() {
    return session.first().algorithm().cmsName();
  }

  @Override
  public byte[] sign(byte[] toBeSigned) {
    return session.call(entry -> entry.sign(toBeSigned));
  }

  /** Calls under way are left to end by themselves. */
  @Override
  public void close() {
    session.close();
  }
}
