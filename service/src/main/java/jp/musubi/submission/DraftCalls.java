package jp.musubi.submission;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Target;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.KnownCounterparties;
import jp.musubi.contract.ProposedCounterparty;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Erasure;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 契約書案の受付 (C-22). Asks somebody for a draft before there is a contract: title and counterparty
 * only. The contract begins with the file that is taken, so that none is ever without its document.
 */
@Service
class DraftCalls implements ProposedCounterparty {
  /** How long what nobody took is kept after its last link ended. */
  static final Duration PATIENCE = Duration.ofDays(90);

  private static final int MOST_SHOWN = 200;

  private final CallStore calls;
  private final HandedInStore files;
  private final Submissions submissions;
  private final Organisations organisations;
  private final Idempotency idempotency;
  private final AuditTrail audit;
  private final Erasure erasure;
  private final Clock clock;
  private final TransactionTemplate transaction;

  DraftCalls(
      CallStore calls,
      HandedInStore files,
      Submissions submissions,
      Organisations organisations,
      Idempotency idempotency,
      AuditTrail audit,
      Erasure erasure,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.calls = calls;
    this.files = files;
    this.submissions = submissions;
    this.organisations = organisations;
    this.idempotency = idempotency;
    this.audit = audit;
    this.erasure = erasure;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Asks; the form's key makes it one letter however often it is sent. */
  UUID ask(Call.Told told, Wanted wanted, String key, StaffMember clerk, String clientIp) {
    return UUID.fromString(
        in(() ->
            idempotency.once(
                key,
                "draft call %s %s".formatted(told, wanted.name() + wanted.note() + wanted.due()),
                () -> {
                  var call = Call.before(told, clerk.sectionId(), clerk.id(), clock.instant());
                  calls.insert(call);
                  submissions.insert(call, wanted, 0);
                  submissions.ask(submissions.of(call), Optional.empty(), by(clerk, clientIp));
                  return call.id().toString();
                })));
  }

  /** Those that wait, of sections that the person makes contracts for, newest first. */
  List<CallSheet> waiting(StaffMember clerk) {
    return in(() ->
        calls
            .waiting(
                Authorisation.reach(clerk, Act.MAKE_CONTRACT), organisations.today(), MOST_SHOWN)
            .stream()
            .map(submissions::of)
            .toList());
  }

  /**
   * One of them.
   *
   * @throws NotFound when to this person there is no such thing, or a contract was made of it
   */
  CallSheet get(UUID id, StaffMember clerk) {
    return in(() ->
        submissions.of(
            reached(id, clerk)
                .filter(call -> call.contract().isEmpty() && call.endedAt().isEmpty())
                .orElseThrow(() -> new NotFound("draft call " + id))));
  }

  /** The contract that this person made of one: a second click leads there, too. */
  Optional<ContractId> madeBy(UUID id, StaffMember clerk) {
    return in(() ->
        reached(id, clerk)
            .filter(call ->
                submissions.of(call).slots().stream()
                    .flatMap(slot -> slot.standing().stream())
                    .anyMatch(file -> file.acceptedBy().filter(clerk.id()::equals).isPresent()))
            .flatMap(Call::contract));
  }

  /** Asks the same once more by a new link. */
  void again(UUID id, StaffMember clerk, String clientIp) {
    var sheet = get(id, clerk);
    transaction.executeWithoutResult(_ ->
        submissions.ask(submissions.held(sheet.call()), Optional.empty(), by(clerk, clientIp)));
  }

  /** 取りやめる. The link is dead; what came is erased with the next run of the job. */
  void end(UUID id, StaffMember clerk, String clientIp) {
    var sheet = get(id, clerk);
    transaction.executeWithoutResult(_ -> {
      var call = submissions.held(sheet.call()).call();
      calls.end(call.id(), clock.instant());
      audit.record(
          clerk.actor(), "submission.given-up", null, clientIp, Map.of("title", call.title()));
    });
  }

  @Override
  public Optional<KnownCounterparties.Known> of(ContractId draft) {
    return in(() ->
        calls.of(draft).stream()
            .filter(Call::cameFirst)
            .findFirst()
            .map(call ->
                new KnownCounterparties.Known(
                    call.id().toString(), call.organisation(), "", call.name(), call.mail(), "")));
  }

  /** Erases what was replaced, given up or forgotten, of the current body; how many files. */
  int tidy() {
    var now = clock.instant();
    var erasable =
        in(() -> {
          calls.forgotten(now.minus(PATIENCE)).forEach(call -> calls.end(call, now));
          return files.erasable();
        });
    erasable.forEach(erasure::of);
    return erasable.size();
  }

  static Submissions.By by(StaffMember clerk, String clientIp) {
    return new Submissions.By(clerk.actor(), clerk.id(), clientIp);
  }

  private Optional<Call> reached(UUID id, StaffMember clerk) {
    return calls
        .find(id)
        .filter(Call::cameFirst)
        .filter(call ->
            Authorisation.reach(clerk, Act.MAKE_CONTRACT)
                .covers(new Target(organisations.pathOf(call.section()), Set.of())));
  }

  private <T> T in(java.util.function.Supplier<T> step) {
    return Objects.requireNonNull(transaction.execute(_ -> step.get()));
  }
}
