package jp.musubi.mandate;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.FileSize;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The pages about 委任, as they are read. */
@Component
class MandateSheets {
  private final MandateRules rules;
  private final MandateWords words;
  private final Organisations organisations;
  private final Book book;

  MandateSheets(MandateRules rules, MandateWords words, Organisations organisations, Book book) {
    this.rules = rules;
    this.words = words;
    this.organisations = organisations;
    this.book = book;
  }

  /** The way from home over the list. */
  List<Crumb> crumbs(Crumb... further) {
    return Stream.concat(
            Stream.of(
                book.crumb("people.crumb.home", "/"),
                book.crumb("supplier.list", "/suppliers"),
                book.crumb("mandate.list", "/mandates")),
            Stream.of(further))
        .toList();
  }

  /** Several, each a line. */
  Sheet.Table table(Text caption, List<Mandate> mandates, boolean holders, String empty) {
    var columns = new ArrayList<String>();
    columns.add("mandate.agent");
    if (holders) {
      columns.add("mandate.holder");
    }
    columns.addAll(
        List.of("mandate.principal", "mandate.scope", "mandate.until", "mandate.standing"));
    return new Sheet.Table(
        caption, columns, mandates.stream().map(each -> row(each, holders)).toList(), empty);
  }

  private List<Sheet.Cell> row(Mandate mandate, boolean holders) {
    var said = mandate.said();
    var cells = new ArrayList<Sheet.Cell>();
    cells.add(
        Sheet.Cell.link(said.agent().name(), "/mandates/" + mandate.id())
            .noted(blankToNull(said.agent().position())));
    if (holders) {
      cells.add(Sheet.Cell.link(mandate.holder().name(), "/suppliers/" + mandate.holder().id()));
    }
    cells.add(
        Sheet.Cell.of(said.principal().printed())
            .noted(mandate.isSubstitute() ? book.of("mandate.substitute") : null));
    cells.add(
        Sheet.Cell.of(
                said.scope().single().isEmpty() ? words.kinds(said.scope()) : said.scope().single())
            .noted(words.most(said.scope())));
    cells.add(
        Sheet.Cell.of(JapaneseDates.date(said.scope().until())).noted(words.paper(said.paper())));
    cells.add(Sheet.Cell.of(standing(mandate)));
    return cells;
  }

  /** 使えます, あと20日, 期間が過ぎました, 解任・撤回. */
  String standing(Mandate mandate) {
    var today = organisations.today();
    var scope = mandate.said().scope();
    if (mandate.end().isPresent()) {
      return book.of("mandate.standing.ended", JapaneseDates.date(mandate.end().get().on()));
    }
    if (!mandate.holder().live()) {
      return book.of("mandate.standing.holder");
    }
    if (scope.until().isBefore(today)) {
      return book.of("mandate.standing.over");
    }
    if (scope.from().isAfter(today)) {
      return book.of("mandate.standing.coming", JapaneseDates.date(scope.from()));
    }
    return mandate.endsWithin(rules.current().noticeDays(), today)
        ? book.of(
            "mandate.standing.ending",
            String.valueOf(ChronoUnit.DAYS.between(today, scope.until())))
        : book.of("mandate.standing.live");
  }

  /** One, with its history. */
  Sheet page(MandateRegister.Whole whole, boolean mayChange) {
    var own = whole.chain().own();
    var path = "/mandates/" + own.id();
    var name = own.said().agent().printed();
    return Sheet.of(name, crumbs(new Crumb(name, path)))
        .led(Text.of("mandate.page.lead", own.holder().name()))
        .warning(
            own.end()
                .map(end -> Text.of("mandate.hasEnded", JapaneseDates.date(end.on()), end.reason()))
                .orElse(null))
        .doing(actions(own, mayChange))
        .with(facts(whole))
        .listing(
            List.of(
                versions(whole),
                table(Text.of("mandate.below"), whole.below(), false, "mandate.below.none")));
  }

  private static List<Sheet.Action> actions(Mandate own, boolean mayChange) {
    var path = "/mandates/" + own.id();
    var base = "/suppliers/%s/mandates/new".formatted(own.holder().id());
    var actions = new ArrayList<Sheet.Action>();
    if (mayChange && own.holder().live()) {
      actions.add(Sheet.Action.first("mandate.takeOver", base + "?from=" + own.id()));
      if (own.end().isEmpty() && Coverage.mayAppoint(own)) {
        actions.add(Sheet.Action.link("mandate.substitute.new", base + "?parent=" + own.id()));
      }
    }
    if (mayChange && own.end().isEmpty()) {
      actions.add(Sheet.Action.link("mandate.correct", path + "/correction"));
      actions.add(Sheet.Action.link("mandate.end", path + "/end"));
    }
    return actions;
  }

  private List<Fact> facts(MandateRegister.Whole whole) {
    var own = whole.chain().own();
    var said = own.said();
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("mandate.standing", standing(own)));
    facts.add(Fact.of("mandate.holder", own.holder().name()));
    facts.add(Fact.of("mandate.principal", said.principal().printed()));
    whole
        .chain()
        .parent()
        .ifPresent(parent ->
            facts.add(
                new Fact(
                    "mandate.parent",
                    parent.said().principal().printed() + " → " + parent.said().agent().printed(),
                    standing(parent))));
    facts.add(new Fact("mandate.agent", said.agent().printed(), said.agent().mail()));
    facts.add(Fact.of("mandate.powers", words.powers(said.scope())));
    facts.add(Fact.of("mandate.kinds", words.kinds(said.scope())));
    facts.add(Fact.of("mandate.most", words.most(said.scope())));
    facts.add(
        Fact.of(
            "mandate.single",
            said.scope().single().isEmpty()
                ? book.of("mandate.single.none")
                : said.scope().single()));
    facts.add(Fact.of("mandate.lasts", words.period(said.scope())));
    facts.add(new Fact("mandate.paper", words.paper(said.paper()), said.paper().sha256().hex()));
    facts.add(Fact.of("mandate.used", book.of("mandate.used.count", whole.used())));
    return facts;
  }

  private Sheet.Table versions(MandateRegister.Whole whole) {
    var path = "/mandates/%s/papers/".formatted(whole.chain().own().id());
    return new Sheet.Table(
        Text.of("mandate.versions"),
        List.of("mandate.version", "mandate.paper.file", "mandate.version.by", "mandate.reason"),
        whole.versions().stream()
            .map(each ->
                List.of(
                    Sheet.Cell.of(book.of("mandate.version.number", each.version())),
                    Sheet.Cell.link(each.said().paper().name(), path + each.version() + ".pdf")
                        .noted(
                            FileSize.words(each.said().paper().bytes())
                                + "　"
                                + words.period(each.said().scope())),
                    Sheet.Cell.of(each.by()).noted(JapaneseDates.time(each.at())),
                    Sheet.Cell.of(
                        each.reason().isEmpty() ? book.of("mandate.first") : each.reason())))
            .toList(),
        "mandate.none");
  }

  private static @Nullable String blankToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
