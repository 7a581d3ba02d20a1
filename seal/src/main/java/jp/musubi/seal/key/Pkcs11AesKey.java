package jp.musubi.seal.key;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.Sha256;

/**
 * An AES key in a hardware module, whose library runs in a process of its own. It encrypts other
 * keys (AES-GCM, NIST SP 800-38D) and never leaves the module.
 */
public final class Pkcs11AesKey implements AutoCloseable {
  private static final int NONCE_BYTES = 12;

  private final Pkcs11Session<Held> session;
  private final SecureRandom random = new SecureRandom();

  private record Held(Pkcs11Session.Module module, Sha256 name) {}

  /**
   * Logs in and finds the secret key of the token's label.
   *
   * @param jar an executable jar that runs {@link ModuleMain} when told {@code key}
   * @param pin asked at each login; the array is overwritten afterwards
   * @throws KeyUnavailable when the token cannot be reached or holds no such key
   */
  public Pkcs11AesKey(Path jar, Pkcs11Token token, Supplier<char[]> pin) {
    this.session =
        new Pkcs11Session<>(
            jar,
            token,
            pin,
            Message.Word.OPEN_AES,
            (module, found) ->
                new Held(module, Sha256.parse(HexFormat.of().formatHex(found.part(0)))),
            (first, next) -> {
              if (!first.name().equals(next.name())) {
                throw new KeyUnavailable("the token holds another key than at the start", null);
              }
            });
  }

  /** Tells this key from others without telling the key. */
  public Sha256 name() {
    return session.first().name();
  }

  /**
   * Encrypts a few bytes under a nonce of their own.
   *
   * @throws KeyUnavailable when the module does not answer
   */
  public byte[] encrypt(byte[] plain, byte[] context) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var sealed =
        session
            .call(
                held -> held.module().ask(Message.of(Message.Word.ENCRYPT, nonce, context, plain)))
            .part(0);
    var all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
    return all;
  }

  /**
   * Decrypts what {@link #encrypt} made in the same context.
   *
   * @throws AEADBadTagException if it was made in another context or by another key, or changed
   * @throws KeyUnavailable when the module does not answer
   */
  public byte[] decrypt(byte[] sealed, byte[] context) throws AEADBadTagException {
    if (sealed.length < NONCE_BYTES) {
      throw new AEADBadTagException("%d bytes are too few".formatted(sealed.length));
    }
    var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    var rest = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
    var answer =
        session.call(
            held -> held.module().ask(Message.of(Message.Word.DECRYPT, nonce, context, rest)));
    if (answer.word() == Message.Word.BAD_TAG) {
      throw new AEADBadTagException("it was made by another key, in another context, or changed");
    }
    return answer.part(0);
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
