package jp.musubi.seal.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.Sha256;

/**
 * An AES key in a hardware module that encrypts other keys (AES-GCM, NIST SP 800-38D) and never
 * leaves the module.
 */
public final class Pkcs11AesKey implements AutoCloseable {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /**
   * Encrypted, block by block, to tell keys apart. Any fixed block but the one of zeros does, which
   * would give away the key with which GCM authenticates.
   */
  private static final byte[] NAME =
      Sha256.of("musubi: which key is this?".getBytes(StandardCharsets.US_ASCII)).bytes();

  private final Pkcs11Session<Held> session;
  private final SecureRandom random = new SecureRandom();

  private record Held(SecretKey key, Provider provider, Sha256 name) {}

  /**
   * Logs in and finds the secret key of the token's label.
   *
   * @param pin asked at each login; the array is overwritten afterwards
   * @throws KeyUnavailable when the token cannot be reached or holds no such key
   */
  public Pkcs11AesKey(Pkcs11Token token, Supplier<char[]> pin) {
    this.session =
        new Pkcs11Session<>(
            token,
            pin,
            (store, _, provider) -> {
              if (!(store.getKey(token.label(), null) instanceof SecretKey key)
                  || !key.getAlgorithm().equals("AES")) {
                throw new KeyUnavailable("no AES key under '%s'".formatted(token.label()), null);
              }
              var cipher = Cipher.getInstance("AES/ECB/NoPadding", provider);
              cipher.init(Cipher.ENCRYPT_MODE, key);
              return new Held(key, provider, Sha256.of(cipher.doFinal(NAME)));
            },
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
    var sealed = session.call(held -> run(Cipher.ENCRYPT_MODE, held, nonce, context, plain));
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
    try {
      return session.call(held -> run(Cipher.DECRYPT_MODE, held, nonce, context, rest));
    } catch (KeyUnavailable e) {
      // A module that has lost its session may call that a bad tag too; it was asked twice.
      throw Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
          .filter(AEADBadTagException.class::isInstance)
          .findFirst()
          .map(AEADBadTagException.class::cast)
          .orElseThrow(() -> e);
    }
  }

  private static byte[] run(int mode, Held held, byte[] nonce, byte[] context, byte[] input)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding", held.provider());
    cipher.init(mode, held.key(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context);
    return cipher.doFinal(input);
  }

  /** Calls under way are left to end by themselves. */
  @Override
  public void close() {
    session.close();
  }
}
