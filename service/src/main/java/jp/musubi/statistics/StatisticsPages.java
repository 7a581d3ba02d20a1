package jp.musubi.statistics;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.musubi.organisation.SectionTree;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Option;
import jp.musubi.register.FiscalYear;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 利用統計の画面を組み立てる. */
@Component
class StatisticsPages {
  private static final int YEARS = 10;

  private final Figures figures;
  private final PaceFigures pace;
  private final Numbers numbers;
  private final Book book;

  StatisticsPages(Figures figures, PaceFigures pace, Numbers numbers, Book book) {
    this.figures = figures;
    this.pace = pace;
    this.numbers = numbers;
    this.book = book;
  }

  /**
   * The page.
   *
   * @param scope of when and of whom, in words
   * @param chart the year's months as columns
   * @param unused sections from which nothing was sent
   * @param report where the report is; null while the period is not over
   */
  record Page(
      List<Crumb> crumbs,
      List<Field> fields,
      String scope,
      List<Head> heads,
      Chart chart,
      List<Shown> figures,
      List<String> unused,
      @Nullable String report) {}

  /** A figure that is seen first. */
  record Head(String label, String value, String note) {}

  /** A table, and where it is to be had as CSV. */
  record Shown(Figure figure, String utf8, String cp932) {}

  /** The page of what was read. */
  Page of(Reading reading, LocalDate today) {
    var asked = reading.asked();
    return new Page(
        List.of(
            book.crumb("statistics.crumb.home", "/"),
            book.crumb("statistics.title", StatisticsController.PATH)),
        fields(asked, reading.tree(), today),
        scope(reading),
        heads(reading),
        chart(reading),
        all(reading).stream().map(figure -> shown(asked, figure)).toList(),
        reading.unused(),
        asked.period().isOver(today) ? asked.address(StatisticsController.REPORT) : null);
  }

  /** Every table of the page. */
  List<Figure> all(Reading reading) {
    return Stream.concat(figures.ofThePeriod(reading).stream(), Stream.of(pace.delays(reading)))
        .toList();
  }

  /** 令和8年4月（2026年4月）　建設部 道路課. */
  String scope(Reading reading) {
    var asked = reading.asked();
    return book.of(
        "statistics.scope",
        period(asked),
        asked
            .section()
            .map(reading.tree()::fullName)
            .orElseGet(() -> book.of("statistics.section.all")));
  }

  /** The period in words. */
  String period(Asked asked) {
    return asked.month().map(numbers::month).orElseGet(() -> asked.year().toString());
  }

  /** What is seen first. */
  List<Head> heads(Reading reading) {
    var whole = reading.statistics().whole();
    var counts = whole.counts();
    var round = whole.spread(Stage.ROUND);
    return List.of(
        new Head(
            book.of("statistics.ratio"),
            numbers.ratio(counts),
            book.of(
                "statistics.head.ratio",
                numbers.count(counts.of(Measure.ELECTRONIC)),
                numbers.count(counts.of(Measure.PAPER)))),
        new Head(
            book.of("statistics.head.sent"),
            numbers.count(counts.of(Measure.SENT)),
            book.of("statistics.head.made", numbers.count(counts.of(Measure.MADE)))),
        new Head(
            book.of("statistics.head.round"),
            numbers.days(round, Spread::median),
            book.of("statistics.head.ninetieth", numbers.days(round, Spread::ninetieth))),
        new Head(
            book.of("statistics.head.whole"),
            numbers.days(whole.spread(Stage.WHOLE), Spread::median),
            book.of(
                "statistics.head.ninetieth",
                numbers.days(whole.spread(Stage.WHOLE), Spread::ninetieth))));
  }

  private Chart chart(Reading reading) {
    var months = new ArrayList<Chart.Month>();
    reading
        .statistics()
        .months()
        .forEach((month, tally) ->
            months.add(
                new Chart.Month(
                    String.valueOf(month.getMonthValue()),
                    tally.counts().of(Measure.ELECTRONIC),
                    tally.counts().of(Measure.PAPER))));
    return Chart.of(months);
  }

  private static Shown shown(Asked asked, Figure figure) {
    return new Shown(
        figure,
        asked.address(StatisticsController.CSV, "figure=" + figure.name()),
        asked.address(StatisticsController.CSV, "figure=" + figure.name(), "letters=cp932"));
  }

  private List<Field> fields(Asked asked, SectionTree tree, LocalDate today) {
    var fields = new ArrayList<>(periodFields(asked, today));
    fields.add(
        2, choice("section", asked.section().map(UUID::toString).orElse(""), sections(tree)));
    return fields;
  }

  /** By which one chooses of when, and what is long. */
  List<Field> periodFields(Asked asked, LocalDate today) {
    return List.of(
        choice("year", String.valueOf(asked.year().year()), years(asked, today)),
        choice(
            "month",
            asked.month().map(month -> String.valueOf(month.getMonthValue())).orElse(""),
            months()),
        choice(
            "days",
            String.valueOf(asked.days()),
            Asked.DAYS.stream()
                .map(days -> new Option(String.valueOf(days), book.of("statistics.days", days)))
                .toList()));
  }

  private static Field choice(String name, String value, List<Option> options) {
    return Field.optional(name, "statistics.field." + name).with(value).offering(options);
  }

  private static List<Option> years(Asked asked, LocalDate today) {
    var now = FiscalYear.of(today).year();
    return IntStream.concat(
            IntStream.iterate(now, year -> year > now - YEARS, year -> year - 1),
            IntStream.of(asked.year().year()))
        .distinct()
        .mapToObj(year -> new Option(String.valueOf(year), new FiscalYear(year).toString()))
        .toList();
  }

  private List<Option> months() {
    return Stream.concat(
            Stream.of(new Option("", book.of("statistics.month.all"))),
            IntStream.rangeClosed(0, 11)
                .map(after -> (after + 3) % 12 + 1)
                .mapToObj(
                    month -> new Option(String.valueOf(month), book.of("statistics.month", month))))
        .toList();
  }

  private List<Option> sections(SectionTree tree) {
    return Stream.concat(
            Stream.of(new Option("", book.of("statistics.section.all"))),
            tree.inOrder().stream()
                .map(placed -> placed.term().section())
                .map(section -> new Option(section.toString(), tree.fullName(section))))
        .toList();
  }
}
