package jp.musubi.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import jp.musubi.backup.BackupRefused.Reason;

/**
 * 復元. A home that came out of a backup: the database to a moment, with the keys, stored files and
 * anchors that are kept elsewhere.
 *
 * @param lastCommit when the last transaction ended that came back; the backup's end, if none
 *     followed it
 * @param erasedAgain bodies that were erased since the backup, and are out of it again
 * @param laterAnchors anchors of entries that did not come back; they stay where they are
 */
record RestoredHome(
    String home,
    String backup,
    Instant lastCommit,
    long rows,
    int laterAnchors,
    int erasedAgain,
    long seconds) {
  private static final String DATABASE = "musubi";
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * Restores.
   *
   * @param from the folder of the backups
   * @param to the new home, which must be empty
   * @param with where {@code secrets} and what else is kept lies; the folder above the backups, if
   *     nothing else is said
   * @throws BackupRefused if nothing can be restored; {@code to} is then as it was
   */
  static RestoredHome restore(Path from, Path to, Optional<Path> with, Optional<Instant> at)
      throws IOException, SQLException {
    if (!Folders.isEmpty(to)) {
      throw new BackupRefused(Reason.NOT_EMPTY, to);
    }
    var rest = with.orElseGet(() -> from.toAbsolutePath().normalize().resolve("..").normalize());
    var keyFile = rest.resolve("secrets").resolve("backup-key");
    if (!Files.exists(keyFile)) {
      throw new BackupRefused(Reason.NO_KEY, keyFile);
    }
    var key = BackupKey.read(keyFile);
    var folder = new BackupFolder(from, key);
    // What lies in the old home's tray was committed as well.
    var shelf = new WalShelf(rest.resolve("wal-tray"), from, key);
    shelf.ship();
    if (folder.names().isEmpty()) {
      throw new BackupRefused(Reason.NO_BACKUP, from);
    }
    var manifest =
        folder
            .newestBefore(at.orElse(Instant.MAX))
            .orElseThrow(() ->
                new BackupRefused(Reason.NO_BACKUP_BEFORE, at.map(Instant::toString).orElse("-")));
    var plan = RecoveryPlan.of(manifest, shelf.segments(), at);
    Files.createDirectories(to);
    var done = false;
    try {
      var restored = restore(plan, folder, shelf, key, to.toRealPath(), rest);
      done = true;
      return restored;
    } finally {
      if (!done) {
        // Half a home would be taken for one.
        Folders.delete(to);
      }
    }
  }

  private static RestoredHome restore(
      RecoveryPlan plan, BackupFolder folder, WalShelf shelf, BackupKey key, Path to, Path rest)
      throws IOException, SQLException {
    var watch = System.nanoTime();
    var workspace = to.resolve("restoring");
    DatabaseState found;
    Instant lastCommit;
    var erased = ErasedBodies.in(rest);
    int erasedAgain;
    try (var database =
        RecoveredDatabase.recover(
            plan, folder, shelf, key, to.resolve("database"), workspace, DATABASE)) {
      found = new StateReader(database.asSuperuser()).asItIs();
      lastCommit = database.lastCommit().orElse(plan.manifest().endedAt());
      erasedAgain = ErasedBodies.takeOut(erased, database.asSuperuser());
    }
    Folders.delete(workspace);
    for (var part :
        new String[] {"secrets", "pki", "mail", "store", "store-copy", "store-erased"}) {
      Folders.copyMissing(rest.resolve(part), to.resolve(part));
    }
    // Where one of the two is lost, the other serves for both.
    Folders.copyMissing(rest.resolve("store-copy"), to.resolve("store"));
    Folders.copyMissing(rest.resolve("store"), to.resolve("store-copy"));
    ErasedBodies.takeOut(erased, to);
    if (Files.exists(rest.resolve("trust.pem"))) {
      Files.copy(rest.resolve("trust.pem"), to.resolve("trust.pem"));
    }
    var later =
        AnchorCopies.upTo(
            found.heads(), rest.resolve("store-anchors"), to.resolve("store-anchors"));
    settings(rest, to);
    return new RestoredHome(
        to.toString(),
        plan.manifest().name(),
        lastCommit,
        found.rows(),
        later,
        erasedAgain,
        Duration.ofNanos(System.nanoTime() - watch).toSeconds());
  }

  /** So that the home can be audited before anybody starts a service on it. */
  private static void settings(Path rest, Path to) throws IOException {
    var file = rest.resolve("running.properties");
    if (!Files.exists(file)) {
      return;
    }
    var properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    var store = Path.of(properties.getProperty("musubi.store.directory")).getParent();
    properties.replaceAll((_, value) -> value.toString().replace(store + "/", to + "/"));
    var copy = Files.createFile(to.resolve("running.properties"), OWNER_ONLY);
    try (var out = Files.newBufferedWriter(copy)) {
      properties.store(out, null);
    }
  }
}
