package jp.musubi.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jp.musubi.backup.BackupManifest.FileEntry;
import jp.musubi.backup.BackupRefused.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A data directory as one file: a ZIP within one encrypted stream, so that a backup of a thousand
 * small files is written and synced once.
 */
final class DatabasePack {
  /** What the server writes anew at start (PostgreSQL 18, 25.3.4); of these only the folders. */
  private static final List<String> EMPTIED =
      List.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  private static final List<String> LEFT_OUT =
      List.of(
          "postmaster.pid",
          "postmaster.opts",
          "epg-lock",
          "backup_label",
          "backup_label.old",
          "tablespace_map",
          "tablespace_map.old",
          "backup_manifest",
          "postgresql.auto.conf.tmp",
          "current_logfiles.tmp");

  /** Last, as pg_basebackup does: it tells from where to begin. */
  private static final String CONTROL = "global/pg_control";

  private final BackupKey key;

  DatabasePack(BackupKey key) {
    this.key = key;
  }

  /** What only the end of a backup tells: {@code backup_label}, {@code tablespace_map}. */
  interface Labels {
    Map<String, byte[]> end() throws SQLException;
  }

  /** Copies a data directory that is in use, and the labels that its backup ends with. */
  List<FileEntry> write(Path data, Path pack, String name, Labels labels)
      throws IOException, SQLException {
    var entries = new ArrayList<FileEntry>();
    try (var zip = new ZipOutputStream(key.sealing(Files.newOutputStream(pack), context(name)))) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (var file : files(data)) {
        var path = data.relativize(file).toString();
        if (Files.isDirectory(file)) {
          zip.putNextEntry(new ZipEntry(path + "/"));
          zip.closeEntry();
        } else {
          add(zip, path, out -> Files.copy(file, out), entries);
        }
      }
      for (var label : labels.end().entrySet()) {
        add(zip, label.getKey(), out -> out.write(label.getValue()), entries);
      }
    }
    Folders.sync(pack);
    return entries;
  }

  private interface Bytes {
    void to(OutputStream out) throws IOException;
  }

  private static void add(ZipOutputStream zip, String path, Bytes bytes, List<FileEntry> entries)
      throws IOException {
    zip.putNextEntry(new ZipEntry(path));
    var digest = new DigestOutputStream(zip, sha256());
    var counted = new CountedOutput(digest);
    try {
      bytes.to(counted);
      entries.add(
          new FileEntry(
              path, counted.count(), HexFormat.of().formatHex(digest.getMessageDigest().digest())));
    } catch (NoSuchFileException e) {
      // A table that was dropped meanwhile: the log says so, too. The empty entry is listed so.
      entries.add(new FileEntry(path, 0, HexFormat.of().formatHex(sha256().digest())));
    }
    zip.closeEntry();
  }

  private static List<Path> files(Path data) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            if (dir.equals(data)) {
              return FileVisitResult.CONTINUE;
            }
            if (!isKept(data.relativize(dir))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            files.add(dir);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isKept(data.relativize(file))) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              // Dropped between the folder's list and this look.
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    var control = data.resolve(CONTROL);
    files.remove(control);
    files.add(control);
    return files;
  }

  private static boolean isKept(Path path) {
    var first = path.getName(0).toString();
    var last = String.valueOf(path.getFileName());
    return (!EMPTIED.contains(first) || path.getNameCount() == 1)
        && !LEFT_OUT.contains(path.toString())
        && !last.startsWith("pgsql_tmp")
        && !last.startsWith("pg_internal.init");
  }

  /**
   * Writes the files into an empty folder, each held against the manifest.
   *
   * @throws BackupRefused if a file is another, lacks, or is not in the manifest; what was written
   *     until then is then of no use
   */
  void unpack(Path pack, BackupManifest manifest, Path target) throws IOException {
    var expected = new HashMap<String, FileEntry>();
    manifest.files().forEach(file -> expected.put(file.path(), file));
    var at = "";
    try (var plain = key.opening(Files.newInputStream(pack), context(manifest.name()));
        var zip = new ZipInputStream(plain)) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        at = entry.getName();
        var file = target.resolve(at).normalize();
        if (!file.startsWith(target)) {
          throw damaged(manifest, at, null);
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else if (!write(zip, file).is(expected.remove(at))) {
          throw damaged(manifest, at, null);
        }
      }
      // ZIP's own list at the end is not needed to unpack; a bit that flipped there counts as well.
      plain.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw damaged(manifest, at, e);
    }
    if (!expected.isEmpty()) {
      throw damaged(manifest, expected.keySet().iterator().next(), null);
    }
  }

  private record Written(long bytes, String sha256) {
    boolean is(@Nullable FileEntry entry) {
      return entry != null && entry.bytes() == bytes && entry.sha256().equals(sha256);
    }
  }

  private static Written write(ZipInputStream zip, Path file) throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    try (var out = new DigestOutputStream(Files.newOutputStream(file), sha256())) {
      var bytes = zip.transferTo(out);
      return new Written(bytes, HexFormat.of().formatHex(out.getMessageDigest().digest()));
    }
  }

  private static BackupRefused damaged(
      BackupManifest manifest, String at, @Nullable Exception cause) {
    var place = "base/%s/%s".formatted(manifest.name(), BackupFolder.PACK);
    return cause == null
        ? new BackupRefused(Reason.DAMAGED, place, at)
        : new BackupRefused(cause, Reason.DAMAGED, place, at);
  }

  private static String context(String name) {
    return "database\n" + name;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
