package jp.musubi.seal.key;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.security.auth.login.FailedLoginException;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * 鍵のプロセス — the process into which a hardware module's library is loaded (PKCS#11). It logs in once,
 * answers one question after the other from standard input, and ends with whoever started it. The
 * PIN reaches it by that way, too.
 */
public final class ModuleMain {
  private static final int TAG_BITS = 128;

  /**
   * Encrypted, block by block, to tell keys apart. Any fixed block but the one of zeros does, which
   * would give away the key with which GCM authenticates.
   */
  private static final byte[] NAME =
      Sha256.of("musubi: which key is this?".getBytes(StandardCharsets.US_ASCII)).bytes();

  private @Nullable Provider provider;
  private @Nullable PrivateKey sealKey;
  private @Nullable SecretKey aesKey;

  private ModuleMain() {}

  /** Serves standard input until its end. */
  public static void main(String[] args) throws IOException {
    var answers =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    // A library that prints must not tear the protocol.
    System.setOut(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    // A call that hangs in the module does not read the end of its input.
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> Thread.ofPlatform().daemon().start(() -> endWith(parent)));
    var questions = new DataInputStream(System.in);
    var module = new ModuleMain();
    try {
      while (true) {
        module.answer(Message.read(questions)).write(answers);
      }
    } catch (EOFException over) {
      // The one who asked has closed the door, or is gone.
      Runtime.getRuntime().halt(0);
    }
  }

  private static void endWith(ProcessHandle parent) {
    parent.onExit().join();
    Runtime.getRuntime().halt(1);
  }

  private Message answer(Message question) {
    try {
      return switch (question.word()) {
        case OPEN_SEAL -> openSeal(login(question), question.text(1));
        case OPEN_AES -> openAes(login(question), question.text(1));
        case SIGN ->
            Message.of(
                Message.Word.DONE,
                Algorithm.valueOf(question.text(0))
                    .sign(
                        Objects.requireNonNull(sealKey),
                        question.part(1),
                        Optional.of(Objects.requireNonNull(provider))));
        case ENCRYPT -> Message.of(Message.Word.DONE, crypt(Cipher.ENCRYPT_MODE, question));
        case DECRYPT -> decrypt(question);
        case DONE, FAILED, WRONG_PIN, BAD_TAG ->
            Message.failed(Message.Word.FAILED, "that is an answer");
      };
    } catch (KeyUnavailable e) {
      return Message.failed(Message.Word.FAILED, String.valueOf(e.getMessage()));
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      var wrongPin = causes(e).anyMatch(FailedLoginException.class::isInstance);
      return Message.failed(
          wrongPin ? Message.Word.WRONG_PIN : Message.Word.FAILED,
          String.join(" < ", causes(e).map(Throwable::toString).toList()));
    }
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
  }

  private KeyStore login(Message question) throws GeneralSecurityException, IOException {
    var base = Security.getProvider("SunPKCS11");
    if (base == null) {
      throw new KeyUnavailable("this Java has no SunPKCS11", null);
    }
    var pin = question.text(2).toCharArray();
    Arrays.fill(question.part(2), (byte) 0);
    try {
      var configured = base.configure(question.text(0));
      provider = configured;
      var store = KeyStore.getInstance("PKCS11", configured);
      store.load(null, pin);
      return store;
    } catch (InvalidParameterException | ProviderException e) {
      throw new GeneralSecurityException("the module does not start", e);
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  private Message openSeal(KeyStore store, String label) throws GeneralSecurityException {
    sealKey = Entry.key(store, label, null);
    var certificates = Entry.certificates(store, label);
    var encoded = new byte[certificates.size()][];
    for (var i = 0; i < encoded.length; i++) {
      encoded[i] = certificates.get(i).getEncoded();
    }
    return Message.of(Message.Word.DONE, encoded);
  }

  private Message openAes(KeyStore store, String label) throws GeneralSecurityException {
    if (!(store.getKey(label, null) instanceof SecretKey key)
        || !key.getAlgorithm().equals("AES")) {
      throw new KeyUnavailable("no AES key under '%s'".formatted(label), null);
    }
    aesKey = key;
    var cipher = Cipher.getInstance("AES/ECB/NoPadding", Objects.requireNonNull(provider));
    cipher.init(Cipher.ENCRYPT_MODE, key);
    return Message.of(Message.Word.DONE, Sha256.of(cipher.doFinal(NAME)).bytes());
  }

  private Message decrypt(Message question) throws GeneralSecurityException {
    try {
      return Message.of(Message.Word.DONE, crypt(Cipher.DECRYPT_MODE, question));
    } catch (AEADBadTagException e) {
      // A module that has lost its session may call that a bad tag, too; one that has not can still
      // open what it closes.
      var nonce = new byte[question.part(0).length];
      new SecureRandom().nextBytes(nonce);
      var probe = crypt(Cipher.ENCRYPT_MODE, Message.of(question.word(), nonce, NAME, NAME));
      crypt(Cipher.DECRYPT_MODE, Message.of(question.word(), nonce, NAME, probe));
      return Message.of(Message.Word.BAD_TAG);
    }
  }

  private byte[] crypt(int mode, Message question) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding", Objects.requireNonNull(provider));
    cipher.init(
        mode, Objects.requireNonNull(aesKey), new GCMParameterSpec(TAG_BITS, question.part(0)));
    cipher.updateAAD(question.part(1));
    return cipher.doFinal(question.part(2));
  }
}
