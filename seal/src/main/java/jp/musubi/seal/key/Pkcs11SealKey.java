package jp.musubi.seal.key;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.SealKey;

/**
 * A key in a hardware module, whose library runs in a process of its own. A session that is lost,
 * because the token was pulled or the module restarted, is opened anew by a new process, once,
 * within the deadline.
 */
public final class Pkcs11SealKey implements SealKey, AutoCloseable {
  private final Pkcs11Session<Entry> session;

  /**
   * Logs in and sees whether key and certificate match.
   *
   * @param jar an executable jar that runs {@link ModuleMain} when told {@code key}
   * @param pin asked at each login; the array is overwritten afterwards
   * @param issuers certificates of authorities, for tokens that keep the leaf alone
   * @throws KeyUnavailable when the token cannot be reached, holds no such key, or the key is too
   *     weak or not its certificate's
   */
  public Pkcs11SealKey(
      Path jar,
      Pkcs11Token token,
      Supplier<char[]> pin,
      RsaPadding padding,
      List<X509Certificate> issuers) {
    var others = List.copyOf(issuers);
    this.session =
        new Pkcs11Session<>(
            jar,
            token,
            pin,
            Message.Word.OPEN_SEAL,
            (module, found) ->
                Entry.of(
                    (algorithm, bytes) -> signature(module, algorithm, bytes),
                    certificates(found),
                    padding,
                    others),
            Pkcs11SealKey::insistOnOneCertificate);
  }

  private static byte[] signature(Pkcs11Session.Module module, Algorithm algorithm, byte[] bytes)
      throws GeneralSecurityException {
    var name = algorithm.name().getBytes(StandardCharsets.US_ASCII);
    return module.ask(Message.of(Message.Word.SIGN, name, bytes)).part(0);
  }

  private static List<X509Certificate> certificates(Message found) throws GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509");
    var chain = new ArrayList<X509Certificate>();
    for (var encoded : found.parts()) {
      chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)));
    }
    return chain;
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

  /** The module's process, for tests that stop or end it. */
  long pid() {
    return session.pid();
  }

  /** A call under way fails. */
  @Override
  public void close() {
    session.close();
  }
}
