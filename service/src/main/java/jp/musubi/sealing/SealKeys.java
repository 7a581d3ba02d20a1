package jp.musubi.sealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import jp.musubi.seal.SealKey;
import jp.musubi.seal.key.KeyStoreSealKey;
import jp.musubi.seal.key.Pkcs11SealKey;
import jp.musubi.seal.key.Pkcs11Token;
import org.jspecify.annotations.Nullable;

/** Opens the sealing key where the settings say that it lies. */
final class SealKeys {
  private SealKeys() {}

  /**
   * The key; it has signed once and matches its certificate.
   *
   * @param authorities certificates that complete the chain of a token which keeps the leaf alone
   * @param production a key whose certificate is the trial's is refused
   * @param jar of the process into which a module is loaded
   */
  static SealKey open(
      SealSettings settings,
      Pkcs11Settings module,
      List<X509Certificate> authorities,
      boolean production,
      Path jar) {
    var key =
        module
            .token()
            .<SealKey>map(token -> inModule(settings, module, token, authorities, jar))
            .orElseGet(() -> inFile(settings));
    if (production && isTrial(key.chain().getFirst())) {
      throw new IllegalStateException("署名鍵の証明書が試用のものです。正式な証明書に替えてください。");
    }
    return key;
  }

  /** Whether a certificate comes from a trial hierarchy and proves nothing. */
  static boolean isTrial(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName().contains("試用");
  }

  private static SealKey inModule(
      SealSettings settings,
      Pkcs11Settings module,
      Pkcs11Token token,
      List<X509Certificate> authorities,
      Path jar) {
    return new Pkcs11SealKey(
        jar,
        token,
        () -> secret(set(module.pinFile(), "pkcs11.pin-file"), "musubi.seal.pkcs11.pin-file"),
        settings.rsaPadding(),
        authorities);
  }

  private static SealKey inFile(SealSettings settings) {
    var file = set(settings.keyStore(), "key-store");
    var passwordFile = set(settings.keyStorePasswordFile(), "key-store-password-file");
    try (var in = Files.newInputStream(file)) {
      var password = secret(passwordFile, "musubi.seal.key-store-password-file");
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return KeyStoreSealKey.of(store, settings.keyAlias(), password, settings.rsaPadding());
    } catch (IOException e) {
      throw new UncheckedIOException("musubi.seal.key-store cannot be opened", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("musubi.seal.key-store cannot be opened", e);
    }
  }

  private static Path set(@Nullable Path value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("musubi.seal." + name + " is not set");
    }
    return value;
  }

  private static char[] secret(Path file, String setting) {
    try {
      return Files.readAllLines(file).getFirst().strip().toCharArray();
    } catch (IOException e) {
      throw new UncheckedIOException(setting + " cannot be read", e);
    }
  }
}
