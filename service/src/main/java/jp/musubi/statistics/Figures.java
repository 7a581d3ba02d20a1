package jp.musubi.statistics;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.platform.web.Book;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 図表にする. */
@Component
class Figures {
  private final Numbers numbers;
  private final PaceFigures pace;
  private final Book book;

  Figures(Numbers numbers, PaceFigures pace, Book book) {
    this.numbers = numbers;
    this.pace = pace;
    this.book = book;
  }

  /** A row before it is known how long its bar is. */
  private record Line(String label, @Nullable String path, Tally tally) {}

  /** What is of a period, and stays as it is once that is over. */
  List<Figure> ofThePeriod(Reading reading) {
    var figures = new ArrayList<Figure>();
    figures.add(months(reading));
    figures.add(sections(reading));
    figures.add(kinds(reading));
    figures.add(pace.stages(reading));
    figures.add(pace.ends(reading));
    return List.copyOf(figures);
  }

  private Figure months(Reading reading) {
    var lines = new ArrayList<Line>();
    reading
        .statistics()
        .months()
        .forEach((month, tally) -> lines.add(new Line(numbers.month(month), null, tally)));
    var sum = new Tally();
    reading.statistics().months().values().forEach(sum::add);
    return outcome("months", "statistics.column.month", lines, sum);
  }

  private Figure sections(Reading reading) {
    var lines = new ArrayList<Line>();
    for (var group : reading.groups()) {
      var label =
          group.section().isPresent()
              ? group.name()
              : reading
                  .asked()
                  .section()
                  .flatMap(reading.tree()::find)
                  .map(term -> book.of("statistics.section.itself", term.name()))
                  .orElseGet(() -> book.of("statistics.section.other"));
      var path =
          group.further()
              ? group
                  .section()
                  .map(section -> reading.asked().in(section).address(StatisticsController.PATH))
                  .orElse(null)
              : null;
      lines.add(new Line(label, path, group.tally()));
    }
    return outcome("sections", "statistics.column.section", lines, reading.statistics().whole());
  }

  private Figure kinds(Reading reading) {
    var lines = new ArrayList<Line>();
    reading
        .statistics()
        .kinds()
        .forEach(
            (kind, tally) -> lines.add(new Line(book.of("contract.kind." + kind), null, tally)));
    return outcome("kinds", "statistics.column.kind", lines, reading.statistics().whole());
  }

  private Figure outcome(String name, String first, List<Line> lines, Tally sum) {
    var longest = lines.stream().mapToInt(line -> line.tally().counts().concluded()).max();
    var rows = new ArrayList<Figure.Row>();
    for (var line : lines) {
      var counts = line.tally().counts();
      rows.add(
          Figure.Row.of(
              line.label(),
              line.path(),
              outcome(line.tally()),
              Figure.Bar.of(
                  counts.of(Measure.ELECTRONIC), counts.of(Measure.PAPER), longest.orElse(0))));
    }
    rows.add(Figure.Row.sum(book.of("statistics.sum"), outcome(sum)));
    return new Figure(
        name,
        book.of("statistics.figure." + name),
        book.of("statistics.figure." + name + ".note"),
        book.of("statistics.measure.ELECTRONIC"),
        book.of("statistics.measure.PAPER"),
        numbers.columns(
            first,
            "statistics.measure.MADE",
            "statistics.measure.SENT",
            "statistics.measure.ELECTRONIC",
            "statistics.measure.PAPER",
            "statistics.ratio",
            "statistics.median"),
        rows);
  }

  private List<Figure.Cell> outcome(Tally tally) {
    var counts = tally.counts();
    return List.of(
        numbers.counted(counts.of(Measure.MADE), null),
        numbers.counted(counts.of(Measure.SENT), null),
        numbers.counted(counts.of(Measure.ELECTRONIC), null),
        numbers.counted(counts.of(Measure.PAPER), null),
        numbers.proportion(counts),
        numbers.lasted(tally.spread(Stage.ROUND), Spread::median));
  }
}
