package jp.musubi.bulk;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Target;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.EligibilityRegister;
import jp.musubi.contract.IdentificationRegister;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Office;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 一括送信. A list is checked without making anything; made into drafts by work that goes on by itself;
 * looked at; and sent by one word of the clerk, each contract for itself.
 */
@Service
@Transactional
class Runs {
  private final RunStore store;
  private final RowStore rows;
  private final Templates templates;
  private final TemplateStore forms;
  private final EligibilityRegister eligibility;
  private final IdentificationRegister identification;
  private final Organisations organisations;
  private final Idempotency idempotency;
  private final CodeSeeds seeds;
  private final CaseStore cases;
  private final AuditTrail audit;
  private final SchedulerClient scheduler;
  private final Clock clock;

  // Lazy, since the scheduler is made with all jobs, and one of them is this one's.
  Runs(
      RunStore store,
      RowStore rows,
      Templates templates,
      TemplateStore forms,
      EligibilityRegister eligibility,
      IdentificationRegister identification,
      Organisations organisations,
      Idempotency idempotency,
      CodeSeeds seeds,
      CaseStore cases,
      AuditTrail audit,
      @Lazy SchedulerClient scheduler,
      Clock clock) {
    this.store = store;
    this.rows = rows;
    this.templates = templates;
    this.forms = forms;
    this.eligibility = eligibility;
    this.identification = identification;
    this.organisations = organisations;
    this.idempotency = idempotency;
    this.seeds = seeds;
    this.cases = cases;
    this.audit = audit;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Why a step was not taken; the words are {@code bulk.refusal.} + name. */
  enum Refusal {
    /** Something is wrong with its lines, or it has none. */
    HAS_ERRORS,
    /** It does not stand where the step begins. */
    NOT_IN_THIS_STATE,
    /** The drafts are not those that were shown. */
    LOOK_AGAIN,
    /** Contracts are still leaving: their codes come with the others'. */
    STILL_LEAVING,
    /** The codes were taken before, or none was asked for. */
    NO_CODES
  }

  /** When and in whose name the contracts of a list are made. */
  record Setting(Office office, Instant deadline, int readingYears) {}

  /** Checks and keeps a list; makes nothing. The form's key makes it one list. */
  public UUID check(
      String key,
      Template template,
      Setting setting,
      String fileName,
      Handed list,
      StaffMember clerk,
      String clientIp) {
    var request = "%s %s %s %s".formatted(template.id(), setting, fileName, list.hashCode());
    return UUID.fromString(
        idempotency.once(
            key,
            request,
            () -> keep(template, setting, fileName, list, clerk, clientIp).toString()));
  }

  private UUID keep(
      Template template,
      Setting setting,
      String fileName,
      Handed list,
      StaffMember clerk,
      String clientIp) {
    var now = clock.instant();
    var run =
        new Run(
            UUID.randomUUID(),
            template.id(),
            clerk.sectionId(),
            clerk.id(),
            setting.office().id(),
            fileName,
            setting.deadline(),
            setting.readingYears(),
            now,
            Run.State.CHECKED,
            false,
            0,
            Optional.empty(),
            Optional.empty(),
            false,
            clientIp);
    forms.used(template.id(), now);
    var findings = list.findingsBeside(planning(template).of(list.lines()).findings());
    store.insert(run);
    rows.insert(run.id(), list.all());
    cases.insert(run.id(), list.cases());
    store.insert(run.id(), findings);
    record(
        clerk,
        "bulk.checked",
        run,
        clientIp,
        Map.of("rows", list.all().size() + "", "errors", findings.size() + ""));
    return run.id();
  }

  /** How lines of a list for that form are read. */
  @Transactional(readOnly = true)
  public Planning planning(Template template) {
    return new Planning(
        template,
        eligibility.current(),
        identification.current(),
        templates.open(template)::misfits);
  }

  /** The newest lists of sections that the person makes contracts for. */
  @Transactional(readOnly = true)
  public List<Run> newest(StaffMember clerk, int most) {
    return store.newest(
        Authorisation.reach(clerk, Act.HANDLE_CONTRACT), organisations.today(), most);
  }

  /**
   * One of them.
   *
   * @throws NotFound when to this person there is no such thing
   */
  @Transactional(readOnly = true)
  public Run get(UUID id, StaffMember clerk) {
    return store
        .find(id, false)
        .filter(run -> reaches(clerk, run))
        .orElseThrow(() -> new NotFound("bulk run " + id));
  }

  private boolean reaches(StaffMember clerk, Run run) {
    return Authorisation.reach(clerk, Act.HANDLE_CONTRACT)
            .covers(new Target(organisations.pathOf(run.section()), java.util.Set.of()))
        && (run.clerk().equals(clerk.id()) || !store.keeps(run.id(), clerk.id()));
  }

  /** 下書きを作る: from here on the work goes on by itself. */
  public Optional<Refusal> make(UUID id, StaffMember clerk, String clientIp) {
    var run = locked(id, clerk);
    if (run.state() == Run.State.MAKING) {
      return Optional.empty();
    }
    if (run.state() != Run.State.CHECKED) {
      return Optional.of(Refusal.NOT_IN_THIS_STATE);
    }
    if (store.countFindings(id) > 0 || rows.counts(id).all() == 0) {
      return Optional.of(Refusal.HAS_ERRORS);
    }
    store.setState(id, Run.State.MAKING);
    begin(id);
    record(clerk, "bulk.making", run, clientIp, Map.of());
    return Optional.empty();
  }

  /** 止める. What is begun is finished, nothing more is begun. */
  public Optional<Refusal> pause(UUID id, StaffMember clerk, String clientIp) {
    var run = locked(id, clerk);
    if (!works(run)) {
      return Optional.of(Refusal.NOT_IN_THIS_STATE);
    }
    store.pause(id, Optional.empty());
    record(clerk, "bulk.paused", run, clientIp, Map.of());
    return Optional.empty();
  }

  /** 続ける. */
  public Optional<Refusal> resume(UUID id, StaffMember clerk, String clientIp) {
    var run = locked(id, clerk);
    if (!works(run)) {
      return Optional.of(Refusal.NOT_IN_THIS_STATE);
    }
    if (run.paused()) {
      begin(id);
      record(clerk, "bulk.resumed", run, clientIp, Map.of());
    }
    return Optional.empty();
  }

  /** Lines that failed are tried again; drafts that could not leave are to be looked at again. */
  public Optional<Refusal> retry(UUID id, StaffMember clerk, String clientIp) {
    var run = locked(id, clerk);
    if (run.state() == Run.State.CHECKED || run.state() == Run.State.CANCELLED) {
      return Optional.of(Refusal.NOT_IN_THIS_STATE);
    }
    rows.forget(id);
    if (rows.counts(id).toMake() > 0) {
      store.setState(id, Run.State.MAKING);
      begin(id);
    }
    record(clerk, "bulk.retried", run, clientIp, Map.of());
    return Optional.empty();
  }

  /** Takes a list back before anything was made of it. */
  public Optional<Refusal> cancel(UUID id, StaffMember clerk, String clientIp) {
    var run = locked(id, clerk);
    if (run.state() != Run.State.CHECKED) {
      return Optional.of(Refusal.NOT_IN_THIS_STATE);
    }
    store.setState(id, Run.State.CANCELLED);
    record(clerk, "bulk.cancelled", run, clientIp, Map.of());
    return Optional.empty();
  }

  /** What a clerk who sends is shown, in the order of the list. */
  @Transactional(readOnly = true)
  public List<RowStore.Draft> toSend(Run run) {
    return rows.drafted(run.id());
  }

  /** Digest of a list of drafts as they stand: contract, version and bytes. */
  static Sha256 digest(List<RowStore.Draft> drafts) {
    var text = new StringBuilder();
    drafts.forEach(draft ->
        text.append("%s %d %s\n".formatted(draft.contract(), draft.version(), draft.document())));
    return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * 送信する: all that was shown leaves, each as it was seen and each once, as soon as its gates let
   * it.
   *
   * @param looked digest of the list that the clerk looked at
   * @param releaseAt when they leave; empty for at once
   */
  public Optional<Refusal> send(
      UUID id,
      String key,
      String looked,
      Optional<Instant> releaseAt,
      StaffMember clerk,
      Agreement.Manner manner) {
    var answer =
        idempotency.once(
            key,
            "bulk send %s %s %s".formatted(id, looked, releaseAt),
            () -> leave(id, looked, releaseAt, clerk, manner).map(Enum::name).orElse("SENT"));
    return answer.equals("SENT") ? Optional.empty() : Optional.of(Refusal.valueOf(answer));
  }

  private Optional<Refusal> leave(
      UUID id,
      String looked,
      Optional<Instant> releaseAt,
      StaffMember clerk,
      Agreement.Manner manner) {
    var run = locked(id, clerk);
    if (run.state() != Run.State.MADE && run.state() != Run.State.SENDING) {
      return Optional.of(Refusal.NOT_IN_THIS_STATE);
    }
    var drafts = rows.drafted(id);
    if (drafts.isEmpty() || !digest(drafts).hex().equals(looked)) {
      return Optional.of(Refusal.LOOK_AGAIN);
    }
    rows.leave(id, drafts);
    store.setWord(
        id,
        new RunStore.Word(
            clerk.id(),
            manner.authentication(),
            manner.level(),
            manner.consentText(),
            manner.clientIp(),
            manner.userAgent(),
            store.seed(id).orElseGet(() -> seeds.fresh(id))),
        releaseAt);
    begin(id);
    record(clerk, "bulk.sending", run, manner.clientIp(), Map.of("rows", drafts.size() + ""));
    return Optional.empty();
  }

  private static boolean works(Run run) {
    return run.state() == Run.State.MAKING || run.state() == Run.State.SENDING;
  }

  private void begin(UUID id) {
    var job = new RunJob.Job(Tenancy.required(), id, store.nextRound(id));
    scheduler.scheduleIfNotExists(RunJob.TASK.instance(job.name()).build(), clock.instant());
  }

  /** The run, its row locked until the caller's transaction ends. */
  Run locked(UUID id, StaffMember clerk) {
    return store
        .find(id, true)
        .filter(run -> reaches(clerk, run))
        .orElseThrow(() -> new NotFound("bulk run " + id));
  }

  /** Enters into the record what somebody did with a run. */
  void record(
      StaffMember by, String action, Run run, String clientIp, Map<String, String> details) {
    var all = new TreeMap<>(details);
    all.put("run", run.id().toString());
    all.put("file", run.fileName());
    audit.record(by.actor(), action, null, clientIp, all);
  }
}
