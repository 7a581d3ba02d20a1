package jp.musubi.register;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 台帳の項目を書く. With the terms while a contract is a draft; from then on only as a correction, with its
 * reason, the entry before kept (電子帳簿保存法: 訂正削除の履歴). The contract's file never changes by it.
 */
@Service
@Transactional
class Entries {
  private final EntryStore store;
  private final CorrectionStore former;
  private final Items items;
  private final EntryWords words;
  private final AuditTrail audit;
  private final Clock clock;

  Entries(
      EntryStore store,
      CorrectionStore former,
      Items items,
      EntryWords words,
      AuditTrail audit,
      Clock clock) {
    this.store = store;
    this.former = former;
    this.items = items;
    this.words = words;
    this.audit = audit;
    this.clock = clock;
  }

  /** What is noted of a contract, and in which version. */
  @Transactional(readOnly = true)
  public EntryStore.Stored find(ContractId contract) {
    return store.find(contract);
  }

  /** 決裁番号 of the newest approval that names one; it counts before what was noted here. */
  @Transactional(readOnly = true)
  public Optional<String> approved(ContractId contract) {
    return store.approved(contract);
  }

  /** The corrections of a contract, the newest first. */
  @Transactional(readOnly = true)
  public List<CorrectionStore.Correction> corrections(ContractId contract) {
    return former.corrections(contract);
  }

  /** Notes it with the draft's terms; in their transaction, which holds the contract's row. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void enter(ContractId draft, Entry entry) {
    var stored = store.find(draft);
    replace(draft, stored, keepingRetired(stored.entry(), entry), clock.instant());
  }

  /** A copy begins with what is not of the earlier contract's time. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void copy(ContractId from, ContractId to) {
    store.copy(from, to, clock.instant());
  }

  /**
   * Corrects what is noted of a contract that is no draft any more.
   *
   * @param version as it was read; what is already so is not done twice
   * @throws StepRefused of a draft, whose terms are still being entered
   * @throws ConcurrentChange if somebody else corrected it since
   */
  public void correct(
      Particulars contract,
      int version,
      Entry typed,
      String reason,
      StaffMember by,
      String clientIp) {
    if (contract.state().equals("DRAFT")) {
      throw new StepRefused(new Refusal.NotInThisState(contract.state()));
    }
    var stored = store.find(contract.id());
    var entry = keepingRetired(stored.entry(), typed);
    var changes = words.changes(stored.entry(), entry, items.all());
    if (changes.isEmpty()) {
      return;
    }
    if (stored.version() != version) {
      throw new ConcurrentChange("register entry of contract " + contract.id());
    }
    var now = clock.instant();
    replace(contract.id(), stored, entry, now);
    former.insert(
        contract.id(),
        version + 1,
        new CorrectionStore.Correction(now, by.name(), reason, changes),
        by.actor());
    audit.record(
        by.actor(),
        "contract.register-corrected",
        contract.id().value(),
        clientIp,
        Map.of(
            "reason",
            reason,
            "changes",
            changes.stream()
                .map(change ->
                    "%s: %s → %s".formatted(change.what(), change.before(), change.after()))
                .collect(Collectors.joining("\n"))));
  }

  private void replace(ContractId contract, EntryStore.Stored read, Entry entry, Instant now) {
    Map<UUID, Item> known =
        items.all().stream().collect(Collectors.toMap(Item::id, Function.identity()));
    if (!store.replace(contract, read, entry, known, now)) {
      throw new ConcurrentChange("register entry of contract " + contract);
    }
  }

  /** Of items that nobody is asked for any more, what was entered stays. */
  private Entry keepingRetired(Entry before, Entry typed) {
    var values =
        items.all().stream()
            .filter(Item::retired)
            .filter(item -> before.values().containsKey(item.id()))
            .collect(Collectors.toMap(Item::id, item -> before.values().get(item.id())));
    values.putAll(typed.values());
    return new Entry(
        typed.pricing(),
        typed.longTerm(),
        typed.debtBurden(),
        typed.budgetClause(),
        typed.fiscalYear(),
        typed.decision(),
        typed.keeping(),
        values);
  }
}
