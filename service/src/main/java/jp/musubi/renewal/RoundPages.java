package jp.musubi.renewal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** Puts the pages of 一括検証 together. */
@Component("verificationPages")
class RoundPages {
  private static final String PATH = RoundController.PATH;

  private final RoundCsv csv;
  private final Words words;
  private final Book book;

  RoundPages(RoundCsv csv, Words words, Book book) {
    this.csv = csv;
    this.words = words;
    this.book = book;
  }

  /** What the sheet draws as a bar of progress. */
  record Bar(String label, int all, int done, String text) {}

  /** Somebody's own. */
  ModelAndView list(List<Round> own) {
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("verification.round.title"), crumbs())
            .led(Text.of("verification.round.lead"))
            .doing(List.of(Sheet.Action.first("verification.round.new", PATH + "/new")))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("verification.round.own"),
                        List.of(
                            "verification.round.span",
                            "verification.round.asked",
                            "verification.round.count",
                            "verification.round.result"),
                        own.stream().map(this::row).toList(),
                        "verification.round.none"))));
  }

  private List<Sheet.Cell> row(Round round) {
    return List.of(
        Sheet.Cell.link(span(round), PATH + "/" + round.id()),
        Sheet.Cell.of(JapaneseDates.time(round.askedAt())),
        Sheet.Cell.of(book.of("validity.count", "%,d".formatted(round.all()))),
        Sheet.Cell.of(
            round.finishedAt().isPresent()
                ? result(round)
                : book.of("verification.round.going", round.done(), round.all())));
  }

  private String span(Round round) {
    return book.of(
        "verification.round.span.of",
        JapaneseDates.era(round.from()),
        JapaneseDates.era(round.until()));
  }

  private String result(Round round) {
    return book.of(
        "verification.round.result.of", round.valid(), round.invalid(), round.undecided());
  }

  /** One, with what is not simply valid. */
  ModelAndView show(Round round, List<Round.Line> troubled) {
    var path = PATH + "/" + round.id();
    var page =
        new ModelAndView(
            "web/sheet",
            "page",
            Sheet.of(span(round), crumbs(new Crumb(span(round), path)))
                .led(
                    Text.of(
                        round.finishedAt().isPresent()
                            ? "verification.round.done.lead"
                            : "verification.round.going.lead"))
                .warning(
                    round.invalid() + round.undecided() == 0
                        ? null
                        : Text.of(
                            "verification.round.warning",
                            String.valueOf(round.invalid() + round.undecided())))
                .with(
                    List.of(
                        Fact.of("verification.round.asked", JapaneseDates.time(round.askedAt())),
                        Fact.of(
                            "verification.round.count",
                            book.of("validity.count", "%,d".formatted(round.all()))),
                        Fact.of("verification.round.result", result(round))))
                .doing(
                    List.of(
                        Sheet.Action.link("verification.round.utf8", path + "/result.csv"),
                        Sheet.Action.link(
                            "verification.round.cp932", path + "/result.csv?letters=cp932")))
                .listing(
                    List.of(
                        new Sheet.Table(
                            Text.of("verification.round.troubled"),
                            List.of(
                                "verification.column.title",
                                "verification.column.concluded",
                                "verification.column.verdict",
                                "verification.column.reason"),
                            troubled.stream().map(this::row).toList(),
                            "verification.round.troubled.none"))));
    if (round.finishedAt().isEmpty()) {
      page.addObject(
          "progress",
          new Bar(
              "verification.round.going.heading",
              Math.max(1, round.all()),
              round.done(),
              book.of("verification.round.going", round.done(), round.all())));
    }
    return page;
  }

  private List<Sheet.Cell> row(Round.Line line) {
    return List.of(
        Sheet.Cell.link(line.title(), "/contracts/" + line.contract()).noted(line.number()),
        Sheet.Cell.of(JapaneseDates.time(line.concludedAt())),
        Sheet.Cell.of(csv.verdict(line)),
        Sheet.Cell.of(csv.reasons(line)));
  }

  private List<Crumb> crumbs(Crumb... more) {
    var crumbs =
        new ArrayList<>(
            words.crumbs(
                book.crumb("register.nav", "/register"),
                book.crumb("verification.round.title", PATH)));
    crumbs.addAll(List.of(more));
    return crumbs;
  }

  /** The form. */
  ModelAndView form(RoundController.Typed typed, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("verification.round.new"),
                    crumbs(book.crumb("verification.round.new", PATH + "/new")),
                    PATH,
                    List.of(
                        Field.required("idempotencyKey", "verification.round.new")
                            .drawn(Form.HIDDEN)
                            .with(typed.idempotencyKey()),
                        Field.required("from", "verification.from")
                            .drawn(Form.DAY)
                            .with(typed.from())
                            .hinted("verification.from.hint")
                            .wrong(wrong.get("from")),
                        Field.required("until", "verification.until")
                            .drawn(Form.DAY)
                            .with(typed.until())
                            .wrong(wrong.get("until"))),
                    "verification.round.submit",
                    PATH)
                .led(Text.of("verification.round.new.lead")));
    page.setStatus(status);
    return page;
  }
}
