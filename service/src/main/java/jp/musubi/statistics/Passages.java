package jp.musubi.statistics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 同意、承認、督促. Of contracts that were found for somebody: a question each, however many there are. Not
 * joined to what finds them, where a wrong guess of the planner's would read them over and over.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Passages {
  private static final String AGREED =
      """
      select g.contract_id, o.kind, g.agreed_at
        from agreement g
        join party o on o.tenant_id = g.tenant_id and o.id = g.party_id
       where g.contract_id = any(cast(:contracts as uuid[]))
       order by g.contract_id, g.ordinal
      """;

  private static final String APPROVED =
      """
      select a.contract_id, min(a.asked_at) as asked_at,
             max(a.settled_at) filter (where a.state = 'APPROVED') as approved_at,
             (array_agg(a.decision_day order by a.asked_at desc)
                filter (where a.decision_day is not null))[1] as decided_on
        from approval a
       where a.contract_id = any(cast(:contracts as uuid[]))
       group by a.contract_id
      """;

  private static final String REMINDED =
      """
      select r.contract_id, r.sent_at from reminder r
       where r.contract_id = any(cast(:contracts as uuid[]))
      """;

  private final JdbcClient jdbc;

  Passages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** By contract; nothing of those to which it did not happen. */
  record Read(
      Map<UUID, List<Course.Agreed>> agreements,
      Map<UUID, Approved> approvals,
      Map<UUID, List<Instant>> reminders) {}

  /** When approval was asked for first and given last, and the newest 決裁日. */
  record Approved(Instant askedAt, Optional<Instant> approvedAt, Optional<LocalDate> decidedOn) {}

  Read of(List<UUID> contracts) {
    var agreements = new HashMap<UUID, List<Course.Agreed>>();
    var approvals = new HashMap<UUID, Approved>();
    var reminders = new HashMap<UUID, List<Instant>>();
    var ids = contracts.toArray(UUID[]::new);
    jdbc.sql(AGREED)
        .param("contracts", ids)
        .query(row -> {
          agreements
              .computeIfAbsent(contract(row), _ -> new ArrayList<>())
              .add(
                  new Course.Agreed(
                      Course.Side.valueOf(row.getString("kind")),
                      row.getTimestamp("agreed_at").toInstant()));
        });
    jdbc.sql(APPROVED)
        .param("contracts", ids)
        .query(row -> {
          approvals.put(contract(row), approved(row));
        });
    jdbc.sql(REMINDED)
        .param("contracts", ids)
        .query(row -> {
          reminders
              .computeIfAbsent(contract(row), _ -> new ArrayList<>())
              .add(row.getTimestamp("sent_at").toInstant());
        });
    return new Read(agreements, approvals, reminders);
  }

  private static UUID contract(ResultSet row) throws SQLException {
    return row.getObject("contract_id", UUID.class);
  }

  private static Approved approved(ResultSet row) throws SQLException {
    return new Approved(
        row.getTimestamp("asked_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("approved_at")).map(Timestamp::toInstant),
        Optional.ofNullable(row.getObject("decided_on", LocalDate.class)));
  }
}
