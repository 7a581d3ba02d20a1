package jp.musubi.closure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The closures that the current body sees: its own, or as the operators' body all. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ClosureStore {
  private final JdbcClient jdbc;

  ClosureStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Closure closure) {
    var request = closure.request();
    jdbc.sql(
            """
            insert into closure (id, body_id, body_code, body_name, reason, use_until, contact_name,
                                 contact_mail, wants_witness, proposed_by, proposed_name,
                                 proposed_mail, proposed_at)
            values (:id, :body, :code, :name, :reason, :until, :contact, :contactMail, :witness,
                    :by, :byName, :byMail, :at)
            """)
        .param("id", closure.id())
        .param("body", request.body().value())
        .param("code", request.code())
        .param("name", request.name())
        .param("reason", request.reason())
        .param("until", request.useUntil())
        .param("contact", request.contactName())
        .param("contactMail", request.contactMail())
        .param("witness", request.wantsWitness())
        .param("by", closure.proposed().by())
        .param("byName", closure.proposed().name())
        .param("byMail", closure.proposed().mail())
        .param("at", Timestamp.from(closure.proposed().at()))
        .update();
  }

  void confirm(UUID id, Closure.Mark by, LocalDate due) {
    mark("confirmed", ", due = :extra", due, id, by);
  }

  void order(UUID id, Closure.Mark by, @Nullable String witness) {
    mark("ordered", ", witness = :extra", witness, id, by);
  }

  void approve(UUID id, Closure.Mark by) {
    mark("approved", "", null, id, by);
  }

  void cancel(UUID id, String name, String why, Instant at) {
    jdbc.sql(
            """
            update closure set cancelled_name = :name, cancelled_at = :at, cancelled_why = :why
             where id = :id
            """)
        .param("name", name)
        .param("at", Timestamp.from(at))
        .param("why", why)
        .param("id", id)
        .update();
  }

  /** Of the current body, whose rows the database then lets go. */
  void begin(Instant at, String before) {
    jdbc.sql("select begin_erasure(:at, :before)")
        .param("at", Timestamp.from(at))
        .param("before", before)
        .query((_, _) -> true)
        .single();
  }

  void end(UUID id, Instant at, String report) {
    jdbc.sql("update closure set ended_at = :at, report = :report where id = :id")
        .param("at", Timestamp.from(at))
        .param("report", report)
        .param("id", id)
        .update();
  }

  Optional<Closure> find(UUID id) {
    return find(id, "");
  }

  Optional<Closure> lock(UUID id) {
    return find(id, " for update");
  }

  private Optional<Closure> find(UUID id, String suffix) {
    return jdbc.sql("select * from closure where id = :id" + suffix)
        .param("id", id)
        .query((row, _) -> closure(row))
        .optional();
  }

  /** Newest first. */
  List<Closure> all() {
    return jdbc.sql("select * from closure order by proposed_at desc, id")
        .query((row, _) -> closure(row))
        .list();
  }

  /** What keeps the current body from being erased, beside the steps themselves. */
  Optional<Refusal> hindered() {
    return jdbc.sql("select coalesce(closing_hindered_by(), '')")
        .query(String.class)
        .optional()
        .filter(name -> !name.isEmpty())
        .map(Refusal::valueOf);
  }

  /** The step names its columns; both strings are of this file. */
  private void mark(String step, String more, @Nullable Object extra, UUID id, Closure.Mark by) {
    var update =
        jdbc.sql(
                """
                update closure
                   set %1$s_by = :by, %1$s_name = :name, %1$s_mail = :mail, %1$s_at = :at%2$s
                 where id = :id
                """
                    .formatted(step, more))
            .param("by", by.by())
            .param("name", by.name())
            .param("mail", by.mail())
            .param("at", Timestamp.from(by.at()))
            .param("id", id);
    (more.isEmpty() ? update : update.param("extra", extra)).update();
  }

  private static Closure closure(ResultSet row) throws SQLException {
    var cancelledAt = instant(row, "cancelled_at");
    return new Closure(
        row.getObject("id", UUID.class),
        new Closure.Request(
            new TenantId(row.getObject("body_id", UUID.class)),
            row.getString("body_code"),
            row.getString("body_name"),
            row.getString("reason"),
            row.getObject("use_until", LocalDate.class),
            row.getString("contact_name"),
            row.getString("contact_mail"),
            row.getBoolean("wants_witness")),
        Objects.requireNonNull(mark(row, "proposed")),
        mark(row, "confirmed"),
        row.getObject("due", LocalDate.class),
        mark(row, "ordered"),
        row.getString("witness"),
        mark(row, "approved"),
        cancelledAt == null
            ? null
            : new Closure.Cancelled(
                row.getString("cancelled_name"), cancelledAt, row.getString("cancelled_why")),
        instant(row, "began_at"),
        row.getString("before"),
        instant(row, "ended_at"),
        row.getString("report"));
  }

  private static Closure.@Nullable Mark mark(ResultSet row, String step) throws SQLException {
    var at = instant(row, step + "_at");
    return at == null
        ? null
        : new Closure.Mark(
            row.getObject(step + "_by", UUID.class),
            row.getString(step + "_name"),
            row.getString(step + "_mail"),
            at);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
