package jp.musubi.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import jp.musubi.platform.web.Book;
import jp.musubi.statistics.BodyReadings.OfBody;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 参加団体ごとの図表. */
@Component
class BodyFigures {
  private static final List<Measure> ENDS =
      List.of(
          Measure.DECLINED, Measure.RETURNED, Measure.EXPIRED, Measure.TO_PAPER, Measure.REMINDED);

  private final Numbers numbers;
  private final Book book;

  BodyFigures(Numbers numbers, Book book) {
    this.numbers = numbers;
    this.book = book;
  }

  /** With what waits now. */
  List<Figure> all(List<OfBody> bodies, int days) {
    var all = new ArrayList<>(ofThePeriod(bodies));
    all.add(delays(bodies, days));
    return List.copyOf(all);
  }

  /** What is of a period. */
  List<Figure> ofThePeriod(List<OfBody> bodies) {
    return List.of(outcome(bodies), ends(bodies));
  }

  private Figure outcome(List<OfBody> bodies) {
    var longest = longest(bodies, of -> of.tally().counts().concluded());
    return figure(
        "bodies",
        bodies,
        List.of(
            "statistics.measure.MADE",
            "statistics.measure.SENT",
            "statistics.measure.ELECTRONIC",
            "statistics.measure.PAPER",
            "statistics.ratio",
            "statistics.median"),
        List.of(book.of("statistics.measure.ELECTRONIC"), book.of("statistics.measure.PAPER")),
        tally -> {
          var counts = tally.counts();
          return List.of(
              numbers.counted(counts.of(Measure.MADE), null),
              numbers.counted(counts.of(Measure.SENT), null),
              numbers.counted(counts.of(Measure.ELECTRONIC), null),
              numbers.counted(counts.of(Measure.PAPER), null),
              numbers.proportion(counts),
              numbers.lasted(tally.spread(Stage.ROUND), Spread::median));
        },
        of ->
            Figure.Bar.of(
                of.tally().counts().of(Measure.ELECTRONIC),
                of.tally().counts().of(Measure.PAPER),
                longest));
  }

  private Figure ends(List<OfBody> bodies) {
    return figure(
        "ends",
        bodies,
        ENDS.stream().map(measure -> "statistics.measure." + measure).toList(),
        List.of(),
        tally ->
            ENDS.stream()
                .map(measure -> numbers.counted(tally.counts().of(measure), null))
                .toList(),
        _ -> null);
  }

  private Figure figure(
      String name,
      List<OfBody> bodies,
      List<String> columns,
      List<String> legend,
      Function<Tally, List<Figure.Cell>> cells,
      Function<OfBody, Figure.@Nullable Bar> bar) {
    var rows = new ArrayList<Figure.Row>();
    var sum = new Tally();
    for (var of : bodies) {
      sum.add(of.tally());
      rows.add(Figure.Row.of(of.body().name(), null, cells.apply(of.tally()), bar.apply(of)));
    }
    rows.add(Figure.Row.sum(book.of("statistics.sum"), cells.apply(sum)));
    var headings = new ArrayList<String>();
    headings.add(book.of("statistics.column.body"));
    columns.forEach(key -> headings.add(book.of(key)));
    return new Figure(
        name,
        book.of("statistics.bodies." + name),
        book.of("statistics.bodies." + name + ".note"),
        legend.isEmpty() ? "" : legend.getFirst(),
        legend.size() < 2 ? "" : legend.getLast(),
        headings,
        rows);
  }

  private Figure delays(List<OfBody> bodies, int days) {
    var longest = longest(bodies, OfBody::late);
    var rows = new ArrayList<Figure.Row>();
    for (var of : bodies) {
      rows.add(
          Figure.Row.of(
              of.body().name(),
              null,
              List.of(numbers.counted(of.late(), null)),
              Figure.Bar.of(of.late(), 0, longest)));
    }
    var late = bodies.stream().mapToInt(OfBody::late).sum();
    rows.add(Figure.Row.sum(book.of("statistics.sum"), List.of(numbers.counted(late, null))));
    return new Figure(
        "delays",
        book.of("statistics.figure.delays"),
        book.of("statistics.bodies.delays.note", days),
        book.of("statistics.late", days),
        "",
        List.of(book.of("statistics.column.body"), book.of("statistics.late", days)),
        rows);
  }

  private static int longest(List<OfBody> bodies, ToIntFunction<OfBody> of) {
    return bodies.stream().mapToInt(of).max().orElse(0);
  }
}
