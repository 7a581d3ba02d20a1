package jp.musubi.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/** A file with a key of the service: 32 random bytes or more, readable by its owner only. */
public final class SecretKeyFile {
  private static final int LEAST_BYTES = 32;

  private SecretKeyFile() {}

  /**
   * Reads the key.
   *
   * @param setting the setting that names the file, for the words of a refusal
   * @throws IllegalStateException if it is missing, too short, or readable by others; the service
   *     does not start then, since a guessable key would open what it protects
   */
  public static byte[] read(String setting, Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new IllegalStateException(
            "%s: there is no file %s. Make one with: (umask 077; head -c 32 /dev/urandom > %s)"
                .formatted(setting, file, file));
      }
      var open = EnumSet.copyOf(PosixFilePermissions.fromString("---rwxrwx"));
      open.retainAll(Files.getPosixFilePermissions(file));
      if (!open.isEmpty()) {
        throw new IllegalStateException(
            "%s: %s must be readable by its owner only (chmod 600)".formatted(setting, file));
      }
      var key = Files.readAllBytes(file);
      if (key.length < LEAST_BYTES) {
        throw new IllegalStateException(
            "%s: %s holds %d bytes, %d are needed"
                .formatted(setting, file, key.length, LEAST_BYTES));
      }
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException(setting + ": " + file, e);
    }
  }
}
