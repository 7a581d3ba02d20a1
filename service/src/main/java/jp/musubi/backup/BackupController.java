package jp.musubi.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.backup.BackupRuns.Run;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** バックアップ: when the newest was taken and restored, and what to do when that is long ago. */
@Controller
@Needs(Act.SEE_STORE)
class BackupController {
  private static final int MOST_RUNS = 14;

  private final BackupRuns runs;
  private final ObjectProvider<BackupCare> care;
  private final ObjectProvider<BackupParts> parts;
  private final BackupSettings settings;
  private final Book book;

  BackupController(
      BackupRuns runs,
      ObjectProvider<BackupCare> care,
      ObjectProvider<BackupParts> parts,
      BackupSettings settings,
      Book book) {
    this.runs = runs;
    this.care = care;
    this.parts = parts;
    this.settings = settings;
    this.book = book;
  }

  @Bean
  static NavigationItem toBackup() {
    return new NavigationItem(434, "list", "backup.heading", "/backup", Set.of("OPERATOR"));
  }

  @GetMapping("/backup")
  ModelAndView show() {
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(
                book.of("backup.heading"),
                List.of(
                    book.crumb("people.crumb.home", "/"), book.crumb("backup.heading", "/backup")))
            .led(Text.of("backup.lead"))
            .warning(warning())
            .with(facts())
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("backup.runs"),
                        List.of(
                            "backup.began",
                            "backup.outcome",
                            "backup.size",
                            "backup.minutes",
                            "backup.age"),
                        runs.newest(MOST_RUNS).stream().map(this::row).toList(),
                        "backup.none"))));
  }

  private @Nullable Text warning() {
    var watching = care.getIfAvailable();
    if (watching == null) {
      return Text.of("backup.warning.elsewhere");
    }
    return switch (watching.alarm()) {
      case BackupAlarm.Quiet() -> null;
      case BackupAlarm.Never(var since) ->
          Text.of("backup.warning.never", JapaneseDates.time(since));
      case BackupAlarm.TooOld(var newest) ->
          Text.of(
              "backup.warning.old",
              JapaneseDates.time(newest),
              String.valueOf(settings.oldest().toHours()));
    };
  }

  private List<Fact> facts() {
    var facts = new ArrayList<Fact>();
    facts.add(
        Fact.of(
            "backup.restored",
            runs.newestRestored().map(JapaneseDates::time).orElse(book.of("backup.not-yet"))));
    var kept = parts.getIfAvailable();
    if (kept != null) {
      facts.add(
          Fact.of(
              "backup.log",
              kept.shelf()
                  .keptUntil()
                  .map(until ->
                      book.of(
                          "backup.log.until",
                          JapaneseDates.time(until),
                          megabytes(kept.shelf().bytes())))
                  .orElse(book.of("backup.not-yet"))));
      facts.add(
          Fact.of(
              "backup.kept",
              book.of(
                  "backup.kept.count", kept.folder().names().size(), settings.keep().toDays())));
      facts.add(Fact.of("backup.place", String.valueOf(settings.directory())));
      facts.add(Fact.of("backup.at", settings.at().toString()));
    }
    return facts;
  }

  private List<Sheet.Cell> row(Run run) {
    var outcome = run.outcome().map(Enum::name).orElse("GOING");
    return List.of(
        Sheet.Cell.of(JapaneseDates.time(run.beganAt())),
        Sheet.Cell.of(book.of("backup.outcome." + run.kind() + "." + outcome))
            .noted(note(run).orElse(null)),
        Sheet.Cell.of(
            run.backup().isPresent() ? book.of("backup.megabytes", megabytes(run.bytes())) : "－"),
        Sheet.Cell.of(
            run.restoreSeconds().isPresent()
                ? book.of("backup.seconds", run.restoreSeconds().getAsInt())
                : "－"),
        Sheet.Cell.of(
            run.ageSeconds().isPresent()
                ? book.of("backup.seconds", run.ageSeconds().getAsInt())
                : "－"));
  }

  private Optional<String> note(Run run) {
    if (!run.detail().isEmpty()) {
      return Optional.of(run.detail());
    }
    return run.violations().isPresent() && run.violations().getAsInt() > 0
        ? Optional.of(book.of("backup.violations", run.violations().getAsInt()))
        : Optional.empty();
  }

  private static long megabytes(long bytes) {
    return (bytes + 999_999) / 1_000_000;
  }
}
