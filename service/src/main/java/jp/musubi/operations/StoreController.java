package jp.musubi.operations;

import java.util.List;
import java.util.Set;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.vault.Standing;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** 原本の保管: whether the bodies' files are whole and lie twice; numbers, and nothing of contracts. */
@Controller
@Needs(Act.SEE_STORE)
class StoreController {
  private final StoreCare care;
  private final Book book;

  StoreController(StoreCare care, Book book) {
    this.care = care;
    this.book = book;
  }

  @Bean
  static NavigationItem toStore() {
    return new NavigationItem(435, "list", "store.heading", "/store", Set.of("OPERATOR"));
  }

  @GetMapping("/store")
  ModelAndView show() {
    var lines = care.standings();
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(
                book.of("store.heading"),
                List.of(
                    book.crumb("people.crumb.home", "/"), book.crumb("store.heading", "/store")))
            .led(Text.of("store.lead"))
            .warning(warning(lines))
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

  private @org.jspecify.annotations.Nullable Text warning(List<StoreCare.Line> lines) {
    var open = lines.stream().mapToLong(line -> line.standing().open()).sum();
    if (open > 0) {
      return Text.of("store.warning.open", String.valueOf(open));
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
