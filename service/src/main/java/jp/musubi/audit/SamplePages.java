package jp.musubi.audit;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.musubi.authority.Role;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What auditors and administrators see of samples. */
@Component
class SamplePages {
  static final String PATH = "/audit/samples";

  private final Book book;
  private final Clock clock;

  SamplePages(Book book, Clock clock) {
    this.book = book;
    this.clock = clock;
  }

  Sheet list(List<Sample> samples, SignedInStaff reader) {
    var now = clock.instant();
    var waiting = samples.stream().filter(each -> each.state(now) == Sample.State.WAITING).count();
    var admin = reader.may(Role.BODY_ADMIN);
    return Sheet.of(book.of("audit.samples"), crumbs())
        .led(Text.of(admin ? "audit.samples.lead.admin" : "audit.samples.lead.auditor"))
        .warning(
            admin && waiting > 0 ? Text.of("audit.samples.waiting", String.valueOf(waiting)) : null)
        .doing(
            reader.may(Role.AUDITOR)
                ? List.of(Sheet.Action.first("audit.samples.new", PATH + "/new"))
                : List.of())
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("audit.samples"),
                    List.of(
                        "audit.sample.purpose",
                        "audit.sample.auditor",
                        "audit.sample.drawnAt",
                        "audit.sample.contracts",
                        "audit.sample.state"),
                    samples.stream().map(each -> row(each, now)).toList(),
                    admin ? "audit.samples.none.admin" : "audit.samples.none.auditor")));
  }

  private List<Sheet.Cell> row(Sample sample, Instant now) {
    var opening = sample.opening();
    return List.of(
        Sheet.Cell.link(sample.purpose(), PATH + "/" + sample.id()),
        Sheet.Cell.of(sample.auditorName()),
        Sheet.Cell.of(JapaneseDates.time(sample.drawnAt())),
        Sheet.Cell.of(book.of("body.contracts", sample.contracts())),
        Sheet.Cell.of(book.of("audit.sample.state." + sample.state(now)))
            .noted(opening == null ? null : period(opening)));
  }

  Sheet show(Sample sample, List<Ledger.Drawn> drawn, SignedInStaff reader) {
    var state = sample.state(clock.instant());
    var linked =
        reader.may(Role.BODY_ADMIN)
            || (state == Sample.State.OPEN && sample.auditor().equals(reader.id()));
    return Sheet.of(sample.purpose(), crumbs(new Crumb(sample.purpose(), PATH + "/" + sample.id())))
        .led(Text.of("audit.sample.lead." + state))
        .with(facts(sample, state))
        .doing(actions(sample, state, reader))
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("audit.bundle.contracts"),
                    List.of(
                        "audit.history.number",
                        "contract.title",
                        "audit.bundle.concluded",
                        "contract.amount"),
                    drawn.stream().map(each -> row(each, linked)).toList(),
                    "audit.bundle.none")));
  }

  private List<Fact> facts(Sample sample, Sample.State state) {
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("audit.sample.state", book.of("audit.sample.state." + state)));
    facts.add(Fact.of("audit.sample.auditor", sample.auditorName()));
    facts.add(Fact.of("audit.sample.drawnAt", JapaneseDates.time(sample.drawnAt())));
    facts.add(
        Fact.of(
            "audit.sample.method",
            book.of(
                sample.seed() == null ? "audit.sample.picked" : "audit.sample.lot",
                sample.candidates(),
                sample.contracts())));
    if (sample.seed() != null) {
      facts.add(Fact.of("audit.bundle.seed", sample.seed()));
    }
    var opening = sample.opening();
    if (opening != null) {
      facts.add(Fact.of("audit.sample.period", period(opening)));
      facts.add(new Fact("audit.sample.openedBy", opening.by(), JapaneseDates.time(opening.at())));
    }
    var ending = sample.ending();
    if (ending != null) {
      facts.add(new Fact("audit.sample.endedBy", ending.by(), JapaneseDates.time(ending.at())));
    }
    return facts;
  }

  private static List<Sheet.Action> actions(
      Sample sample, Sample.State state, SignedInStaff reader) {
    var path = PATH + "/" + sample.id();
    var actions = new ArrayList<Sheet.Action>();
    if (state == Sample.State.OPEN) {
      actions.add(Sheet.Action.first("audit.bundle.take", path + "/bundle.zip"));
    }
    if (reader.may(Role.BODY_ADMIN)) {
      switch (state) {
        case WAITING -> {
          actions.add(Sheet.Action.first("audit.sample.open", path + "/opening"));
          actions.add(Sheet.Action.press("audit.sample.decline", path + "/end", Map.of()));
        }
        case TO_COME, OPEN ->
            actions.add(Sheet.Action.press("audit.sample.end", path + "/end", Map.of()));
        case OVER, DECLINED, ENDED -> {}
      }
    }
    return actions;
  }

  /** For how long to open it, as typed so far. */
  Form opening(
      Sample sample,
      @Nullable String from,
      @Nullable String last,
      Map<String, Text> wrong,
      @Nullable Text refusal) {
    var path = PATH + "/" + sample.id();
    return Form.of(
            book.of("audit.sample.open"),
            crumbs(
                new Crumb(sample.purpose(), path),
                book.crumb("audit.sample.open", path + "/opening")),
            path + "/opening",
            List.of(
                Field.required("from", "audit.sample.from")
                    .drawn(Form.DAY)
                    .hinted("audit.day.hint")
                    .with(from)
                    .wrong(wrong.get("from")),
                Field.required("last", "audit.sample.last")
                    .drawn(Form.DAY)
                    .hinted("audit.sample.last.hint")
                    .with(last)
                    .wrong(wrong.get("last"))),
            "audit.sample.open.submit",
            path)
        .led(
            Text.of(
                "audit.sample.open.lead", sample.auditorName(), String.valueOf(sample.contracts())))
        .refused(refusal);
  }

  private static List<Sheet.Cell> row(Ledger.Drawn drawn, boolean linked) {
    return List.of(
        Sheet.Cell.of(drawn.number()),
        linked
            ? Sheet.Cell.link(drawn.title(), "/contracts/" + drawn.id())
            : Sheet.Cell.of(drawn.title()),
        Sheet.Cell.of(JapaneseDates.time(drawn.concludedAt())),
        Sheet.Cell.of(drawn.amount() == null ? "—" : Yen.format(drawn.amount())));
  }

  private static String period(Sample.Opening opening) {
    return JapaneseDates.time(opening.from()) + "〜" + JapaneseDates.time(opening.until());
  }

  /** The way to a page below the list. */
  List<Crumb> crumbs(Crumb... more) {
    var crumbs = new ArrayList<Crumb>();
    crumbs.add(book.crumb("contract.crumb.home", "/"));
    crumbs.add(book.crumb("audit.samples", PATH));
    crumbs.addAll(List.of(more));
    return crumbs;
  }
}
