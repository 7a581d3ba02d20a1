package jp.musubi.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jp.musubi.backup.BackupRefused.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of the base backups: {@code base/NAME/} with {@code manifest.json}, the code that
 * vouches for it, and {@code database.pack}, all files of one backup compressed and encrypted. One
 * that is under way has another name and never counts.
 */
final class BackupFolder {
  static final String PACK = "database.pack";
  private static final String MANIFEST = "manifest.json";
  private static final String CODE = "manifest.hmac";
  private static final String UNDER_WAY = ".taking-";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path base;
  private final BackupKey key;

  BackupFolder(Path root, BackupKey key) {
    this.base = root.toAbsolutePath().normalize().resolve("base");
    this.key = key;
  }

  /**
   * One backup at a time: a second one would take what the first has not finished for a leftover.
   *
   * @throws BackupRefused if another one is under way
   */
  FileChannel alone() throws IOException {
    Files.createDirectories(base);
    var channel =
        FileChannel.open(
            base.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // The same JVM has it: for us the same as another process.
    }
    channel.close();
    throw new BackupRefused(Reason.UNDER_WAY, base);
  }

  /** An empty folder for a backup that begins; what an earlier one left unfinished goes. */
  Path begin(String name) throws IOException {
    Files.createDirectories(base);
    try (var folders = Files.list(base)) {
      for (var left : folders.filter(BackupFolder::isUnderWay).toList()) {
        Folders.delete(left);
      }
    }
    return Files.createDirectory(base.resolve(UNDER_WAY + name));
  }

  /** From now on the backup counts. */
  void finish(BackupManifest manifest) throws IOException {
    var taking = base.resolve(UNDER_WAY + manifest.name());
    var bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
    Folders.writeDurably(taking.resolve(MANIFEST), bytes);
    Folders.writeDurably(taking.resolve(CODE), key.vouchFor(bytes).getBytes(UTF_8));
    Folders.sync(taking);
    Files.move(taking, base.resolve(manifest.name()), StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(base);
  }

  /** The names of all finished backups, the oldest first. */
  List<String> names() {
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    try (var folders = Files.list(base)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(MANIFEST)) && !isUnderWay(folder))
          .map(folder -> String.valueOf(folder.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All manifests that our key vouches for, the oldest first; the others are of no use. */
  List<BackupManifest> all() {
    return names().stream().map(this::manifest).toList();
  }

  /** The newest backup that ended before a moment. */
  Optional<BackupManifest> newestBefore(java.time.Instant at) {
    return all().stream()
        .filter(each -> !each.endedAt().isAfter(at))
        .max(Comparator.comparing(BackupManifest::endedAt));
  }

  /**
   * A backup's manifest.
   *
   * @throws BackupRefused if it was written with another key, or changed since
   */
  BackupManifest manifest(String name) {
    try {
      var bytes = Files.readAllBytes(base.resolve(name).resolve(MANIFEST));
      var manifest = JSON.readValue(bytes, BackupManifest.class);
      if (!manifest.key().equals(key.id())) {
        throw new BackupRefused(Reason.WRONG_KEY, name);
      }
      var code = Files.readAllBytes(base.resolve(name).resolve(CODE));
      if (!MessageDigest.isEqual(code, key.vouchFor(bytes).getBytes(UTF_8))) {
        throw new BackupRefused(Reason.MANIFEST_CHANGED, name);
      }
      return manifest;
    } catch (JacksonException e) {
      throw new BackupRefused(e, Reason.MANIFEST_CHANGED, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a finished backup's files are. */
  Path pack(String name) {
    return base.resolve(name).resolve(PACK);
  }

  void delete(String name) throws IOException {
    // Renamed first: half a backup must never count.
    var gone = base.resolve(UNDER_WAY + name);
    Files.move(base.resolve(name), gone, StandardCopyOption.ATOMIC_MOVE);
    Folders.delete(gone);
  }

  private static boolean isUnderWay(Path folder) {
    return String.valueOf(folder.getFileName()).startsWith(UNDER_WAY);
  }
}
