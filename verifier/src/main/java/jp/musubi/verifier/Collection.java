package jp.musubi.verifier;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Files that were taken away together, as a ZIP or unpacked. Their names are names only: nothing is
 * ever written where a name says.
 */
sealed interface Collection extends Closeable {

  /** Whether this is one and not a single file. */
  static boolean is(Path path) {
    return Files.isDirectory(path)
        || String.valueOf(path.getFileName()).toLowerCase(java.util.Locale.ROOT).endsWith(".zip");
  }

  static Collection open(Path path) throws IOException {
    return Files.isDirectory(path)
        ? new Unpacked(path)
        : new Zipped(new ZipFile(path.toFile(), StandardCharsets.UTF_8));
  }

  /** All files, with {@code /} between folders. */
  List<String> names() throws IOException;

  /** The file's bytes in a file of its own, which the caller deletes; empty if there is none. */
  Optional<Path> copy(String name) throws IOException;

  /** A file of what is read, which the caller deletes; none is left of what breaks off. */
  private static Path copied(InputStream in) throws IOException {
    var copy = Files.createTempFile("musubi-verify-", null);
    try {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      return copy;
    } catch (IOException e) {
      Files.delete(copy);
      throw e;
    }
  }

  /** A folder; a name that leads out of it is no file of it. */
  record Unpacked(Path folder) implements Collection {
    @Override
    public List<String> names() throws IOException {
      try (var all = Files.walk(folder)) {
        return all.filter(Files::isRegularFile)
            .map(file -> folder.relativize(file).toString().replace('\\', '/'))
            .sorted()
            .toList();
      }
    }

    @Override
    public Optional<Path> copy(String name) throws IOException {
      var within = folder.toAbsolutePath().normalize();
      var file = within.resolve(name).normalize();
      if (!file.startsWith(within) || !Files.isRegularFile(file)) {
        return Optional.empty();
      }
      try (var in = Files.newInputStream(file)) {
        return Optional.of(copied(in));
      }
    }

    @Override
    public void close() {}
  }

  /** A ZIP, read by its directory. */
  record Zipped(ZipFile zip) implements Collection {
    @Override
    public List<String> names() {
      return zip.stream()
          .filter(entry -> !entry.isDirectory())
          .map(ZipEntry::getName)
          .collect(Collectors.toList());
    }

    @Override
    public Optional<Path> copy(String name) throws IOException {
      var entry = zip.getEntry(name);
      if (entry == null || entry.isDirectory()) {
        return Optional.empty();
      }
      try (var in = zip.getInputStream(entry)) {
        return Optional.of(copied(in));
      }
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }
}
