package jp.musubi.operations;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.vault.Standing;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** 原本の保管: whether the bodies' files are whole and lie twice; numbers, and nothing of contracts. */
@Controller
@Needs(Act.SEE_STORE)
class StoreController {
  private static final List<Integer> YEARS = List.of(1, 5, 10);
  private static final double GIGABYTE = 1e9;

  private final StoreCare care;
  private final Book book;
  private final Clock clock;

  StoreController(StoreCare care, Book book, Clock clock) {
    this.care = care;
    this.book = book;
    this.clock = clock;
  }

  @Bean
  static NavigationItem toStore() {
    return new NavigationItem(435, "list", "store.heading", "/store", Set.of("OPERATOR"));
  }

  @GetMapping("/store")
  ModelAndView show() {
    var lines = care.standings();
    var now = clock.instant();
    var outlook = care.outlook(lines, now);
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(
                book.of("store.heading"),
                List.of(
                    book.crumb("people.crumb.home", "/"), book.crumb("store.heading", "/store")))
            .led(Text.of("store.lead"))
            .warning(warning(lines, outlook.filter(each -> each.isNear(now)).isPresent()))
            .with(outlook.map(each -> facts(each, now)).orElseGet(this::unknown))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("store.bodies"),
                        List.of(
                            "body.name",
                            "store.objects",
                            "store.copies",
                            "store.round",
                            "store.findings"),
                        lines.stream().map(this::row).toList(),
                        "body.none"))));
  }

  private List<Fact> facts(Outlook outlook, Instant now) {
    return List.of(
        Fact.of("store.outlook.held", size(outlook.held())),
        Fact.of(
            "store.outlook.grown",
            book.of("store.outlook.grown.in", outlook.months(), size(outlook.grown()))),
        Fact.of("store.outlook.left", size(outlook.left())),
        Fact.of("store.outlook.full", full(outlook, now)),
        Fact.of(
            "store.outlook.later",
            outlook.tells()
                ? YEARS.stream()
                    .map(years ->
                        book.of("store.outlook.later.in", years, size(outlook.after(years))))
                    .collect(Collectors.joining("、"))
                : book.of("store.outlook.early")));
  }

  private String full(Outlook outlook, Instant now) {
    if (!outlook.tells()) {
      return book.of("store.outlook.early");
    }
    return outlook
        .full(now)
        .map(month -> book.of("store.outlook.full.in", JapaneseDates.date(month.atDay(1))))
        .orElseGet(() -> book.of("store.outlook.full.far"));
  }

  private List<Fact> unknown() {
    return List.of(Fact.of("store.outlook.left", book.of("store.outlook.unknown")));
  }

  private static String size(long bytes) {
    return "%,.2f GB".formatted(bytes / GIGABYTE);
  }

  private @Nullable Text warning(List<StoreCare.Line> lines, boolean full) {
    var open = lines.stream().mapToLong(line -> line.standing().open()).sum();
    if (open > 0) {
      return Text.of("store.warning.open", String.valueOf(open));
    }
    if (full) {
      return Text.of("store.warning.full");
    }
    return care.hasSecondStore() ? null : Text.of("store.warning.alone");
  }

  private List<Sheet.Cell> row(StoreCare.Line line) {
    var standing = line.standing();
    return List.of(
        Sheet.Cell.of(line.body().name()),
        Sheet.Cell.of(
            book.of("store.amount", standing.objects(), (standing.bytes() + 999_999) / 1_000_000)),
        Sheet.Cell.of(copies(standing)),
        Sheet.Cell.of(round(standing)),
        Sheet.Cell.of(book.of("store.counts", standing.open(), standing.repaired())));
  }

  private String copies(Standing standing) {
    if (!care.hasSecondStore()) {
      return book.of("store.copies.none");
    }
    return standing.uncopied() == 0
        ? book.of("store.copies.all")
        : book.of("store.copies.left", standing.uncopied());
  }

  private String round(Standing standing) {
    if (standing.roundBegan().isEmpty()) {
      return book.of("store.round.none");
    }
    return standing
        .roundEnded()
        .map(end -> book.of("store.round.ended", JapaneseDates.time(end), standing.lookedAt()))
        .orElseGet(() -> book.of("store.round.going", standing.lookedAt(), standing.objects()));
  }
}
