package jp.musubi.renewal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 有効期間の暦: in which year how many contracts' signatures can be verified no longer. */
@Controller
@Needs(Act.LIST_CONTRACTS)
class CalendarController {
  static final String PATH = "/register/validity";
  private static final int MOST = 200;

  private final Progress progress;
  private final Words words;
  private final Book book;
  private final TransactionOperations transactions;
  private final Clock clock;

  CalendarController(
      Progress progress, Words words, Book book, TransactionOperations transactions, Clock clock) {
    this.progress = progress;
    this.words = words;
    this.book = book;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * The page.
   *
   * @param picture the same years as bars; the table says it all without
   * @param elsewhere the same of contracts that another service concluded
   * @param unknown how many nobody could say it of yet, as words; null for none
   * @param chosen what ends in the year that was asked for; null while none was
   */
  record Page(
      List<Crumb> crumbs,
      List<Line> years,
      Picture picture,
      List<Line> elsewhere,
      @Nullable Text unknown,
      Sheet.@Nullable Table chosen) {}

  /** A year. */
  record Line(String year, String contracts, String path) {}

  /** A picture in its own units. */
  record Picture(int width, int height, List<Bar> bars) {}

  /** A bar: where it begins, how long it is, and what stands beside it. */
  record Bar(int y, int length, String year, String contracts) {}

  private record Read(
      List<Progress.Year> years,
      List<Progress.Year> elsewhere,
      int unknown,
      List<Progress.Line> lines) {}

  @GetMapping(PATH)
  ModelAndView show(
      @CurrentStaff StaffMember reader, @RequestParam(required = false) @Nullable Integer year) {
    var reach = Authorisation.reach(reader, Act.SEE_CONTRACT);
    // Years that PostgreSQL and the calendar both know.
    var chosen = year != null && year >= 2000 && year <= 2999 ? year : null;
    var read =
        Objects.requireNonNull(
            transactions.execute(_ ->
                new Read(
                    progress.years(reach),
                    progress.yearsElsewhere(reach),
                    progress.unknown(reach),
                    chosen == null ? List.of() : progress.endingIn(reach, chosen, MOST))));
    return new ModelAndView(
        "renewal/calendar",
        "page",
        new Page(
            words.crumbs(
                book.crumb("register.nav", "/register"), book.crumb("validity.title", PATH)),
            read.years().stream().map(this::line).toList(),
            picture(read.years()),
            read.elsewhere().stream().map(this::line).toList(),
            read.unknown() == 0
                ? null
                : Text.of("validity.unknown", "%,d".formatted(read.unknown())),
            chosen == null
                ? null
                : words.table(
                    Text.of("validity.of", words.year(chosen)),
                    read.lines(),
                    clock.instant(),
                    "validity.none")));
  }

  private Line line(Progress.Year year) {
    return new Line(
        words.year(year.year()), count(year), PATH + "?year=" + year.year() + "#contracts");
  }

  private String count(Progress.Year year) {
    return book.of("validity.count", "%,d".formatted(year.contracts()));
  }

  /** The longest bar is as long as there is room for. */
  private Picture picture(List<Progress.Year> years) {
    var most = years.stream().mapToInt(Progress.Year::contracts).max().orElse(1);
    var bars = new ArrayList<Bar>();
    for (var year : years) {
      bars.add(
          new Bar(
              bars.size() * 32,
              Math.max(2, (int) (300L * year.contracts() / most)),
              words.year(year.year()),
              count(year)));
    }
    return new Picture(640, Math.max(1, bars.size() * 32), bars);
  }
}
