package jp.musubi.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import jp.musubi.bench.engine.Level;
import jp.musubi.bench.report.BarChart;
import jp.musubi.bench.report.BarChart.Bar;
import jp.musubi.bench.report.BarChart.Kind;
import jp.musubi.bench.report.BarChart.Panel;
import jp.musubi.bench.report.LineChart;
import jp.musubi.bench.report.LineChart.Curve;
import jp.musubi.testkit.KeyKind;

/** 計測の図 — Which picture belongs to which rows. */
final class Pictures {
  private Pictures() {}

  /** A picture and its words. */
  record Picture(String svg, String description) {}

  /** The picture of a benchmark's rows; none where there is nothing to draw. */
  static Optional<Picture> of(List<? extends Row> rows) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    return switch (rows.getFirst()) {
      case SealRow _ ->
          bars(
              "One seal to PAdES-B-LTA, RSA-2048: median (logarithmic)",
              "ms",
              only(rows, SealRow.class).stream()
                  .filter(row -> row.level().equals(Level.LTA.word()))
                  .filter(row -> row.keys().equals(KeyKind.RSA_2048.name()))
                  .toList(),
              row -> size(row.bytes()),
              SealRow::medianMillis);
      case ValidateRow _ ->
          bars(
              "One validation of a PAdES-B-LTA file: median (logarithmic)",
              "ms",
              only(rows, ValidateRow.class),
              row -> size(row.bytes()) + ", signatures: " + row.signatures(),
              ValidateRow::medianMillis);
      case RenewRow _ ->
          bars(
              "Renewal by one timestamp: documents a second, once hashed (logarithmic)",
              "/s",
              only(rows, RenewRow.class),
              row -> String.format(Locale.ROOT, "%,d documents", row.documents()),
              RenewRow::documentsPerSecond);
      case MicroRow _ -> Optional.empty();
      case GrowthRow _ -> curves(only(rows, GrowthRow.class));
      case MemoryRow _ ->
          bars(
              "Peak memory of the process, heap limited to 128 MiB (logarithmic)",
              "MiB",
              only(rows, MemoryRow.class).stream()
                  .filter(row -> row.sealed() && row.peakRssMiB() != null)
                  .toList(),
              row -> size(row.bytes()),
              row -> row.peakRssMiB() == null ? 0 : row.peakRssMiB());
    };
  }

  private static <R extends Row> List<R> only(List<? extends Row> rows, Class<R> type) {
    return rows.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static <R extends Row> Optional<Picture> bars(
      String title,
      String unit,
      List<R> rows,
      Function<R, String> panel,
      ToDoubleFunction<R> value) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<Bar>> panels =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    panel,
                    LinkedHashMap::new,
                    Collectors.mapping(
                        row -> new Bar(row.engine(), value.applyAsDouble(row), kind(row)),
                        Collectors.toList())));
    var chart =
        new BarChart(
            title,
            unit,
            panels.entrySet().stream().map(e -> new Panel(e.getKey(), e.getValue())).toList());
    return Optional.of(new Picture(chart.svg(), title + ". " + chart.description()));
  }

  private static Optional<Picture> curves(List<GrowthRow> rows) {
    Map<String, List<GrowthRow>> engines =
        rows.stream()
            .collect(
                Collectors.groupingBy(GrowthRow::engine, LinkedHashMap::new, Collectors.toList()));
    var chart =
        new LineChart(
            "The n-th signature on one file of 100 KB (B-T): median",
            "signature",
            "ms",
            engines.values().stream()
                .map(of ->
                    new Curve(
                        of.getFirst().engine(),
                        of.stream().map(GrowthRow::medianMillis).toList(),
                        kind(of.getFirst())))
                .toList());
    return Optional.of(new Picture(chart.svg(), chart.title() + ". " + chart.description()));
  }

  private static Kind kind(Row row) {
    return switch (row.engine()) {
      case Contestants.MUSUBI -> Kind.OURS;
      case Contestants.LIMIT, Contestants.WRITING_LIMIT -> Kind.LIMIT;
      default -> Kind.OTHER;
    };
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.0f KB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }
}
