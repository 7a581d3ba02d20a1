package jp.musubi.disposal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The words of the pages about disposal. */
@Component
class DisposalPages {
  static final String PATH = "/disposal";

  private final Disposals disposals;
  private final Organisations organisations;
  private final Book book;

  DisposalPages(Disposals disposals, Organisations organisations, Book book) {
    this.disposals = disposals;
    this.organisations = organisations;
    this.book = book;
  }

  /**
   * A contract as a line.
   *
   * @param cautions what else there is to know before it is disposed of
   */
  record Line(
      String id,
      String path,
      String number,
      String title,
      String counterparties,
      String ended,
      String keeping,
      String until,
      List<Text> cautions,
      @Nullable String files,
      boolean picked) {}

  /** One contract; {@code files} where they are listed. */
  Line line(
      Candidate of, @Nullable List<RecordStore.Stored> files, boolean picked, StaffMember reader) {
    return new Line(
        of.id().toString(),
        "/contracts/" + of.id(),
        of.number(),
        of.title(),
        of.counterparties(),
        of.periodUntil()
            .or(of::contractDate)
            .map(JapaneseDates::era)
            .or(() -> of.concludedAt().map(JapaneseDates::date))
            .orElse("—"),
        of.keepingYears().isPresent()
            ? book.of("disposal.years", of.keepingYears().getAsInt())
            : "—",
        of.keptUntil().map(JapaneseDates::era).orElse("—"),
        cautions(of, reader),
        files == null
            ? null
            : book.of(
                "disposal.files",
                files.size(),
                files.stream().mapToLong(RecordStore.Stored::bytes).sum()),
        picked);
  }

  private List<Text> cautions(Candidate of, StaffMember reader) {
    var cautions = new ArrayList<Text>();
    of.refuses(organisations.today())
        .filter(_ -> of.isKept())
        .ifPresent(refusal -> cautions.add(Text.of("disposal.caution." + refusal)));
    var referring = disposals.known(of.referring(), reader);
    if (!referring.isEmpty()) {
      cautions.add(Text.of("disposal.caution.referring", String.join("、", referring)));
    }
    if (of.renews()) {
      cautions.add(Text.of("disposal.caution.renews"));
    }
    if (of.isPromised(organisations.today())) {
      cautions.add(
          Text.of(
              "disposal.caution.promised",
              JapaneseDates.era(of.readableUntil().orElseThrow().minusDays(1))));
    }
    return cautions;
  }

  /** The proposals, as a table below the list. */
  Sheet.Table proposals(List<Proposal> all) {
    return new Sheet.Table(
        Text.of("disposal.proposals"),
        List.of(
            "disposal.proposedAt",
            "disposal.contracts",
            "disposal.reason",
            "disposal.proposer",
            "disposal.outcome"),
        all.stream().map(this::row).toList(),
        "disposal.proposals.none");
  }

  private List<Sheet.Cell> row(Proposal of) {
    return List.of(
        Sheet.Cell.link(JapaneseDates.time(of.proposedAt()), path(of)),
        Sheet.Cell.of(book.of("disposal.count", of.contracts())),
        Sheet.Cell.of(of.reason()),
        Sheet.Cell.of(of.proposedName()),
        outcome(of));
  }

  private Sheet.Cell outcome(Proposal of) {
    var decision = of.decision();
    return decision == null
        ? Sheet.Cell.of(book.of("disposal.outcome.OPEN"))
        : Sheet.Cell.of(
                book.of("disposal.outcome." + decision.outcome())
                    + decision.reason().map(reason -> "：" + reason).orElse(""))
            .noted(decision.name() + " " + JapaneseDates.time(decision.at()));
  }

  /** One proposal. */
  Sheet proposal(Disposals.Shown shown, StaffMember reader) {
    var of = shown.proposal();
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("disposal.reason", of.reason()));
    facts.add(
        new Fact("disposal.proposer", of.proposedName(), JapaneseDates.time(of.proposedAt())));
    var outcome = outcome(of);
    facts.add(new Fact("disposal.outcome", outcome.text(), outcome.note()));
    var mine = of.proposedBy().equals(reader.id());
    var actions = new ArrayList<Sheet.Action>();
    if (of.isOpen()) {
      if (!mine && Act.CONFIRM_DISPOSAL.roles().stream().anyMatch(reader::may)) {
        actions.add(Sheet.Action.first("disposal.toConfirmation", path(of) + "/confirmation"));
      }
      actions.add(
          Sheet.Action.link(mine ? "disposal.takeBack" : "disposal.return", path(of) + "/return"));
    }
    return Sheet.of(book.of("disposal.proposal"), crumbs(new Crumb(title(of), path(of))))
        .led(Text.of(of.isOpen() && mine ? "disposal.proposal.mine" : "disposal.proposal.lead"))
        .with(facts)
        .doing(actions)
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("disposal.contracts"),
                    List.of(
                        "disposal.number",
                        "contract.title",
                        "contract.counterparty",
                        "disposal.until",
                        "disposal.cautions"),
                    shown.items().stream().map(item -> row(item, reader)).toList(),
                    "disposal.none")));
  }

  private List<Sheet.Cell> row(Disposals.Item item, StaffMember reader) {
    var line = line(item.contract(), item.files(), false, reader);
    return List.of(
        Sheet.Cell.link(line.number(), line.path()),
        Sheet.Cell.of(line.title()),
        Sheet.Cell.of(line.counterparties()),
        Sheet.Cell.of(line.until()).noted(line.keeping()),
        Sheet.Cell.of(
                line.cautions().stream()
                    .map(caution -> book.of(caution.key(), caution.arguments()))
                    .collect(Collectors.joining(" ")))
            .noted(line.files()));
  }

  /** Why it could not be done. */
  Text words(Refused refused) {
    return Text.of("disposal.refusal." + refused.refusal(), refused.number());
  }

  String title(Proposal of) {
    return book.of("disposal.proposal.of", JapaneseDates.date(of.proposedAt()));
  }

  static String path(Proposal of) {
    return PATH + "/proposals/" + of.id();
  }

  /** The way to a page below the list. */
  List<Crumb> crumbs(Crumb... more) {
    var crumbs = new ArrayList<Crumb>();
    crumbs.add(book.crumb("people.crumb.home", "/"));
    crumbs.add(book.crumb("disposal.nav", PATH));
    crumbs.addAll(List.of(more));
    return crumbs;
  }
}
