package jp.musubi.renewal;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.Tenancy;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 期限の知らせ: what operators were told of, an end of an algorithm or a notice about an authority's
 * certificate. Of no body, and it counts for all; in the record of the operators' own.
 */
@Service("protectionLimits")
class Limits {
  private final JdbcClient jdbc;
  private final Progress progress;
  private final Organisations organisations;
  private final Idempotency idempotency;
  private final AuditTrail audit;
  private final TransactionTemplate ofItsOwn;
  private final Clock clock;

  Limits(
      JdbcClient jdbc,
      Progress progress,
      Organisations organisations,
      Idempotency idempotency,
      AuditTrail audit,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.progress = progress;
    this.organisations = organisations;
    this.idempotency = idempotency;
    this.audit = audit;
    this.ofItsOwn = new TransactionTemplate(transactions);
    // Each body is counted as that body, whatever the caller works for.
    this.ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.clock = clock;
  }

  /** What a limit is about. */
  enum Kind {
    /** 暗号方式. */
    ALGORITHM,
    /** 時刻認証局の証明書. */
    AUTHORITY
  }

  /** A limit. */
  record Limit(
      UUID id,
      Kind kind,
      String name,
      Instant endsAt,
      String reason,
      String enteredName,
      Instant enteredAt,
      Optional<Instant> withdrawnAt) {}

  /** A body and its numbers. */
  record Line(Body body, Progress.Counts counts) {}

  /** All limits, the newest first. */
  List<Limit> all() {
    return Objects.requireNonNull(
        ofItsOwn.execute(_ ->
            jdbc.sql("select * from protection_limit order by entered_at desc, id limit 200")
                .query((row, _) ->
                    new Limit(
                        row.getObject("id", UUID.class),
                        Kind.valueOf(row.getString("kind")),
                        Objects.requireNonNull(row.getString("name")),
                        row.getTimestamp("ends_at").toInstant(),
                        Objects.requireNonNull(row.getString("reason")),
                        Objects.requireNonNull(row.getString("entered_name")),
                        row.getTimestamp("entered_at").toInstant(),
                        Optional.ofNullable(row.getTimestamp("withdrawn_at"))
                            .map(Timestamp::toInstant)))
                .list()));
  }

  /** The authorities' certificates that carry files here. */
  List<String> sources() {
    return Objects.requireNonNull(
        ofItsOwn.execute(_ ->
            jdbc.sql("select name from timestamp_source order by seen_at desc, name limit 200")
                .query(String.class)
                .list()));
  }

  /** The numbers of every body but the operators' own. */
  List<Line> bodies() {
    var now = clock.instant();
    return organisations.bodies().stream()
        .filter(body -> !body.isOperators())
        .map(body ->
            new Line(
                body,
                Tenancy.in(
                    body.id(),
                    () -> Objects.requireNonNull(ofItsOwn.execute(_ -> progress.counts(now))))))
        .toList();
  }

  /** Enters a limit, once for each form. */
  void enter(
      Kind kind,
      String name,
      Instant endsAt,
      String reason,
      String key,
      StaffMember operator,
      String clientIp) {
    ofItsOwn.executeWithoutResult(_ ->
        idempotency.once(
            key,
            "limit %s %s %s %s".formatted(kind, name, endsAt, reason),
            () -> {
              jdbc.sql(
                      """
                      insert into protection_limit (id, kind, name, ends_at, reason, entered_name,
                                                    entered_at)
                      values (:id, :kind, :name, :endsAt, :reason, :by, :now)
                      """)
                  .param("id", UUID.randomUUID())
                  .param("kind", kind.name())
                  .param("name", name)
                  .param("endsAt", Timestamp.from(endsAt))
                  .param("reason", reason)
                  .param("by", operator.name())
                  .param("now", Timestamp.from(clock.instant()))
                  .update();
              record(
                  "protection.limited",
                  Map.of("name", name, "until", endsAt.toString(), "reason", reason),
                  operator,
                  clientIp);
              return LimitController.PATH;
            }));
  }

  /** Takes a limit back; once more changes nothing. */
  void withdraw(UUID id, StaffMember operator, String clientIp) {
    ofItsOwn.executeWithoutResult(_ ->
        jdbc.sql(
                """
                update protection_limit set withdrawn_name = :by, withdrawn_at = :now
                 where id = :id and withdrawn_at is null returning name
                """)
            .param("by", operator.name())
            .param("now", Timestamp.from(clock.instant()))
            .param("id", id)
            .query(String.class)
            .optional()
            .ifPresent(name ->
                record("protection.limit-withdrawn", Map.of("name", name), operator, clientIp)));
  }

  private void record(
      String action, Map<String, String> details, StaffMember operator, String clientIp) {
    audit.record(
        new Actor(Actor.Kind.OPERATOR, operator.id().toString(), operator.name()),
        action,
        null,
        clientIp,
        details);
  }
}
