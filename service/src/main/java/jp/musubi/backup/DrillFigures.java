package jp.musubi.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures of a drill, as people read them and as they are published. */
final class DrillFigures {
  private DrillFigures() {}

  /** What is published of a measurement. */
  record Measured(
      String name,
      String title,
      Instant measuredAt,
      String machine,
      String command,
      List<Row> rows) {}

  /** A figure and its goal. */
  record Row(String what, String value, String goal, boolean met) {}

  static Measured of(DrillReport report, Instant now) {
    var seconds = report.restoredWithinSeconds();
    return new Measured(
        "restore-drill",
        BackupWords.of("figure.title"),
        now.truncatedTo(ChronoUnit.SECONDS),
        machine(),
        "./musubi drill restore",
        List.of(
            new Row(
                BackupWords.of("figure.minutes"),
                String.format(Locale.ROOT, "%.1f 分", seconds / 60.0),
                "≤ 10 分",
                seconds <= DrillReport.MOST_MINUTES * 60),
            new Row(
                BackupWords.of("figure.age"),
                report.ageSeconds() + " 秒",
                "≤ 60 秒",
                report.ageSeconds() <= DrillReport.MOST_AGE),
            new Row(
                BackupWords.of("figure.tables", report.tables(), report.rows()),
                report.differences().size() + " 表",
                "0 表",
                report.differences().isEmpty()),
            new Row(
                BackupWords.of(
                    "figure.violations", report.bodies(), report.contracts(), report.objects()),
                report.violations().size() + " 件",
                "0 件",
                report.violations().isEmpty())));
  }

  static String sentences(DrillReport report) {
    var figures =
        of(report, report.beganAt()).rows().stream()
            .map(row ->
                "%s　%s（目標 %s）%s"
                    .formatted(row.what(), row.value(), row.goal(), row.met() ? "" : "　✕"))
            .collect(Collectors.joining("\n"));
    var wrong = new StringBuilder();
    report
        .differences()
        .forEach(difference ->
            wrong
                .append('\n')
                .append(
                    BackupWords.of(
                        "difference",
                        difference.table(),
                        difference.expectedRows(),
                        difference.foundRows())));
    report.violations().forEach(violation -> wrong.append("\n・").append(violation));
    return BackupWords.of("drilled", report.backup(), report.restoredTo()) + "\n" + figures + wrong;
  }

  static void write(Measured measured, Path file) throws IOException {
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    Files.writeString(file, BackupWords.json(measured) + "\n");
  }

  private static String machine() {
    return "%d cores, %s GiB".formatted(Runtime.getRuntime().availableProcessors(), memory());
  }

  /** Of the machine, not of this process; where the system does not say so, it is not said. */
  private static String memory() {
    var file = Path.of("/proc/meminfo");
    if (!Files.isReadable(file)) {
      return "?";
    }
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("MemTotal:"))
          .map(line -> String.valueOf(Long.parseLong(line.replaceAll("[^0-9]", "")) / (1 << 20)))
          .findFirst()
          .orElse("?");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
