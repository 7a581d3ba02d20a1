package jp.musubi.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import jp.musubi.backup.BackupRefused.Reason;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.seal.Sha256;

/**
 * The kept write-ahead log. PostgreSQL's {@code archive_command} puts finished segments into a tray
 * beside the database; from there each is compressed, encrypted, written durably to the shelf, and
 * only then taken out of the tray. Nothing on the shelf is ever overwritten.
 */
final class WalShelf {
  private static final String SUFFIX = ".wal";
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Path tray;
  private final Path shelf;
  private final BackupKey key;

  WalShelf(Path tray, Path root, BackupKey key) {
    this.tray = tray.toAbsolutePath().normalize();
    this.shelf = root.toAbsolutePath().normalize().resolve("wal");
    this.key = key;
  }

  /**
   * Shelves what lies in the tray. Several may do so at once.
   *
   * @return how many files were new on the shelf
   * @throws IntegrityBroken if another file of that name is on the shelf: two servers write to it
   */
  int ship() throws IOException {
    if (!Files.isDirectory(tray)) {
      return 0;
    }
    Files.createDirectories(shelf);
    var shipped = 0;
    for (var file : finished()) {
      shipped += ship(file) ? 1 : 0;
      Files.deleteIfExists(file);
    }
    return shipped;
  }

  private List<Path> finished() throws IOException {
    try (var files = Files.list(tray)) {
      return files
          .filter(file -> name(file).matches("[0-9A-F]{8}(\\.history|[0-9A-F]{16}[0-9A-Za-z.]*)"))
          .filter(file -> !name(file).endsWith(".part"))
          .sorted()
          .toList();
    }
  }

  private boolean ship(Path file) throws IOException {
    var name = name(file);
    var draft = Files.createTempFile(shelf, ".writing-", null);
    try {
      try (var out =
          new DeflaterOutputStream(
              key.sealing(Files.newOutputStream(draft), context(name)),
              new Deflater(Deflater.BEST_SPEED),
              1 << 16)) {
        Files.copy(file, out);
      }
      Folders.sync(draft);
      Files.setLastModifiedTime(draft, Files.getLastModifiedTime(file));
      Files.createLink(place(name), draft);
      return true;
    } catch (NoSuchFileException e) {
      // Another one shelved it meanwhile, and took it out of the tray.
      return false;
    } catch (FileAlreadyExistsException e) {
      // The tray's copy was not taken away before a power cut, or PostgreSQL gave it again.
      if (!digest(name).equals(Sha256.of(file))) {
        throw new IntegrityBroken("the shelf holds another file called " + name);
      }
      return false;
    } finally {
      Files.deleteIfExists(draft);
      Folders.sync(shelf);
    }
  }

  private Sha256 digest(String name) throws IOException {
    var copy = Files.createTempFile("musubi-wal-", null);
    try {
      fetch(name, copy);
      return Sha256.of(copy);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /**
   * Waits until a segment is on the shelf.
   *
   * @return whether it came in time
   */
  boolean await(String name, Duration patience) throws IOException {
    var end = System.nanoTime() + patience.toNanos();
    while (true) {
      ship();
      if (Files.exists(place(name))) {
        return true;
      }
      if (System.nanoTime() - end > 0) {
        return false;
      }
      try {
        // The segment comes by way of the server and the tray.
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /** All segments on the shelf, in the order of what was written. */
  List<WalName> segments() {
    if (!Files.isDirectory(shelf)) {
      return List.of();
    }
    try (var files = Files.list(shelf)) {
      return files
          .map(WalShelf::name)
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> WalName.parse(name.substring(0, name.length() - SUFFIX.length())))
          .flatMap(Optional::stream)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When the newest segment was finished; empty before the first. */
  Optional<Instant> keptUntil() {
    var segments = segments();
    if (segments.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Files.getLastModifiedTime(place(segments.getLast().toString())).toInstant());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How much the shelf holds. */
  long bytes() {
    return segments().stream().mapToLong(segment -> size(place(segment.toString()))).sum();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      // Retention took it meanwhile.
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a kept file as PostgreSQL wrote it, under its name only when it is whole.
   *
   * @return whether there is such a file
   * @throws BackupRefused if it was changed, or encrypted with another key
   */
  boolean fetch(String name, Path target) throws IOException {
    if (!Files.exists(place(name))) {
      return false;
    }
    var draft = target.resolveSibling(target.getFileName() + ".fetching");
    try (InputStream in =
        new InflaterInputStream(key.opening(Files.newInputStream(place(name)), context(name)))) {
      Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw new BackupRefused(e, Reason.DAMAGED, "wal/" + name + SUFFIX, name);
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  void delete(WalName segment) throws IOException {
    Files.deleteIfExists(place(segment.toString()));
  }

  private Path place(String name) {
    return shelf.resolve(name + SUFFIX);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String context(String name) {
    return "write-ahead log\n" + name;
  }
}
