package jp.musubi.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The emergencies of the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class EmergencyStore {
  private static final String SELECT =
      """
      select e.*, c.number
        from emergency_access e
        join contract c on c.tenant_id = e.tenant_id and c.id = e.contract_id
      """;

  private final JdbcClient jdbc;

  EmergencyStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The contract of this number, of which nothing else is read. */
  Optional<UUID> contract(String number) {
    return jdbc.sql("select id from contract where number = :number")
        .param("number", number)
        .query(UUID.class)
        .optional();
  }

  /** Whether somebody with this address is on the body's staff. */
  boolean hasStaff(String mail) {
    return jdbc.sql("select exists (select from staff where active and lower(mail) = lower(:mail))")
        .param("mail", mail.strip())
        .query(Boolean.class)
        .single();
  }

  void insert(Emergency asked) {
    jdbc.sql(
            """
            insert into emergency_access (id, contract_id, asked_by, asked_name, asked_mail, reason,
                                          reference, hours, asked_at)
            values (:id, :contract, :by, :name, :mail, :reason, :reference, :hours, :at)
            """)
        .param("id", asked.id())
        .param("contract", asked.contract())
        .param("by", asked.asker().id())
        .param("name", asked.asker().name())
        .param("mail", asked.asker().mail())
        .param("reason", asked.reason())
        .param("reference", asked.reference())
        .param("hours", asked.length().toHours())
        .param("at", Timestamp.from(asked.askedAt()))
        .update();
  }

  /** Newest first. */
  List<Emergency> all(int most) {
    return jdbc.sql(SELECT + " order by e.asked_at desc limit :most")
        .param("most", most)
        .query((row, _) -> emergency(row))
        .list();
  }

  Optional<Emergency> find(UUID id) {
    return jdbc.sql(SELECT + " where e.id = :id")
        .param("id", id)
        .query((row, _) -> emergency(row))
        .optional();
  }

  /** The same, and nobody else decides about it until this transaction is done. */
  Optional<Emergency> lock(UUID id) {
    return jdbc.sql(SELECT + " where e.id = :id for update of e")
        .param("id", id)
        .query((row, _) -> emergency(row))
        .optional();
  }

  void approve(UUID id, Emergency.Approval approval) {
    jdbc.sql(
            """
            update emergency_access
               set approved_by = :by, approved_name = :name, approved_mail = :mail,
                   approved_at = :at, open_until = :until
             where id = :id
            """)
        .param("by", approval.by().id())
        .param("name", approval.by().name())
        .param("mail", approval.by().mail())
        .param("at", Timestamp.from(approval.at()))
        .param("until", Timestamp.from(approval.until()))
        .param("id", id)
        .update();
  }

  void end(UUID id, Emergency.Ending ending) {
    jdbc.sql(
            """
            update emergency_access set ended_at = :at, ended_name = :name, ended_side = :side
             where id = :id
            """)
        .param("at", Timestamp.from(ending.at()))
        .param("name", ending.by())
        .param("side", ending.side().name())
        .param("id", id)
        .update();
  }

  private static Emergency emergency(ResultSet row) throws SQLException {
    return new Emergency(
        row.getObject("id", UUID.class),
        row.getObject("contract_id", UUID.class),
        row.getString("number"),
        new Emergency.Person(
            row.getObject("asked_by", UUID.class),
            row.getString("asked_name"),
            row.getString("asked_mail")),
        row.getString("reason"),
        row.getString("reference"),
        Duration.ofHours(row.getInt("hours")),
        instant(row, "asked_at"),
        row.getTimestamp("approved_at") == null
            ? null
            : new Emergency.Approval(
                new Emergency.Person(
                    row.getObject("approved_by", UUID.class),
                    row.getString("approved_name"),
                    row.getString("approved_mail")),
                instant(row, "approved_at"),
                instant(row, "open_until")),
        row.getTimestamp("ended_at") == null
            ? null
            : new Emergency.Ending(
                row.getString("ended_name"),
                Emergency.Side.valueOf(row.getString("ended_side")),
                instant(row, "ended_at")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getTimestamp(column)).toInstant();
  }
}
