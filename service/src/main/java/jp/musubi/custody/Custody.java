package jp.musubi.custody;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.staff.StaffMember;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 鍵の管理. One operator proposes a key that the settings name, another confirms it; each step is on
 * the operators' record. Whoever asks, for whichever body, gets the same answer.
 */
@Service
class Custody implements KeyConsent {
  private final KeyProposalStore store;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final TransactionTemplate ofItsOwn;
  private final Clock clock;
  private final boolean production;

  Custody(
      KeyProposalStore store,
      Organisations organisations,
      AuditTrail audit,
      PlatformTransactionManager transactions,
      Clock clock,
      @Value("${musubi.production:false}") boolean production) {
    this.store = store;
    this.organisations = organisations;
    this.audit = audit;
    this.ofItsOwn = new TransactionTemplate(transactions);
    // The rows are the operators' own, whatever body the caller works for.
    this.ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.clock = clock;
    this.production = production;
  }

  /** Whether keys are refused that two operators have not confirmed. */
  boolean insists() {
    return production;
  }

  @Override
  public boolean given(ManagedKey key) {
    return !production || proposal(key).map(Proposal::confirmed).orElse(false);
  }

  /** What became of a key, if anybody has proposed it. */
  Optional<Proposal> proposal(ManagedKey key) {
    return operators().flatMap(body -> as(body, () -> store.find(key, false)));
  }

  /** Everything that was ever proposed, newest first. */
  List<Proposal> all() {
    return operators().map(body -> as(body, store::all)).orElse(List.of());
  }

  /** 申請; empty when it waits for a second operator. */
  Optional<Proposal.Refusal> propose(
      ManagedKey key, String reason, StaffMember operator, String clientIp) {
    return as(
        home(),
        () -> {
          var proposal =
              new Proposal(
                  key.kind(),
                  key.fingerprint(),
                  key.description(),
                  reason,
                  person(operator),
                  clock.instant(),
                  null,
                  null);
          var refusal =
              store.insert(proposal)
                  ? Optional.<Proposal.Refusal>empty()
                  : Optional.of(Proposal.Refusal.PROPOSED_ALREADY);
          record("custody.proposed", key, operator, refusal, Map.of("reason", reason), clientIp);
          return refusal;
        });
  }

  /** 確認 by a second operator; empty when the key may be used. */
  Optional<Proposal.Refusal> confirm(ManagedKey key, StaffMember operator, String clientIp) {
    return as(
        home(),
        () -> {
          var by = person(operator);
          var proposal = store.find(key, true);
          var refusal =
              proposal.isEmpty()
                  ? Optional.of(Proposal.Refusal.NOT_PROPOSED)
                  : proposal.get().refuses(by);
          if (refusal.isEmpty()) {
            store.confirm(proposal.orElseThrow(), by, clock.instant());
          }
          var proposer = proposal.map(each -> each.proposer().name()).orElse("");
          record(
              "custody.confirmed", key, operator, refusal, Map.of("proposer", proposer), clientIp);
          return refusal;
        });
  }

  private void record(
      String action,
      ManagedKey key,
      StaffMember operator,
      Optional<Proposal.Refusal> refusal,
      Map<String, String> more,
      String clientIp) {
    var details = new java.util.TreeMap<>(more);
    details.put("kind", key.kind().name());
    details.put("fingerprint", key.fingerprint());
    details.put("key", key.description());
    refusal.ifPresent(why -> details.put("why", why.name()));
    audit.record(
        new Actor(Actor.Kind.OPERATOR, operator.id().toString(), operator.name()),
        refusal.isEmpty() ? action : "custody.refused",
        null,
        clientIp,
        details);
  }

  private static Proposal.Person person(StaffMember operator) {
    return new Proposal.Person(operator.id(), operator.name(), operator.mail());
  }

  private Body home() {
    return operators().orElseThrow(() -> new IllegalStateException("no body of the operator"));
  }

  private Optional<Body> operators() {
    return organisations.bodies().stream().filter(Body::isOperators).findFirst();
  }

  private <T> T as(Body body, Supplier<T> work) {
    return Tenancy.in(body.id(), () -> Objects.requireNonNull(ofItsOwn.execute(_ -> work.get())));
  }
}
