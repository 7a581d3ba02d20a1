package jp.musubi.disposal;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.register.Letters;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 廃棄簿: what was disposed of in a fiscal year, as a page to print and as CSV. */
@Controller
@Needs(Act.SEE_DISPOSALS)
class BookController {
  static final String PATH = "/disposal/book";
  private static final int YEARS_BACK = 5;

  private final Disposals disposals;
  private final DisposalCsv csv;
  private final DisposalPages pages;
  private final AccessRecord record;
  private final Organisations organisations;
  private final Book book;

  BookController(
      Disposals disposals,
      DisposalCsv csv,
      DisposalPages pages,
      AccessRecord record,
      Organisations organisations,
      Book book) {
    this.disposals = disposals;
    this.csv = csv;
    this.pages = pages;
    this.record = record;
    this.organisations = organisations;
    this.book = book;
  }

  @GetMapping(PATH)
  ModelAndView page(@CurrentStaff StaffMember reader, @RequestParam(defaultValue = "0") int year) {
    var chosen = chosen(year);
    var years =
        IntStream.rangeClosed(chosen(0) - YEARS_BACK, chosen(0))
            .map(each -> 2 * chosen(0) - YEARS_BACK - each)
            .mapToObj(each ->
                List.of(
                    Sheet.Cell.link(yearName(each), PATH + "?year=" + each),
                    Sheet.Cell.link(
                        book.of("disposal.book.utf8"), "/disposal/book.csv?year=" + each),
                    Sheet.Cell.link(
                        book.of("disposal.book.cp932"),
                        "/disposal/book.csv?letters=cp932&year=" + each)))
            .toList();
    var rows = of(reader, chosen).stream().map(this::row).toList();
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(
                book.of("disposal.book.of", yearName(chosen)),
                pages.crumbs(new Crumb(book.of("disposal.book"), PATH)))
            .led(Text.of("disposal.book.lead"))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("disposal.book.of", yearName(chosen)),
                        List.of(
                            "disposal.number",
                            "contract.title",
                            "contract.counterparty",
                            "disposal.until",
                            "disposal.reason",
                            "disposal.proposer",
                            "disposal.confirmer",
                            "disposal.erased"),
                        rows,
                        "disposal.book.none"),
                    new Sheet.Table(
                        Text.of("disposal.book.others"),
                        List.of("disposal.book.year", "disposal.csv", "disposal.csv.cp932"),
                        years,
                        "disposal.book.none"))));
  }

  private List<Sheet.Cell> row(DisposalRecord of) {
    return List.of(
        Sheet.Cell.link(of.number(), "/contracts/" + of.contract()),
        Sheet.Cell.of(of.title()).noted(of.section()),
        Sheet.Cell.of(of.counterparties()),
        Sheet.Cell.of(JapaneseDates.era(of.keptUntil()))
            .noted(book.of("disposal.years", of.keepingYears())),
        Sheet.Cell.of(of.reason()),
        Sheet.Cell.of(of.proposedName()).noted(JapaneseDates.time(of.proposedAt())),
        Sheet.Cell.of(of.confirmedName()).noted(JapaneseDates.time(of.confirmedAt())),
        Sheet.Cell.of(of.erasedAt().map(JapaneseDates::time).orElse(book.of("disposal.erasing")))
            .noted(
                of.kept() == 0
                    ? book.of("disposal.method", of.files())
                    : book.of("disposal.method.shared", of.files(), of.kept())));
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry says what was taken, and how")
  @GetMapping("/disposal/book.csv")
  void csv(
      @CurrentStaff StaffMember reader,
      @RequestParam(defaultValue = "0") int year,
      @RequestParam(defaultValue = "utf-8") String letters,
      HttpServletResponse response)
      throws IOException {
    var chosen = letters.equals("cp932") ? Letters.CP932 : Letters.UTF_8;
    var of = chosen(year);
    record.note(
        "disposal.exported", null, Map.of("format", chosen.name(), "year", String.valueOf(of)));
    response.setContentType("text/csv; charset=" + chosen.charset().name());
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename("廃棄簿_" + of + "年度.csv", StandardCharsets.UTF_8)
            .build()
            .toString());
    csv.write(of(reader, of), chosen, response.getOutputStream());
  }

  private List<DisposalRecord> of(StaffMember reader, int year) {
    return disposals.book(reader, begin(year), begin(year + 1));
  }

  private static Instant begin(int year) {
    return LocalDate.of(year, 4, 1).atStartOfDay(JapaneseDates.ZONE).toInstant();
  }

  /** 年度 that was asked for, or this one. */
  private int chosen(int year) {
    var today = organisations.today();
    var running = today.getMonthValue() >= 4 ? today.getYear() : today.getYear() - 1;
    return year >= 2000 && year <= running ? year : running;
  }

  private String yearName(int year) {
    return book.of("disposal.book.year.of", String.valueOf(year));
  }
}
