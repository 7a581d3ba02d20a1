package jp.musubi.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file for the time of one step. */
final class Scratch implements AutoCloseable {
  private final Path file;

  Scratch() {
    try {
      file = Files.createTempFile("musubi-set", ".bin");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file() {
    return file;
  }

  /** Takes a copy of another file; gives where it is. */
  Path fill(Path from) {
    try {
      return Files.copy(from, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
