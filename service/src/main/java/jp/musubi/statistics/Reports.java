package jp.musubi.statistics;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.evidence.Report;
import jp.musubi.evidence.ReportPdf;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;

/** 月次報告書, of a month or a year that is over: the tables of the page, on paper. */
@Component
class Reports {
  private final StatisticsPages pages;
  private final Figures figures;
  private final Book book;
  private final Clock clock;

  Reports(StatisticsPages pages, Figures figures, Book book, Clock clock) {
    this.pages = pages;
    this.figures = figures;
    this.book = book;
    this.clock = clock;
  }

  /** 月次報告書 or 年次報告書. */
  String title(Reading reading) {
    return book.of(
        reading.asked().month().isPresent()
            ? "statistics.report.monthly"
            : "statistics.report.yearly");
  }

  /** Writes it; what waits at the moment belongs to no month and is left out. */
  void write(Reading reading, String body, OutputStream out) throws IOException {
    var title = title(reading);
    var period = pages.period(reading.asked());
    var facts = new ArrayList<Report.Fact>();
    facts.add(new Report.Fact(book.of("statistics.report.scope"), pages.scope(reading)));
    for (var head : pages.heads(reading)) {
      facts.add(new Report.Fact(head.label(), head.value() + "　" + head.note()));
    }
    var unused = reading.unused();
    if (!unused.isEmpty()) {
      facts.add(new Report.Fact(book.of("statistics.unused"), String.join("、", unused)));
    }
    ReportPdf.write(
        new Report(
            title,
            period,
            body,
            book.of("statistics.report.lead", body),
            facts,
            List.of(),
            figures.ofThePeriod(reading).stream().map(this::table).toList(),
            List.of(book.of("statistics.counted"), book.of("statistics.reach")),
            "%s　%s　%s".formatted(title, body, period)),
        clock.instant(),
        out);
  }

  /** A table as it is printed. */
  Report.Table table(Figure figure) {
    return new Report.Table(
        figure.caption(),
        figure.note(),
        figure.hatched().isEmpty()
            ? ""
            : book.of("statistics.report.legend", figure.solid(), figure.hatched()),
        figure.columns(),
        figure.rows().stream().map(Reports::row).toList());
  }

  private static Report.Row row(Figure.Row row) {
    var bar = row.bar();
    return new Report.Row(
        row.label(),
        row.cells().stream().map(Figure.Cell::shown).toList(),
        bar == null ? null : new Report.Bar(bar.solid(), bar.hatched()),
        row.sum());
  }
}
