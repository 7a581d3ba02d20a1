package jp.musubi.operations;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jp.musubi.evidence.Anchor;
import jp.musubi.evidence.Anchors;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.index.IndexCheck;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.vault.Examination;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 監査. Checks the promises of the service on what is stored, independently of the code that made it:
 * rows by SQL, objects by their digests, PDFs by the validator. Changes nothing and may run beside
 * a working service.
 */
public final class Auditor {
  /**
   * I2 and I15 speak of answers and load: data at rest cannot show them. Of I14, that no page says
   * other than the record, it shows whether a search would find what there is.
   */
  private static final List<String> CHECKED =
      List.of("I1", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I11", "I12", "I13", "I14");

  /** The code of a finding that the service mends by itself. */
  static final String INDEX_INCOMPLETE = "index-incomplete";

  private final JdbcClient jdbc;
  private final Examination objects;
  private final AuditTrail trail;
  private final Anchors anchors;
  private final TransactionTemplate reading;
  private final Set<X509Certificate> trustAnchors;
  private final Clock clock;

  Auditor(
      JdbcClient jdbc,
      Examination objects,
      AuditTrail trail,
      Anchors anchors,
      PlatformTransactionManager transactions,
      Set<X509Certificate> trustAnchors,
      Clock clock) {
    this.jdbc = jdbc;
    this.objects = objects;
    this.trail = trail;
    this.anchors = anchors;
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.trustAnchors = Set.copyOf(trustAnchors);
    this.clock = clock;
  }

  private record Body(UUID id, String code) {}

  /** Checks everything of every body. */
  public AuditReport audit() {
    return audit(AuditScope.whole());
  }

  /**
   * Checks what the scope says.
   *
   * @throws NoSuchBody if there is no body of that code
   */
  public AuditReport audit(AuditScope scope) {
    var now = clock.instant();
    var contracts = 0;
    var objects = 0;
    var violations = new ArrayList<>(isolation());
    var bodies =
        jdbc
            .sql("select id, code from body where erasing_since is null order by code")
            .query((row, _) -> new Body(row.getObject("id", UUID.class), row.getString("code")))
            .list()
            .stream()
            .filter(body -> scope.reaches(body.code()))
            .toList();
    if (bodies.isEmpty() && scope.body().isPresent()) {
      throw new NoSuchBody(scope.body().get());
    }
    for (var body : bodies) {
      var findings = new Findings(body.code());
      var snapshot = Tenancy.in(new TenantId(body.id()), () -> check(body, scope, now, findings));
      contracts += snapshot.contracts().size();
      objects +=
          (int)
              snapshot.objects().stream()
                  .filter(object -> scope.readsFilesOf(object.storedAt()))
                  .count();
      violations.addAll(findings.found());
    }
    return new AuditReport(
        now,
        CHECKED,
        bodies.size(),
        contracts,
        objects,
        List.copyOf(violations),
        this.objects.hasSecondStore());
  }

  /** Checks one body, e.g. on its own page or in a test. */
  public List<Violation> audit(TenantId tenant, String code) {
    var findings = new Findings(code);
    var body = new Body(tenant.value(), code);
    Tenancy.in(tenant, () -> check(body, AuditScope.whole(), clock.instant(), findings));
    return findings.found();
  }

  private Snapshot check(Body body, AuditScope scope, Instant now, Findings findings) {
    var known = anchors.all();
    var snapshot =
        reading.execute(_ -> {
          trail
              .firstBreak(known.stream().map(Anchor.Kept::anchor).toList())
              .ifPresent(
                  at -> findings.add("I8", "chain-broken", "seq " + at.seq(), at.kind().name()));
          missed(findings);
          return Snapshot.read(jdbc, body.id().toString());
        });
    if (snapshot == null) {
      throw new IllegalStateException("a transaction gave nothing");
    }
    new RecordChecks(snapshot, now, findings).run(body.id().toString());
    new AnchorChecks(known, trustAnchors, now, findings).run(snapshot.newestEntry());
    new FileChecks(snapshot, objects, new ValidationPolicy(trustAnchors, now), findings).run(scope);
    return snapshot;
  }

  /** I14: what a search would not find although it is there. One finding: one repair mends all. */
  private void missed(Findings findings) {
    var missed = new IndexCheck(jdbc).missed();
    if (!missed.isEmpty()) {
      findings.add(
          "I14", INDEX_INCOMPLETE, missed.getFirst(), missed.size() + " contracts not found");
    }
  }

  /** I12: every table that belongs to a body keeps the others out, even from its owner. */
  List<Violation> isolation() {
    return jdbc
        .sql(
            """
            select c.relname
              from pg_class c
              join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
             where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
               and not (c.relrowsecurity and c.relforcerowsecurity
                        and exists (select from pg_policy p where p.polrelid = c.oid))
             order by c.relname
            """)
        .query((row, _) -> row.getString(1))
        .list()
        .stream()
        .map(table -> new Violation("I12", "row-security-off", "", table, "row-level security"))
        .toList();
  }
}
