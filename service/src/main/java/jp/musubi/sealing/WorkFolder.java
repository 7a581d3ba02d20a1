package jp.musubi.sealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A private folder for one run's files, gone afterwards. */
record WorkFolder(Path path) implements AutoCloseable {

  static WorkFolder create() {
    try {
      return new WorkFolder(Files.createTempDirectory("musubi-seal-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    try (var files = Files.list(path)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
