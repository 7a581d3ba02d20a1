package jp.musubi.approval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Chip;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tables of approvals: what waits for somebody, and what became of a bulk approval. */
@Component
@Transactional(readOnly = true)
class ApprovalLines {
  /** As many as are shown and approved at once. */
  static final int MOST = 200;

  private final ApprovalReading approvals;
  private final Contracts contracts;
  private final People people;
  private final ContractFacts facts;
  private final Organisations organisations;
  private final Book book;

  ApprovalLines(
      ApprovalReading approvals,
      Contracts contracts,
      People people,
      ContractFacts facts,
      Organisations organisations,
      Book book) {
    this.approvals = approvals;
    this.contracts = contracts;
    this.people = people;
    this.facts = facts;
    this.organisations = organisations;
    this.book = book;
  }

  /**
   * One that waits.
   *
   * @param exception why it wants a look of its own first; null where nothing is to be said
   * @param tickable whether it can be approved
   */
  record Line(
      String approval,
      String path,
      String number,
      String title,
      String clerk,
      String counterparty,
      String amount,
      String askedAt,
      Chip comparison,
      @Nullable Text exception,
      boolean tickable) {}

  /** The table, exceptions first. */
  record Page(
      List<Crumb> crumbs,
      List<Line> exceptions,
      List<Line> lines,
      String key,
      @Nullable Text refusal) {}

  /** What became of one. */
  record Answer(String path, String number, String title, boolean done, Text words) {}

  /** What became of all. */
  record Answers(List<Crumb> crumbs, int done, List<Answer> refused, List<Answer> approved) {}

  Page waitingFor(StaffMember approver, @Nullable Text refusal) {
    var exceptions = new ArrayList<Line>();
    var plain = new ArrayList<Line>();
    for (var stored : approvals.awaiting(approver.id(), organisations.today(), MOST)) {
      if (stored.value() instanceof Approval.UnderWay waiting) {
        var line = line(stored, waiting, approver);
        (line.exception() == null ? plain : exceptions).add(line);
      }
    }
    return new Page(crumbs(), exceptions, plain, UUID.randomUUID().toString(), refusal);
  }

  Answers answers(Map<UUID, Optional<Objection>> answers) {
    var all = new ArrayList<Answer>();
    answers.forEach((id, objection) -> {
      var contract = contracts.get(approvals.find(id).contract());
      all.add(
          new Answer(
              "/contracts/" + contract.id() + "/approval",
              contract.number(),
              contract.title(),
              objection.isEmpty(),
              objection
                  .map(why -> Text.of("approval.objection." + why))
                  .orElseGet(() -> Text.of("approval.done.approved"))));
    });
    all.sort(Comparator.comparing(Answer::number));
    var byDone = all.stream().collect(Collectors.partitioningBy(Answer::done));
    return new Answers(
        crumbs(),
        byDone.getOrDefault(true, List.of()).size(),
        byDone.getOrDefault(false, List.of()),
        byDone.getOrDefault(true, List.of()));
  }

  private Line line(ApprovalStore.Stored stored, Approval.UnderWay waiting, StaffMember approver) {
    var contract = contracts.get(stored.contract());
    var comparison = waiting.asked().decided().comparison();
    var objection = objection(waiting, contract, approver);
    return new Line(
        waiting.asked().id().toString(),
        "/contracts/" + contract.id() + "/approval",
        contract.number(),
        contract.title(),
        people.name(contract.clerkId()),
        contract.parties(Party.Kind.COUNTERPARTY).stream()
            .map(Party::signature)
            .collect(Collectors.joining("、")),
        facts.amount(contract.amount()),
        JapaneseDates.time(stored.askedAt()),
        ApprovalChips.comparison(comparison),
        exception(objection, comparison),
        objection.isEmpty());
  }

  private static @Nullable Text exception(
      Optional<Objection> objection, Decided.Comparison comparison) {
    if (objection.isPresent()) {
      return Text.of("approval.objection." + objection.get());
    }
    return comparison == Decided.Comparison.NOT_COMPARED
        ? Text.of("approval.exception.notCompared")
        : null;
  }

  private Optional<Objection> objection(
      Approval.UnderWay waiting, Particulars contract, StaffMember approver) {
    return waiting
        .refuses(approver.id(), people.house(waiting, contract))
        .or(() ->
            waiting.asked().decided().comparison() == Decided.Comparison.DIFFERENT
                ? Optional.of(Objection.DIFFERS_FROM_DECIDED)
                : Optional.empty());
  }

  private List<Crumb> crumbs() {
    return List.of(
        book.crumb("contract.crumb.home", "/"), book.crumb("approval.list", "/approvals"));
  }
}
