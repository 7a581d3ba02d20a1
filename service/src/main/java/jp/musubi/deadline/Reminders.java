package jp.musubi.deadline;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jp.musubi.contract.ClerkMail;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Invitations;
import jp.musubi.contract.Party;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.JapaneseDates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** 督促と期限のお知らせ, of the current body: each letter in a transaction of its own, once. */
@Service
class Reminders {
  private static final Logger LOG = LoggerFactory.getLogger(Reminders.class);
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "reminders", "むすび");

  private final ReminderStore store;
  private final ReminderRegister register;
  private final Contracts contracts;
  private final Invitations invitations;
  private final ClerkMail clerks;
  private final AuditTrail audit;
  private final TransactionOperations transactions;
  private final Clock clock;

  Reminders(
      ReminderStore store,
      ReminderRegister register,
      Contracts contracts,
      Invitations invitations,
      ClerkMail clerks,
      AuditTrail audit,
      TransactionOperations transactions,
      Clock clock) {
    this.store = store;
    this.register = register;
    this.contracts = contracts;
    this.invitations = invitations;
    this.clerks = clerks;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Sends what is due now, if letters may go now; how many reminders and notices there were. */
  int sendDue(Instant now) {
    if (!ReminderRules.isOfficeHour(now)) {
      return 0;
    }
    var rules = register.current();
    var sent = 0;
    for (var asked : in(() -> store.open(now))) {
      if (isDue(rules, asked, now)) {
        sent += tried(asked.contract(), () -> remind(rules, asked, now));
      }
    }
    for (var untold : in(() -> store.untold(now))) {
      if (rules.notice(untold.deadline()).filter(from -> !from.isAfter(now)).isPresent()) {
        sent += tried(untold.contract(), () -> tell(untold, now));
      }
    }
    return sent;
  }

  /** One contract's trouble must not keep the others' letters back. */
  private int tried(ContractId contract, Supplier<Boolean> letter) {
    try {
      return in(letter) ? 1 : 0;
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("contract", contract)
          .log("a letter about a deadline was not written");
      return 0;
    }
  }

  private boolean remind(ReminderRules rules, ReminderStore.Asked seen, Instant now) {
    // The contract's row first, as its own steps do; then everything is looked at anew.
    var awaited =
        contracts.holdAwaited(seen.contract()).stream()
            .filter(party -> party.id().equals(seen.party()))
            .filter(party -> party.kind() == Party.Kind.COUNTERPARTY)
            .findFirst();
    var asked =
        store.of(seen.contract()).stream()
            .filter(each -> each.party().equals(seen.party()))
            .findFirst()
            .orElseThrow();
    if (awaited.isEmpty()
        || store.isStopped(seen.contract())
        || !isDue(rules, asked, now)
        || !store.reminded(
            asked, rules.next(asked.course(), asked.deadline()).orElseThrow(), now)) {
      return false;
    }
    invitations.remind(asked.contract(), asked.party());
    audit.record(
        SERVICE,
        "link.reminded",
        asked.contract().value(),
        null,
        Map.of(
            "party",
            awaited.get().signature(),
            "number",
            String.valueOf(asked.course().sent() + 1),
            "deadline",
            asked.deadline().toString()));
    return true;
  }

  private boolean tell(ReminderStore.Untold untold, Instant now) {
    var awaited = contracts.holdAwaited(untold.contract());
    if (awaited.isEmpty() || !store.told(untold.contract(), now)) {
      return false;
    }
    clerks.write(
        "deadline-near/" + untold.contract(),
        untold.contract(),
        "deadline.mail.near",
        awaited.stream().map(Party::signature).collect(Collectors.joining("、")),
        JapaneseDates.date(untold.deadline()),
        JapaneseDates.time(untold.deadline()));
    return true;
  }

  private static boolean isDue(ReminderRules rules, ReminderStore.Asked asked, Instant now) {
    return rules
        .next(asked.course(), asked.deadline())
        .filter(due -> !due.isAfter(now))
        .isPresent();
  }

  /** Whether the automatic reminders of a contract are stopped. */
  @Transactional(readOnly = true)
  public boolean areStopped(ContractId contract) {
    return store.isStopped(contract);
  }

  /**
   * Stops or resumes the automatic reminders of a contract.
   *
   * @param clientIp from where
   */
  @Transactional
  public void stop(ContractId contract, boolean stopped, Actor by, String clientIp) {
    contracts.holdAwaited(contract);
    if (store.isStopped(contract) != stopped) {
      store.stop(contract, stopped, clock.instant());
      audit.record(
          by,
          stopped ? "contract.reminders-stopped" : "contract.reminders-resumed",
          contract.value(),
          clientIp,
          Map.of());
    }
  }

  private <T> T in(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(_ -> work.get()));
  }
}
