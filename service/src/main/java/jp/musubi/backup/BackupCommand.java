package jp.musubi.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.operations.AuditCommand;
import jp.musubi.operations.AuditScope;
import jp.musubi.trial.Trial;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * {@code ./musubi backup}, {@code restore} and {@code drill restore}: exit 0 when it is done and
 * all is as it was, 1 when a restored database is not as it was, 2 when nothing came of it.
 */
public final class BackupCommand {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final BackupArguments asked;
  private final PrintStream out;
  private final Clock clock = Clock.systemUTC();

  private BackupCommand(BackupArguments asked, PrintStream out) {
    this.asked = asked;
    this.out = out;
  }

  /** Whether the command line asks for one of them. */
  public static boolean isMeant(String... arguments) {
    return arguments.length > 0 && List.of("backup", "restore", "drill").contains(arguments[0]);
  }

  /**
   * Does what is asked for.
   *
   * @param out where the report goes
   * @param err where it is said, in one sentence, why nothing came of it
   * @return the exit code
   */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    try {
      var asked = BackupArguments.parse(arguments);
      var command = new BackupCommand(asked, out);
      return switch (asked.command()) {
        case BACKUP -> Trial.inspect(asked.home(), command::backup);
        case RESTORE -> command.restore();
        case DRILL ->
            asked.databaseUrl().isPresent()
                ? command.look()
                : Trial.inspect(asked.home(), command::drill);
      };
    } catch (BackupRefused | BackupArguments.Unusable | IllegalArgumentException e) {
      err.println(e.getMessage());
    } catch (IOException | UncheckedIOException | SQLException | IllegalStateException e) {
      err.println(BackupWords.of("failed", String.valueOf(e.getMessage())));
    }
    return 2;
  }

  private int backup(Map<String, Object> settings) {
    var parts = parts(settings);
    var runs = runs(parts);
    var id = runs.begin(BackupRuns.Kind.BACKUP, clock.instant());
    return recorded(
        runs,
        id,
        () -> {
          var backup = new BaseBackup(parts.source(), parts.folder(), parts.key(), clock);
          var taken = backup.take();
          backup.endSegment();
          if (!parts.shelf().await(taken.coveredBy(), PATIENCE)) {
            throw new BackupRefused(BackupRefused.Reason.LOG_MISSING, taken.coveredBy());
          }
          var manifest = taken.manifest();
          var bytes = Files.size(parts.folder().pack(manifest.name()));
          runs.taken(id, manifest, bytes, clock.instant());
          var report = new LinkedHashMap<String, Object>();
          report.put("backup", manifest.name());
          report.put("bytes", bytes);
          report.put("files", manifest.files().size());
          report.put("tables", manifest.state().tables().size());
          report.put("rows", manifest.state().rows());
          report.put("state", manifest.state().at());
          print(
              report,
              BackupWords.of(
                  "taken",
                  manifest.name(),
                  bytes / 1024,
                  manifest.state().rows(),
                  manifest.state().at()));
          return 0;
        });
  }

  private int restore() throws IOException, SQLException {
    var restored =
        RestoredHome.restore(
            asked.required(asked.from(), "--from"),
            asked.required(asked.to(), "--to"),
            asked.with(),
            asked.at());
    print(
        restored,
        BackupWords.of(
            "restored",
            restored.backup(),
            restored.home(),
            restored.lastCommit(),
            restored.rows(),
            restored.seconds()));
    if (restored.laterAnchors() > 0 && !asked.json()) {
      out.println(BackupWords.of("later-anchors", restored.laterAnchors()));
    }
    if (restored.erasedAgain() > 0 && !asked.json()) {
      out.println(BackupWords.of("erased-again", restored.erasedAgain()));
    }
    return 0;
  }

  private int drill(Map<String, Object> settings) {
    var parts = parts(settings);
    var runs = runs(parts);
    var id = runs.begin(BackupRuns.Kind.DRILL, clock.instant());
    return recorded(
        runs,
        id,
        () -> {
          var base = environment(settings);
          var report =
              new RestoreDrill(
                      parts,
                      anchors(settings),
                      (restored, now) ->
                          AuditCommand.report(base, restored, AuditScope.whole(), now),
                      clock)
                  .run();
          runs.restored(id, report, clock.instant());
          var measured = DrillFigures.of(report, clock.instant());
          if (asked.out().isPresent()) {
            DrillFigures.write(measured, asked.out().get());
          }
          print(report, DrillFigures.sentences(report));
          return report.isClean() ? 0 : 1;
        });
  }

  /** What an operator restored by a managed database's own means. */
  private int look() {
    var url = asked.databaseUrl().orElseThrow();
    var report =
        AuditCommand.report(
            environment(asked.settings()),
            Map.of("spring.datasource.url", url),
            AuditScope.whole(),
            clock.instant());
    print(
        report,
        BackupWords.of(
            "looked-at",
            report.bodies(),
            report.contracts(),
            report.objects(),
            report.violations().size()));
    if (!asked.json()) {
      report.violations().forEach(violation -> out.println("・" + violation));
    }
    return report.isClean() ? 0 : 1;
  }

  private interface Work {
    int done() throws IOException, SQLException;
  }

  /** Whatever comes of it is in the record that the operators' page shows. */
  private int recorded(BackupRuns runs, UUID id, Work work) {
    try {
      return work.done();
    } catch (IOException | SQLException e) {
      runs.failed(id, e.getMessage(), clock.instant());
      throw new IllegalStateException(e.getMessage(), e);
    } catch (RuntimeException e) {
      runs.failed(id, e.getMessage(), clock.instant());
      throw e;
    }
  }

  private void print(Object report, String sentences) {
    out.println(asked.json() ? BackupWords.json(report) : sentences);
  }

  private static Path anchors(Map<String, Object> settings) {
    var named = settings.get("musubi.audit.anchor-directory");
    return Path.of(
        named == null ? settings.get("musubi.store.directory") + "-anchors" : named.toString());
  }

  private static StandardEnvironment environment(Map<String, ?> settings) {
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("home", new LinkedHashMap<>(settings)));
    return environment;
  }

  private static BackupParts parts(Map<String, Object> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("musubi.backup", BackupSettings.class)
        .parts()
        .orElseThrow(
            () -> new BackupRefused(BackupRefused.Reason.NO_KEY, "musubi.backup.directory"));
  }

  private static BackupRuns runs(BackupParts parts) {
    var source = parts.source();
    return new BackupRuns(
        JdbcClient.create(
            new DriverManagerDataSource(source.url(), source.user(), source.password())));
  }
}
