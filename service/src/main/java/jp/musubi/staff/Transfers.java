package jp.musubi.staff;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Role;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 人事異動. A list is checked without changing anything, reserved for a day, takes effect at its first
 * moment in one transaction or not at all, and can be taken back.
 */
@Service
@Transactional
public class Transfers {
  private final TransferStore store;
  private final TransferSteps steps;
  private final SectionRegister sections;
  private final StaffRegister register;
  private final Organisations organisations;
  private final StaffMail mail;
  private final AuditTrail audit;
  private final JdbcClient jdbc;
  private final SchedulerClient scheduler;
  private final Clock clock;

  // Lazy, since the scheduler is made with all jobs, and one of them is this one's.
  Transfers(
      TransferStore store,
      TransferSteps steps,
      SectionRegister sections,
      StaffRegister register,
      Organisations organisations,
      StaffMail mail,
      AuditTrail audit,
      JdbcClient jdbc,
      @Lazy SchedulerClient scheduler,
      Clock clock) {
    this.store = store;
    this.steps = steps;
    this.sections = sections;
    this.register = register;
    this.organisations = organisations;
    this.mail = mail;
    this.audit = audit;
    this.jdbc = jdbc;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /**
   * A list with what was found and what it did.
   *
   * @param leftOpen contracts that movers and leavers had in hand and nobody took over
   */
  public record Report(
      Transfer transfer, List<TransferRow> rows, List<TransferFinding> findings, int leftOpen) {}

  /** Why a step with a list was not taken; the words are {@code transfer.refusal.} + name. */
  public enum Refusal {
    /** Something is wrong with its lines. */
    HAS_ERRORS,
    /** It does not stand where the step begins. */
    NOT_IN_THIS_STATE,
    /** The day lies in the past. */
    DAY_HAS_PASSED,
    /** A later list took effect since. */
    LATER_ONE_APPLIED
  }

  /** Reads, checks and keeps a list; changes nobody. */
  public UUID check(
      StaffMember giver,
      String fileName,
      List<TransferRow> rows,
      List<TransferFinding> unreadable,
      LocalDate effectiveOn) {
    var transfer =
        new Transfer(
            UUID.randomUUID(),
            fileName,
            giver.id(),
            clock.instant(),
            effectiveOn,
            Transfer.State.CHECKED,
            Optional.empty());
    store.insert(transfer, rows);
    var findings = new java.util.ArrayList<>(unreadable);
    findings.addAll(TransferCheck.of(rows, register(effectiveOn, giver.id())));
    findings.sort(java.util.Comparator.comparingInt(TransferFinding::line));
    store.replaceFindings(transfer.id(), findings);
    record(
        giver.actor(),
        "transfer.checked",
        transfer,
        Map.of("rows", String.valueOf(rows.size()), "errors", String.valueOf(findings.size())));
    return transfer.id();
  }

  /** The newest lists. */
  @Transactional(readOnly = true)
  public List<Transfer> newest(int limit) {
    return store.newest(limit);
  }

  /** A list with everything about it. */
  @Transactional(readOnly = true)
  public Report report(UUID id) {
    var transfer = store.find(id, false).orElseThrow(() -> new NotFound("transfer " + id));
    var rows = store.rows(id);
    return new Report(
        transfer,
        rows.stream().map(TransferStore.StoredRow::row).toList(),
        store.findings(id),
        rows.stream().mapToInt(TransferStore.StoredRow::leftOpen).sum());
  }

  /** 予約: the list takes effect at 0:00 of its day, or at once when that is today. */
  public Optional<Refusal> reserve(StaffMember giver, UUID id, LocalDate on) {
    var transfer = locked(id);
    if (transfer.state() != Transfer.State.CHECKED) {
      return Optional.of(Refusal.NOT_IN_THIS_STATE);
    }
    if (!store.findings(id).isEmpty()) {
      return Optional.of(Refusal.HAS_ERRORS);
    }
    if (on.isBefore(organisations.today())) {
      return Optional.of(Refusal.DAY_HAS_PASSED);
    }
    store.setState(id, Transfer.State.RESERVED, on);
    var moment = on.atStartOfDay(JapaneseDates.ZONE).toInstant();
    var now = clock.instant();
    scheduler.scheduleIfNotExists(
        TransferJob.TASK.instance(TransferJob.instanceOf(Tenancy.required(), id)).build(),
        moment.isBefore(now) ? now : moment);
    record(giver.actor(), "transfer.reserved", transfer, Map.of("on", on.toString()));
    return Optional.empty();
  }

  /** Takes a list back before it takes effect. */
  public Optional<Refusal> cancel(StaffMember giver, UUID id) {
    var transfer = locked(id);
    if (transfer.state() != Transfer.State.CHECKED && transfer.state() != Transfer.State.RESERVED) {
      return Optional.of(Refusal.NOT_IN_THIS_STATE);
    }
    store.setState(id, Transfer.State.CANCELLED, transfer.effectiveOn());
    record(giver.actor(), "transfer.cancelled", transfer, Map.of());
    return Optional.empty();
  }

  /**
   * 反映: everything or nothing. The register may have changed since the list was checked, so it is
   * checked once more; with an error nothing is changed, and the page says what.
   */
  public void apply(UUID id) {
    var transfer = locked(id);
    if (transfer.state() != Transfer.State.RESERVED) {
      return;
    }
    register.lockAdministrators();
    var rows = store.rows(id).stream().map(TransferStore.StoredRow::row).toList();
    var by = giver(transfer);
    var findings = TransferCheck.of(rows, register(transfer.effectiveOn(), transfer.madeBy()));
    if (!findings.isEmpty()) {
      store.replaceFindings(id, findings);
      store.setState(id, Transfer.State.FAILED, transfer.effectiveOn());
      record(by, "transfer.failed", transfer, Map.of("errors", String.valueOf(findings.size())));
      // Nobody looks at the page at 0:00; the day of the transfer begins with everybody as before.
      for (var administrator : register.holders(Role.BODY_ADMIN)) {
        mail.tell(
            administrator.id(),
            administrator.name(),
            administrator.mail(),
            "transfer.failed",
            transfer.fileName(),
            findings.size());
      }
      return;
    }
    var now = clock.instant();
    steps.apply(transfer, rows, by, now);
    store.applied(id, now);
    record(by, "transfer.applied", transfer, Map.of("rows", String.valueOf(rows.size())));
  }

  /** 元に戻す: everybody is as they were before, as long as no later list took effect. */
  public Optional<Refusal> rollBack(StaffMember giver, UUID id) {
    var transfer = locked(id);
    if (transfer.state() != Transfer.State.APPLIED) {
      return Optional.of(Refusal.NOT_IN_THIS_STATE);
    }
    var appliedAt = transfer.appliedAt().orElseThrow();
    var later =
        store.newest(1000).stream()
            .anyMatch(other ->
                other.state() == Transfer.State.APPLIED
                    && other.appliedAt().orElseThrow().isAfter(appliedAt));
    if (later) {
      return Optional.of(Refusal.LATER_ONE_APPLIED);
    }
    register.lockAdministrators();
    var now = clock.instant();
    steps.rollBack(transfer, store.rows(id), giver.actor(), now);
    store.rolledBack(id, now);
    record(giver.actor(), "transfer.rolled-back", transfer, Map.of());
    return Optional.empty();
  }

  private Transfer locked(UUID id) {
    return store.find(id, true).orElseThrow(() -> new NotFound("transfer " + id));
  }

  private TransferCheck.Register register(LocalDate day, UUID giver) {
    var codes = sections.codes();
    var tree = sections.tree(day);
    Map<String, UUID> open =
        codes.entrySet().stream()
            .filter(entry -> tree.find(entry.getKey()).isPresent())
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    return new TransferCheck.Register(people(), open, posts(), giver);
  }

  private Map<String, TransferCheck.Person> people() {
    Set<UUID> administrators =
        new HashSet<>(register.holders(Role.BODY_ADMIN).stream().map(StaffEntry::id).toList());
    var people = new HashMap<String, TransferCheck.Person>();
    jdbc
        .sql("select id, login_id, section_id, active from staff")
        .query((row, _) ->
            new TransferCheck.Person(
                row.getObject("id", UUID.class),
                row.getString("login_id"),
                row.getObject("section_id", UUID.class),
                row.getBoolean("active"),
                administrators.contains(row.getObject("id", UUID.class))))
        .stream()
        .forEach(person -> people.put(person.loginId(), person));
    return people;
  }

  private Map<String, TransferCheck.PostAt> posts() {
    var posts = new HashMap<String, TransferCheck.PostAt>();
    jdbc.sql("select id, section_id, title, carries from post where closed_on is null")
        .query((row, _) -> {
          var carries = (String[]) row.getArray("carries").getArray();
          return posts.put(
              row.getObject("section_id", UUID.class) + "/" + row.getString("title"),
              new TransferCheck.PostAt(
                  row.getObject("id", UUID.class),
                  java.util.Arrays.stream(carries).map(Role::valueOf).collect(Collectors.toSet())));
        })
        .list();
    return posts;
  }

  private Actor giver(Transfer transfer) {
    return new Actor(
        Actor.Kind.STAFF, transfer.madeBy().toString(), register.get(transfer.madeBy()).name());
  }

  private void record(Actor by, String action, Transfer transfer, Map<String, String> details) {
    var all = new java.util.TreeMap<>(details);
    all.put("transfer", transfer.id().toString());
    all.put("file", transfer.fileName());
    audit.record(by, action, null, null, all);
  }
}
