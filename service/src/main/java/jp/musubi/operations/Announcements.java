package jp.musubi.operations;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** お知らせ of the operator: written in the operator's own body, read by everybody. */
@Service
class Announcements {
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Organisations organisations;
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final TransactionTemplate ofItsOwn;
  private final Clock clock;
  private volatile Read last = new Read(Instant.MIN, List.of());

  Announcements(
      Organisations organisations,
      JdbcClient jdbc,
      AuditTrail audit,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.organisations = organisations;
    this.jdbc = jdbc;
    this.audit = audit;
    this.ofItsOwn = new TransactionTemplate(transactions);
    // What the operator's body says is read as that body, whatever the page works for.
    this.ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.clock = clock;
  }

  private record Read(Instant at, List<Announcement> all) {}

  /** What is to be read at this moment, faults first; at most some seconds old. */
  List<Announcement> current() {
    var now = clock.instant();
    var known = last;
    if (known.at().plus(FRESH).isBefore(now)) {
      known = new Read(now, all());
      last = known;
    }
    return known.all().stream()
        .filter(each -> each.isShownAt(now))
        .sorted(
            Comparator.comparing(Announcement::kind)
                .thenComparing(Announcement::shownFrom, Comparator.reverseOrder()))
        .toList();
  }

  /** All, the newest first; none before there is an operator. */
  List<Announcement> all() {
    return operator()
        .map(body ->
            Tenancy.in(
                body,
                () ->
                    ofItsOwn.execute(_ ->
                        jdbc.sql(
                                """
                                select id, kind, title, text, shown_from, shown_until
                                  from announcement order by shown_from desc, id limit 200
                                """)
                            .query((row, _) -> {
                              var until = row.getTimestamp("shown_until");
                              return new Announcement(
                                  row.getObject("id", UUID.class),
                                  Announcement.Kind.valueOf(row.getString("kind")),
                                  row.getString("title"),
                                  row.getString("text"),
                                  row.getTimestamp("shown_from").toInstant(),
                                  until == null ? null : until.toInstant());
                            })
                            .list())))
        .orElseGet(List::of);
  }

  /** Has everybody read it from its moment on. */
  void publish(Announcement announcement, StaffMember operator, String clientIp) {
    ofItsOwn.executeWithoutResult(_ -> {
      jdbc.sql(
              """
              insert into announcement (id, kind, title, text, shown_from, shown_until, written_by)
              values (:id, :kind, :title, :text, :from, :until, :by)
              """)
          .param("id", announcement.id())
          .param("kind", announcement.kind().name())
          .param("title", announcement.title())
          .param("text", announcement.text())
          .param("from", Timestamp.from(announcement.shownFrom()))
          .param(
              "until",
              announcement.shownUntil() == null ? null : Timestamp.from(announcement.shownUntil()),
              Types.TIMESTAMP)
          .param("by", operator.id())
          .update();
      record("announcement.published", announcement.title(), operator, clientIp);
    });
    last = new Read(Instant.MIN, List.of());
  }

  /** Takes it from all pages now; once more changes nothing. */
  void end(UUID id, StaffMember operator, String clientIp) {
    var now = clock.instant();
    ofItsOwn.executeWithoutResult(_ ->
        jdbc.sql(
                """
                update announcement
                   set shown_until = greatest(:now, shown_from)
                 where id = :id and (shown_until is null or shown_until > :now)
                returning title
                """)
            .param("now", Timestamp.from(now))
            .param("id", id)
            .query(String.class)
            .optional()
            .ifPresent(title -> record("announcement.ended", title, operator, clientIp)));
    last = new Read(Instant.MIN, List.of());
  }

  private void record(String action, String title, StaffMember operator, String clientIp) {
    audit.record(
        new Actor(Actor.Kind.OPERATOR, operator.id().toString(), operator.name()),
        action,
        null,
        clientIp,
        Map.of("title", title));
  }

  private Optional<TenantId> operator() {
    return organisations.bodies().stream().filter(Body::isOperators).findFirst().map(Body::id);
  }
}
