package jp.musubi.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jp.musubi.operations.AuditReport;

/**
 * 復元訓練. Takes a backup, brings it back elsewhere to the moment that its manifest describes, and
 * holds every table against the manifest and the whole against the service's promises.
 */
final class RestoreDrill {
  /** Longer than any sensible {@code archive_timeout}: by then the log is not kept by itself. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final BackupParts parts;
  private final Path anchors;
  private final Audit audit;
  private final Clock clock;

  /** The auditor, over a database that was restored. */
  interface Audit {
    /**
     * Audits.
     *
     * @param settings where the database and the anchors are
     * @param now the moment it was restored to
     */
    AuditReport of(Map<String, Object> settings, Instant now);
  }

  /**
   * A drill.
   *
   * @param anchors the folder of the audit record's anchors
   */
  RestoreDrill(BackupParts parts, Path anchors, Audit audit, Clock clock) {
    this.parts = parts;
    this.anchors = anchors;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Takes a backup and restores it.
   *
   * @throws BackupRefused if either does not succeed at all
   */
  DrillReport run() throws IOException, SQLException {
    var began = clock.instant();
    var watch = System.nanoTime();
    var backup = new BaseBackup(parts.source(), parts.folder(), parts.key(), clock);
    var taken = backup.take();
    var backupTook = secondsSince(watch);
    // The transaction after the state is as young as can be: nothing waits longer to be kept.
    watch = System.nanoTime();
    if (!parts.shelf().await(taken.coveredBy(), PATIENCE)) {
      backup.endSegment();
      if (!parts.shelf().await(taken.coveredBy(), PATIENCE)) {
        throw new BackupRefused(BackupRefused.Reason.LOG_MISSING, taken.coveredBy());
      }
    }
    var age = secondsSince(watch);
    return restore(taken.manifest(), began, backupTook, age);
  }

  private DrillReport restore(BackupManifest manifest, Instant began, long backupTook, long age)
      throws IOException, SQLException {
    var workspace = Files.createTempDirectory("musubi-drill-");
    try {
      var watch = System.nanoTime();
      var expected = manifest.state();
      var plan = RecoveryPlan.of(manifest, parts.shelf().segments(), Optional.of(expected.at()));
      try (var restored =
          RecoveredDatabase.recover(
              plan,
              parts.folder(),
              parts.shelf(),
              parts.key(),
              workspace.resolve("database"),
              workspace.resolve("work"),
              parts.database())) {
        var restoreTook = secondsSince(watch);
        watch = System.nanoTime();
        var found = new StateReader(restored.asSuperuser()).asItIs();
        var audited = audited(restored, found, workspace.resolve("anchors"), expected.at());
        return new DrillReport(
            manifest.name(),
            manifest.endedAt(),
            Files.size(parts.folder().pack(manifest.name())),
            began,
            expected.at(),
            backupTook,
            age,
            restoreTook,
            secondsSince(watch),
            found.tables().size(),
            found.rows(),
            audited.bodies(),
            audited.contracts(),
            audited.objects(),
            expected.differences(found),
            audited.violations());
      }
    } finally {
      Folders.delete(workspace);
    }
  }

  private AuditReport audited(
      RecoveredDatabase restored, DatabaseState found, Path copies, Instant at) throws IOException {
    AnchorCopies.upTo(found.heads(), anchors, copies);
    var settings = new HashMap<>(restored.settings());
    settings.put("musubi.audit.anchor-directory", copies.toString());
    return audit.of(settings, at);
  }

  private static long secondsSince(long watch) {
    return Math.round((System.nanoTime() - watch) / 1e9);
  }
}
