package jp.musubi.statistics;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.evidence.Report;
import jp.musubi.evidence.ReportPdf;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.register.Letters;
import jp.musubi.statistics.StatisticsController.Typed;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 参加団体の利用統計, for operators and the secretariat: counts only, as a page, CSV and report. */
@Controller
@Needs(Act.SEE_BODIES)
class BodyStatisticsController {
  static final String PATH = "/bodies/statistics";
  private static final String CSV = "/bodies/statistics.csv";
  private static final String REPORT = "/bodies/statistics.pdf";

  private final BodyReadings readings;
  private final BodyFigures figures;
  private final StatisticsPages pages;
  private final Reports reports;
  private final FigureCsv csv;
  private final AccessRecord record;
  private final Organisations organisations;
  private final Book book;
  private final Clock clock;

  BodyStatisticsController(
      BodyReadings readings,
      BodyFigures figures,
      StatisticsPages pages,
      Reports reports,
      FigureCsv csv,
      AccessRecord record,
      Organisations organisations,
      Book book,
      Clock clock) {
    this.readings = readings;
    this.figures = figures;
    this.pages = pages;
    this.reports = reports;
    this.csv = csv;
    this.record = record;
    this.organisations = organisations;
    this.book = book;
    this.clock = clock;
  }

  @Bean
  static NavigationItem toBodyStatistics() {
    return new NavigationItem(
        431, "chart", "statistics.title", PATH, Set.of("OPERATOR", "SECRETARIAT"));
  }

  /**
   * The page.
   *
   * @param report where the report is; null while the period is not over
   */
  record Page(
      List<Crumb> crumbs,
      List<Field> fields,
      String period,
      List<StatisticsPages.Shown> figures,
      @Nullable String report) {}

  @GetMapping(PATH)
  ModelAndView page(@ModelAttribute("typed") Typed typed) {
    var asked = asked(typed);
    var today = organisations.today();
    var shown = new ArrayList<StatisticsPages.Shown>();
    for (var figure : figures.all(readings.read(asked), asked.days())) {
      shown.add(
          new StatisticsPages.Shown(
              figure,
              asked.address(CSV, "figure=" + figure.name()),
              asked.address(CSV, "figure=" + figure.name(), "letters=cp932")));
    }
    return new ModelAndView(
        "statistics/bodies",
        "page",
        new Page(
            List.of(
                book.crumb("statistics.crumb.home", "/"),
                book.crumb("body.list", "/bodies"),
                book.crumb("statistics.title", PATH)),
            pages.periodFields(asked, today),
            pages.period(asked),
            shown,
            asked.period().isOver(today) ? asked.address(REPORT) : null));
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry says what was taken, and how")
  @GetMapping(CSV)
  void csv(
      @ModelAttribute("typed") Typed typed,
      @RequestParam(defaultValue = "bodies") String figure,
      @RequestParam(defaultValue = "utf-8") String letters,
      HttpServletResponse response)
      throws IOException {
    var asked = asked(typed);
    var chosen =
        figures.all(readings.read(asked), asked.days()).stream()
            .filter(each -> each.name().equals(figure))
            .findFirst()
            .orElseThrow(() -> new NotFound("figure " + figure));
    var written = letters.equals("cp932") ? Letters.CP932 : Letters.UTF_8;
    var period = pages.period(asked);
    record.note(
        "statistics.exported",
        null,
        Map.of("figure", chosen.name(), "format", written.name(), "scope", period));
    response.setContentType("text/csv; charset=" + written.charset().name());
    StatisticsController.name(response, chosen.caption() + "_" + period + ".csv");
    csv.write(chosen, written, response.getOutputStream());
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry says what was taken, and how")
  @GetMapping(REPORT)
  void report(@ModelAttribute("typed") Typed typed, HttpServletResponse response)
      throws IOException {
    var asked = asked(typed);
    if (!asked.period().isOver(organisations.today())) {
      throw new NotFound("a report of a period that is not over");
    }
    var period = pages.period(asked);
    var title =
        book.of(
            asked.month().isPresent()
                ? "statistics.report.bodies"
                : "statistics.report.bodies.yearly");
    var read = readings.read(asked);
    record.note("statistics.exported", null, Map.of("format", "PDF", "scope", period));
    response.setContentType(MediaType.APPLICATION_PDF_VALUE);
    StatisticsController.name(response, title + "_" + period + ".pdf");
    ReportPdf.write(
        new Report(
            title,
            period,
            book.of("statistics.report.service"),
            book.of("statistics.report.bodies.lead"),
            List.of(
                new Report.Fact(
                    book.of("statistics.report.scope"),
                    book.of("statistics.bodies.all", read.size()))),
            List.of(),
            figures.ofThePeriod(read).stream().map(reports::table).toList(),
            List.of(book.of("statistics.counted")),
            title + "　" + period),
        clock.instant(),
        response.getOutputStream());
  }

  private Asked asked(Typed typed) {
    if (typed.section() != null) {
      throw new NotFound("a section of no body");
    }
    return Asked.of(typed.year(), typed.month(), null, typed.days(), organisations.today());
  }
}
