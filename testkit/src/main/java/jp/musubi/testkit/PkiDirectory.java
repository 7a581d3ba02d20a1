package jp.musubi.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;

/**
 * 試用認証局の置き場 — The directory (0700) that keeps the keys, the ledger and the base URL (0600 each).
 *
 * <p>The PKCS#12 password is public on purpose: what protects these worthless keys is the file
 * mode.
 */
final class PkiDirectory {

  private static final char[] PASSWORD = "musubi-trial".toCharArray();

  private final Path directory;
  private final KeyStore keys;

  PkiDirectory(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      keys = KeyStore.getInstance("PKCS12");
      if (Files.exists(keyFile())) {
        try (var in = Files.newInputStream(keyFile())) {
          keys.load(in, PASSWORD);
        }
      } else {
        keys.load(null, PASSWORD);
      }
      if (!Files.exists(ledgerFile())) {
        Files.createFile(
            ledgerFile(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The trial PKI in " + directory + " cannot be read", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The trial PKI in " + directory + " cannot be read", e);
    }
  }

  Path ledgerFile() {
    return directory.resolve("ledger.txt");
  }

  static Optional<URI> baseUrl(Path directory) {
    return read(directory.resolve("base-url.txt")).map(URI::create);
  }

  void keepBaseUrl(URI baseUrl) {
    write("base-url.txt", baseUrl.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** How often this directory has been opened, this time included; grows durably by one a call. */
  long countOpening() {
    var openings = read(directory.resolve("openings.txt")).map(Long::parseLong).orElse(0L) + 1;
    write("openings.txt", Long.toString(openings).getBytes(StandardCharsets.US_ASCII));
    return openings;
  }

  Optional<Identity> identity(String alias) {
    try {
      if (!keys.isKeyEntry(alias)) {
        return Optional.empty();
      }
      var path =
          Arrays.stream(keys.getCertificateChain(alias)).map(X509Certificate.class::cast).toList();
      return Optional.of(new Identity((PrivateKey) keys.getKey(alias, PASSWORD), path));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The key " + alias + " cannot be read", e);
    }
  }

  synchronized void keep(String alias, Identity identity) {
    try {
      keys.setKeyEntry(
          alias, identity.key(), PASSWORD, identity.path().toArray(Certificate[]::new));
      var bytes = new ByteArrayOutputStream();
      keys.store(bytes, PASSWORD);
      write(keyFile().getFileName().toString(), bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The key " + alias + " cannot be kept", e);
    }
  }

  private Path keyFile() {
    return directory.resolve("keys.p12");
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, byte[] bytes) {
    try {
      var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      var draft = Files.createTempFile(directory, name, ".draft", mode);
      Files.write(draft, bytes);
      Files.move(
          draft,
          directory.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
