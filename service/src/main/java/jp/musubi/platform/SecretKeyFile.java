package jp.musubi.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/** The file with the key that all link secrets are made from: 32 random bytes or more. */
public final class SecretKeyFile {
  private static final int LEAST_BYTES = 32;

  private SecretKeyFile() {}

  /**
   * Reads the key.
   *
   * @throws IllegalStateException if it is missing, too short, or readable by others; the service
   *     does not start then, since links made with a guessable key would open contracts
   */
  public static byte[] read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new IllegalStateException(
            "musubi.secrets.link-key-file: there is no file %s. Make one with: (umask 077; head -c 32 /dev/urandom > %s)"
                .formatted(file, file));
      }
      var open = EnumSet.copyOf(PosixFilePermissions.fromString("---rwxrwx"));
      open.retainAll(Files.getPosixFilePermissions(file));
      if (!open.isEmpty()) {
        throw new IllegalStateException(
            "musubi.secrets.link-key-file: %s must be readable by its owner only (chmod 600)"
                .formatted(file));
      }
      var key = Files.readAllBytes(file);
      if (key.length < LEAST_BYTES) {
        throw new IllegalStateException(
            "musubi.secrets.link-key-file: %s holds %d bytes, %d are needed"
                .formatted(file, key.length, LEAST_BYTES));
      }
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException("musubi.secrets.link-key-file: " + file, e);
    }
  }
}
