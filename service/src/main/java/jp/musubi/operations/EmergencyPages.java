package jp.musubi.operations;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Component;

/** What operators and bodies see of emergencies. */
@Component
class EmergencyPages {
  static final String PATH = "/emergencies";

  private final Book book;
  private final Clock clock;

  EmergencyPages(Book book, Clock clock) {
    this.book = book;
    this.clock = clock;
  }

  /** Of all bodies, for operators: numbers of contracts, and no word of what is in them. */
  Sheet list(List<Emergencies.Of> all) {
    return Sheet.of(book.of("emergency.list"), crumbs())
        .led(Text.of("emergency.list.lead"))
        .doing(List.of(Sheet.Action.first("emergency.new", PATH + "/new")))
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("emergency.list"),
                    List.of(
                        "body.name",
                        "emergency.number",
                        "emergency.asker",
                        "emergency.askedAt",
                        "emergency.state"),
                    all.stream().map(this::row).toList(),
                    "emergency.none")));
  }

  private List<Sheet.Cell> row(Emergencies.Of of) {
    var emergency = of.emergency();
    return List.of(
        Sheet.Cell.of(of.body().name()),
        Sheet.Cell.link(emergency.contractNumber(), path(of)).noted(emergency.reference()),
        Sheet.Cell.of(emergency.asker().name()),
        Sheet.Cell.of(JapaneseDates.time(emergency.askedAt())),
        Sheet.Cell.of(state(emergency)));
  }

  /** One of them, for operators. */
  Sheet show(Emergencies.Of of, StaffMember reader) {
    var emergency = of.emergency();
    var state = emergency.state(clock.instant());
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("body.name", of.body().name()));
    facts.addAll(facts(emergency));
    return Sheet.of(title(of), crumbs(new Crumb(title(of), path(of))))
        .led(Text.of("emergency.lead." + state))
        .with(facts)
        .doing(actions(of, state, reader));
  }

  private static List<Sheet.Action> actions(
      Emergencies.Of of, Emergency.State state, StaffMember reader) {
    var mine = of.emergency().asker().id().equals(reader.id());
    var path = path(of);
    return switch (state) {
      case ASKED ->
          mine
              ? List.of(Sheet.Action.press("emergency.withdraw", path + "/end", Map.of()))
              : List.of(
                  Sheet.Action.press("emergency.approve", path + "/approval", Map.of()),
                  Sheet.Action.press("emergency.decline", path + "/end", Map.of()));
      case OPEN ->
          mine
              ? List.of(
                  Sheet.Action.first("emergency.look", path + "/contract"),
                  Sheet.Action.press("emergency.end", path + "/end", Map.of()))
              : List.of(Sheet.Action.press("emergency.end", path + "/end", Map.of()));
      case LAPSED, OVER, ENDED -> List.of();
    };
  }

  /** The contract itself, read-only. */
  Sheet contract(Emergencies.Of of, Particulars contract) {
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("contract.title", contract.title()));
    facts.add(Fact.of("emergency.number", contract.number()));
    facts.add(Fact.of("audit.history.state", book.of("audit.state." + contract.state())));
    facts.add(
        Fact.of(
            "contract.amount",
            contract.amount().isPresent() ? Yen.format(contract.amount().getAsLong()) : "—"));
    facts.add(
        Fact.of(
            "contract.contractDate", contract.contractDate().map(JapaneseDates::era).orElse("—")));
    facts.add(
        Fact.of(
            "audit.bundle.concluded", contract.concludedAt().map(JapaneseDates::time).orElse("—")));
    facts.add(
        Fact.of(
            "emergency.parties",
            contract.parties().stream().map(Party::signature).collect(Collectors.joining("、"))));
    facts.add(Fact.of("emergency.sha256", contract.currentFile().hex()));
    return Sheet.of(
            contract.title(),
            crumbs(
                new Crumb(title(of), path(of)),
                new Crumb(contract.title(), path(of) + "/contract")))
        .led(
            Text.of(
                "emergency.contract.lead",
                JapaneseDates.time(
                    java.util.Objects.requireNonNull(of.emergency().approval()).until())))
        .with(facts)
        .doing(List.of(Sheet.Action.first("emergency.document", path(of) + "/document.pdf")));
  }

  /** Of the reader's own body, for its administrators. */
  Sheet ofBody(List<Emergency> all) {
    var now = clock.instant();
    var open =
        all.stream()
            .filter(each -> each.refusesEnd(now).isEmpty())
            .map(each -> each.contractNumber())
            .collect(Collectors.joining("、"));
    return Sheet.of(
            book.of("emergency.body"),
            List.of(
                book.crumb("people.crumb.home", "/"),
                book.crumb("emergency.body", EmergencyAccessController.PATH)))
        .led(Text.of("emergency.body.lead"))
        .warning(open.isEmpty() ? null : Text.of("emergency.body.open", open))
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("emergency.body"),
                    List.of(
                        "emergency.number",
                        "emergency.reason",
                        "emergency.operators",
                        "emergency.state",
                        "people.action"),
                    all.stream().map(each -> bodyRow(each)).toList(),
                    "emergency.body.none")));
  }

  private List<Sheet.Cell> bodyRow(Emergency emergency) {
    var approval = emergency.approval();
    var ending = emergency.ending();
    return List.of(
        Sheet.Cell.link(emergency.contractNumber(), "/contracts/" + emergency.contract())
            .noted(JapaneseDates.time(emergency.askedAt())),
        Sheet.Cell.of(emergency.reason()).noted(emergency.reference()),
        Sheet.Cell.of(
            approval == null
                ? emergency.asker().name()
                : emergency.asker().name() + "、" + approval.by().name()),
        Sheet.Cell.of(state(emergency))
            .noted(
                ending != null
                    ? ending.by() + " " + JapaneseDates.time(ending.at())
                    : approval == null
                        ? null
                        : book.of("emergency.until", JapaneseDates.time(approval.until()))),
        emergency.refusesEnd(clock.instant()).isEmpty()
            ? Sheet.Cell.of(
                Sheet.Action.press(
                    "emergency.body.end",
                    EmergencyAccessController.PATH + "/" + emergency.id() + "/end",
                    Map.of()))
            : Sheet.Cell.of(""));
  }

  private List<Fact> facts(Emergency emergency) {
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("emergency.number", emergency.contractNumber()));
    facts.add(Fact.of("emergency.state", state(emergency)));
    facts.add(Fact.of("emergency.reason", emergency.reason()));
    facts.add(Fact.of("emergency.reference", emergency.reference()));
    facts.add(
        Fact.of("emergency.hours", book.of("emergency.hours.of", emergency.length().toHours())));
    facts.add(
        new Fact(
            "emergency.asker", emergency.asker().name(), JapaneseDates.time(emergency.askedAt())));
    var approval = emergency.approval();
    if (approval != null) {
      facts.add(
          new Fact("emergency.approver", approval.by().name(), JapaneseDates.time(approval.at())));
      facts.add(Fact.of("emergency.openUntil", JapaneseDates.time(approval.until())));
    }
    var ending = emergency.ending();
    if (ending != null) {
      facts.add(
          new Fact(
              "emergency.endedBy",
              book.of("emergency.side." + ending.side(), ending.by()),
              JapaneseDates.time(ending.at())));
    }
    return facts;
  }

  private String state(Emergency emergency) {
    return book.of("emergency.state." + emergency.state(clock.instant()));
  }

  private String title(Emergencies.Of of) {
    return book.of("emergency.of", of.body().name(), of.emergency().contractNumber());
  }

  static String path(Emergencies.Of of) {
    return PATH + "/" + of.body().id() + "/" + of.emergency().id();
  }

  /** The way to a page below the list. */
  List<Crumb> crumbs(Crumb... more) {
    var crumbs = new ArrayList<Crumb>();
    crumbs.add(book.crumb("people.crumb.home", "/"));
    crumbs.add(book.crumb("emergency.list", PATH));
    crumbs.addAll(List.of(more));
    return crumbs;
  }
}
