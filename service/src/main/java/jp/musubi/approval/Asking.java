package jp.musubi.approval;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.Idempotency;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 承認を求める. From here on the draft stays as it was reviewed until the approval has ended. */
@Service
@Transactional
class Asking {
  private final ApprovalStore store;
  private final ApprovalReading reading;
  private final Drafts drafts;
  private final Routes routes;
  private final People people;
  private final ApprovalLetters letters;
  private final ApprovalRecord record;
  private final Idempotency idempotency;
  private final Clock clock;

  Asking(
      ApprovalStore store,
      ApprovalReading reading,
      Drafts drafts,
      Routes routes,
      People people,
      ApprovalLetters letters,
      ApprovalRecord record,
      Idempotency idempotency,
      Clock clock) {
    this.store = store;
    this.reading = reading;
    this.drafts = drafts;
    this.routes = routes;
    this.people = people;
    this.letters = letters;
    this.record = record;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  /**
   * What a clerk looked at, and what they say of the 決裁.
   *
   * @param key the form's idempotency key
   */
  record Reviewed(
      String key,
      int version,
      Sha256 document,
      String number,
      Optional<LocalDate> day,
      Optional<Sha256> decided) {}

  /**
   * 承認を求める: settles the draft as it was reviewed, and asks the first step.
   *
   * @throws ConcurrentChange if the draft is not what was reviewed
   * @throws StepRefused if it cannot be asked about now
   */
  void ask(ContractId id, Reviewed reviewed, StaffMember clerk, String clientIp) {
    idempotency.once(
        reviewed.key(),
        "ask %s %s".formatted(id, reviewed),
        () -> {
          begin(drafts.hold(id), reviewed, clerk, clientIp);
          return "/contracts/" + id + "/approval";
        });
  }

  private void begin(Particulars draft, Reviewed reviewed, StaffMember clerk, String clientIp) {
    var subject = Contents.of(draft);
    if (draft.version() != reviewed.version()) {
      throw new ConcurrentChange("draft " + draft.id() + " is not as reviewed");
    }
    if (!subject.document().equals(reviewed.document())) {
      throw new StepRefused(new Refusal.DocumentChanged(reviewed.document(), subject.document()));
    }
    if (draft.parties().isEmpty() || draft.prepared().isEmpty() || draft.deadline().isEmpty()) {
      throw new StepRefused(new Refusal.PartiesIncomplete());
    }
    var latest = reading.latest(draft.id()).map(ApprovalStore.Stored::value);
    if (latest.filter(Approval.UnderWay.class::isInstance).isPresent()) {
      throw new StepRefused(new Refusal.UnderApproval());
    }
    if (latest
        .filter(Approval.Approved.class::isInstance)
        .filter(approval -> approval.asked().subject().equals(subject))
        .isPresent()) {
      throw new StepRefused(new Refusal.NotInThisState("Approved"));
    }
    var route =
        routes.chosenFor(draft).orElseThrow(() -> new StepRefused(new Refusal.NoApprovalRoute()));
    var digests = new ApprovalStore.Digests(drafts.original(draft.id()), draft.document());
    var decided =
        new Decided(
            reviewed.number(),
            reviewed.day(),
            reviewed.decided(),
            Stream.concat(
                    digests.original().stream(), Stream.of(digests.rebuilt(), subject.document()))
                .collect(Collectors.toUnmodifiableSet()));
    var asked = new Approval.Asked(UUID.randomUUID(), clerk.id(), subject, decided, route.steps());
    store.insert(asked, draft.id(), route.id(), digests, clock.instant());
    record.asked(draft.id(), asked, route.name(), clerk, clientIp);
    var waiting = new Approval.UnderWay(asked, List.of());
    letters.stepCame(draft, waiting, people.house(waiting, draft));
  }
}
