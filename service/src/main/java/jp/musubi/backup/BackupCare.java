package jp.musubi.backup;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nightly backup: taken, restored elsewhere and compared before it counts, and only then are
 * old ones let go. Whether it happened at all is asked by somebody else: {@link #watch}.
 */
final class BackupCare {
  private static final Logger LOG = LoggerFactory.getLogger(BackupCare.class);

  private final BackupParts parts;
  private final RestoreDrill drill;
  private final BackupRuns runs;
  private final BackupSettings settings;
  private final Clock clock;

  BackupCare(
      BackupParts parts,
      RestoreDrill drill,
      BackupRuns runs,
      BackupSettings settings,
      Clock clock) {
    this.parts = parts;
    this.drill = drill;
    this.runs = runs;
    this.settings = settings;
    this.clock = clock;
  }

  /** One night's work; what goes wrong is recorded and said, and the next night tries again. */
  void run() {
    var id = runs.begin(BackupRuns.Kind.DRILL, clock.instant());
    try {
      var report = drill.run();
      runs.restored(id, report, clock.instant());
      if (!report.isClean()) {
        LOG.error(
            "backup {} came back otherwise than it was: {} tables, {} violations",
            report.backup(),
            report.differences().size(),
            report.violations().size());
        return;
      }
      tidy();
    } catch (IOException | SQLException | RuntimeException e) {
      runs.failed(id, e.getMessage(), clock.instant());
      LOG.error("the nightly backup failed", e);
    }
  }

  private void tidy() throws IOException {
    var retention =
        Retention.decide(
            parts.folder().all(),
            runs.restored(),
            parts.shelf().segments(),
            settings.keep(),
            clock.instant());
    for (var backup : retention.backups()) {
      parts.folder().delete(backup);
    }
    for (var segment : retention.segments()) {
      parts.shelf().delete(segment);
    }
  }

  /** How it stands; the page says the same. */
  BackupAlarm alarm() {
    var now = clock.instant();
    return BackupAlarm.decide(
        runs.newestRestored(), runs.since().orElse(now), settings.oldest(), now);
  }

  /** Says aloud that no backup was restored for too long, whatever the reason. */
  BackupAlarm watch() {
    var alarm = alarm();
    switch (alarm) {
      case BackupAlarm.Quiet() -> {}
      case BackupAlarm.Never(Instant since) ->
          LOG.error("no backup was ever restored, and there are data since {} (O-08)", since);
      case BackupAlarm.TooOld(Instant newest) ->
          LOG.error(
              "the newest backup that was restored is of {}, {} hours ago (O-08)",
              newest,
              Duration.between(newest, clock.instant()).toHours());
    }
    return alarm;
  }
}
