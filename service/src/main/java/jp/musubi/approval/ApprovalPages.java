package jp.musubi.approval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Role;
import jp.musubi.authority.Target;
import jp.musubi.contract.Particulars;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts the page of an approval together. */
@Component
@Transactional(readOnly = true)
class ApprovalPages {
  private final ApprovalGate gate;
  private final People people;
  private final Routes routes;
  private final ContractFacts facts;
  private final Organisations organisations;
  private final Book book;

  ApprovalPages(
      ApprovalGate gate,
      People people,
      Routes routes,
      ContractFacts facts,
      Organisations organisations,
      Book book) {
    this.gate = gate;
    this.people = people;
    this.routes = routes;
    this.facts = facts;
    this.organisations = organisations;
    this.book = book;
  }

  ApprovalPage of(
      Particulars contract,
      Optional<ApprovalStore.Stored> stored,
      StaffMember reader,
      @Nullable Text refusal,
      Field comment) {
    var path = "/contracts/" + contract.id();
    return new ApprovalPage(
        path + "/approval",
        path,
        contract.title(),
        contract.number(),
        crumbs(contract),
        ApprovalChips.of(stored.map(ApprovalStore.Stored::value)),
        now(contract, stored),
        refusal,
        facts.of(contract),
        stored
            .map(s -> ApprovalChips.comparison(s.value().asked().decided().comparison()))
            .orElse(null),
        stored.map(s -> decided(s.value().asked())).orElse(List.of()),
        stored.map(s -> steps(s.value(), contract)).orElse(List.of()),
        doing(contract, stored, reader, comment),
        IntStream.rangeClosed(1, contract.pages()).mapToObj(ApprovalPage.Sheet::new).toList());
  }

  /** The way to an approval's page. */
  List<Crumb> crumbs(Particulars contract) {
    var path = "/contracts/" + contract.id();
    return List.of(
        book.crumb("contract.crumb.home", "/"),
        book.crumb("contract.list.heading", "/contracts"),
        new Crumb(contract.title(), path),
        book.crumb("approval.title", path + "/approval"));
  }

  /** The reason's field of 差戻し. */
  static Field comment(@Nullable String typed, @Nullable Text wrong) {
    return Field.required("comment", "approval.comment")
        .hinted("approval.comment.hint")
        .drawn(Form.LINES)
        .with(typed)
        .wrong(wrong);
  }

  private Text now(Particulars contract, Optional<ApprovalStore.Stored> stored) {
    if (stored.isEmpty()) {
      return gate.refusesSending(contract).isPresent() && contract.state().equals("DRAFT")
          ? Text.of("approval.now.missing")
          : Text.of("approval.now.none");
    }
    return switch (stored.get().value()) {
      case Approval.UnderWay a ->
          Text.of(
              "approval.now.UNDER_WAY",
              people.name(a.asked().clerk()),
              JapaneseDates.time(stored.get().askedAt()),
              String.valueOf(a.current() + 1));
      case Approval.Approved a -> Text.of("approval.now.APPROVED", JapaneseDates.time(a.at()));
      case Approval.Returned a ->
          Text.of(
              "approval.now.RETURNED",
              people.name(a.by()),
              JapaneseDates.time(a.at()),
              a.comment());
      case Approval.Rerouted a ->
          Text.of("approval.now.REROUTED", people.name(a.by()), JapaneseDates.time(a.at()));
      case Approval.Recalled a ->
          Text.of("approval.now.RECALLED", people.name(a.by()), JapaneseDates.time(a.at()));
    };
  }

  private List<Fact> decided(Approval.Asked asked) {
    var decided = asked.decided();
    var none = book.of("approval.none");
    return List.of(
        Fact.of("approval.number", decided.number().isEmpty() ? none : decided.number()),
        Fact.of("approval.day", decided.day().map(JapaneseDates::date).orElse(none)),
        new Fact(
            "approval.digest",
            decided.digest().map(Object::toString).orElse(none),
            book.of("approval.comparison." + decided.comparison() + ".text")),
        Fact.of("approval.document", asked.subject().document().hex()));
  }

  private List<ApprovalPage.StepLine> steps(Approval approval, Particulars contract) {
    var seats = people.house(approval, contract).seats();
    var current = approval instanceof Approval.UnderWay a ? a.current() : -1;
    var lines = new ArrayList<ApprovalPage.StepLine>();
    for (var at = 0; at < approval.asked().steps().size(); at++) {
      var step = approval.asked().steps().get(at);
      for (var post : step.posts()) {
        lines.add(
            new ApprovalPage.StepLine(
                at + 1,
                RouteWords.rule(step),
                people.post(post),
                holders(seats, post),
                given(approval, at, post),
                at == current));
      }
    }
    return lines;
  }

  private String holders(Seats seats, UUID post) {
    var holders = seats.holdersOf(post);
    if (holders.isEmpty()) {
      return book.of("approval.vacant");
    }
    return holders.stream()
        .map(holder ->
            seats.standIns().stream()
                .filter(standIn -> standIn.principal().equals(holder))
                .findFirst()
                .map(s ->
                    book.of("approval.withDeputy", people.name(holder), people.name(s.deputy())))
                .orElseGet(() -> people.name(holder)))
        .sorted()
        .collect(Collectors.joining("、"));
  }

  private String given(Approval approval, int at, UUID post) {
    return approval.given().stream()
        .filter(consent -> consent.step() == at && consent.post().equals(post))
        .findFirst()
        .map(consent -> {
          var by = people.name(consent.by());
          var when = JapaneseDates.time(consent.at());
          return consent
              .instead()
              .map(holder -> book.of("approval.givenInstead", by, people.name(holder), when))
              .orElseGet(() -> book.of("approval.given", by, when));
        })
        .orElse("");
  }

  private ApprovalPage.Doing doing(
      Particulars contract,
      Optional<ApprovalStore.Stored> stored,
      StaffMember reader,
      Field comment) {
    var place = new Target(organisations.pathOf(contract.sectionId()), Set.of());
    var handles = Authorisation.reach(reader, Act.HANDLE_CONTRACT).covers(place);
    var draft = contract.state().equals("DRAFT");
    var waiting =
        stored
            .map(ApprovalStore.Stored::value)
            .filter(Approval.UnderWay.class::isInstance)
            .map(Approval.UnderWay.class::cast);
    var turn =
        waiting
            .filter(_ -> reader.may(Role.APPROVER))
            .filter(a -> a.refuses(reader.id(), people.house(a, contract)).isEmpty());
    var same = turn.filter(a -> a.asked().decided().comparison() != Decided.Comparison.DIFFERENT);
    var mayAsk =
        handles
            && draft
            && waiting.isEmpty()
            && contract.prepared().isPresent()
            && contract.deadline().isPresent()
            && gate.refusesSending(contract).isPresent()
            && routes.chosenFor(contract).isPresent();
    return new ApprovalPage.Doing(
        stored.map(s -> s.value().asked().id().toString()).orElse(null),
        same.isPresent(),
        turn.isPresent(),
        handles && waiting.isPresent(),
        turn.map(a -> instead(a, reader, contract)).orElse(""),
        mayAsk ? "/contracts/" + contract.id() + "/approval/request" : null,
        waiting.isPresent() && reader.may(Role.BODY_ADMIN)
            ? "/contracts/" + contract.id() + "/approval/route"
            : null,
        UUID.randomUUID().toString(),
        UUID.randomUUID().toString(),
        UUID.randomUUID().toString(),
        comment);
  }

  private String instead(Approval.UnderWay approval, StaffMember reader, Particulars contract) {
    var house = people.house(approval, contract);
    return approval.awaited().stream()
        .flatMap(post -> house.seats().seatOf(reader.id(), post, Set.of()).stream())
        .flatMap(seat -> seat.instead().stream())
        .map(people::name)
        .distinct()
        .collect(Collectors.joining("、"));
  }
}
