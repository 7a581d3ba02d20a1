package jp.musubi.renewal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractReach;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes and reads 一括検証 of the current body; what is read is read within somebody's reach. */
@Repository("verificationRounds")
@Transactional(propagation = Propagation.MANDATORY)
class RoundStore {
  private static final String LINES =
      """
      select c.id, c.number, c.title, c.concluded_at, i.verdict, i.reasons, i.stamped_at, i.ends_at
        from verification_item i
        join contract c on c.tenant_id = i.tenant_id and c.id = i.contract_id
       where i.round_id = :round and\
      """
          + ContractReach.CONDITION;

  private static final String ROUND =
      """
      select r.id, r.from_date, r.until_date, r.asked_at, r.finished_at, n.*
        from verification_round r
        cross join lateral (
          select count(*) as every, count(i.verdict) as done,
                 count(*) filter (where i.verdict = 'VALID') as valid,
                 count(*) filter (where i.verdict = 'INVALID') as invalid,
                 count(*) filter (where i.verdict = 'UNDECIDED') as undecided
            from verification_item i
            join contract c on c.tenant_id = i.tenant_id and c.id = i.contract_id
           where i.tenant_id = r.tenant_id and i.round_id = r.id and\
      """
          + ContractReach.CONDITION
          + ") n where r.asked_by = :person";

  private final JdbcClient jdbc;
  private final ContractReach reached;

  RoundStore(JdbcClient jdbc, ContractReach reached) {
    this.jdbc = jdbc;
    this.reached = reached;
  }

  /** Begins one; how many contracts it has. */
  int begin(UUID id, LocalDate from, LocalDate until, StaffMember asker, Reach reach, Instant at) {
    jdbc.sql(
            """
            insert into verification_round (id, asked_by, asked_name, asked_at, from_date,
                                            until_date)
            values (:id, :by, :name, :at, :from, :until)
            """)
        .param("id", id)
        .param("by", asker.id())
        .param("name", asker.name())
        .param("at", Timestamp.from(at))
        .param("from", from)
        .param("until", until)
        .update();
    return reached
        .within(
            reach,
            jdbc.sql(
                """
                insert into verification_item (round_id, contract_id)
                select :round, c.id from contract c
                 where c.state = 'CONCLUDED' and c.concluded_at >= :from and c.concluded_at < :until
                   and\
                """
                    + ContractReach.CONDITION))
        .param("round", id)
        .param("from", Timestamp.from(begin(from)))
        .param("until", Timestamp.from(begin(until.plusDays(1))))
        .update();
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(JapaneseDates.ZONE).toInstant();
  }

  /** What is still to be judged. */
  List<ContractId> left(UUID round, int most) {
    return jdbc.sql(
            """
            select contract_id from verification_item
             where round_id = :round and verdict is null order by contract_id limit :most
            """)
        .param("round", round)
        .param("most", most)
        .query((row, _) -> new ContractId(row.getObject(1, UUID.class)))
        .list();
  }

  /** Notes an outcome; the first one stays. */
  void judged(UUID round, ContractId contract, Round.Outcome outcome, Instant now) {
    jdbc.sql(
            """
            update verification_item
               set verdict = :verdict, reasons = cast(:reasons as text[]), stamped_at = cast(:stampedAt as timestamptz),
                   ends_at = cast(:endsAt as timestamptz), looked_at = :now
             where round_id = :round and contract_id = :contract and verdict is null
            """)
        .param("verdict", outcome.verdict().name())
        .param("reasons", outcome.reasons().toArray(String[]::new))
        .param("stampedAt", outcome.stampedAt().map(Instant::toString).orElse(null))
        .param("endsAt", outcome.endsAt().map(Instant::toString).orElse(null))
        .param("now", Timestamp.from(now))
        .param("round", round)
        .param("contract", contract.value())
        .update();
  }

  /** All is judged. */
  void finish(UUID round, Instant now) {
    jdbc.sql(
            """
            update verification_round set finished_at = :now
             where id = :round and finished_at is null
            """)
        .param("now", Timestamp.from(now))
        .param("round", round)
        .update();
  }

  /** One of somebody's own. */
  Optional<Round> find(UUID id, Reach reach) {
    return reached
        .within(reach, jdbc.sql(ROUND + " and r.id = :round"))
        .param("round", id)
        .query((row, _) -> round(row))
        .optional();
  }

  /** Somebody's own, the newest first. */
  List<Round> all(Reach reach, int most) {
    return reached
        .within(reach, jdbc.sql(ROUND + " order by r.asked_at desc, r.id limit :most"))
        .param("most", most)
        .query((row, _) -> round(row))
        .list();
  }

  /** The first lines that are not simply valid. */
  List<Round.Line> troubled(UUID round, Reach reach, int most) {
    return reached
        .within(
            reach,
            jdbc.sql(
                LINES
                    + " and i.verdict <> 'VALID' order by i.verdict, c.concluded_at, c.number"
                    + " limit :most"))
        .param("round", round)
        .param("most", most)
        .query((row, _) -> line(row))
        .list();
  }

  /** Every line, in the order of conclusion; some hundred are in memory at a time. */
  void each(UUID round, Reach reach, Consumer<Round.Line> use) {
    try (var rows =
        reached
            .within(reach, jdbc.sql(LINES + " order by c.concluded_at, c.number"))
            .param("round", round)
            .withFetchSize(500)
            .query((row, _) -> line(row))
            .stream()) {
      rows.forEach(use);
    }
  }

  private static Round round(ResultSet row) throws SQLException {
    return new Round(
        row.getObject("id", UUID.class),
        row.getObject("from_date", LocalDate.class),
        row.getObject("until_date", LocalDate.class),
        row.getTimestamp("asked_at").toInstant(),
        moment(row, "finished_at"),
        row.getInt("every"),
        row.getInt("done"),
        row.getInt("valid"),
        row.getInt("invalid"),
        row.getInt("undecided"));
  }

  private static Round.Line line(ResultSet row) throws SQLException {
    var verdict = row.getString("verdict");
    return new Round.Line(
        new ContractId(row.getObject("id", UUID.class)),
        Objects.requireNonNull(row.getString("number")),
        Objects.requireNonNull(row.getString("title")),
        row.getTimestamp("concluded_at").toInstant(),
        verdict == null
            ? Optional.empty()
            : Optional.of(
                new Round.Outcome(
                    Round.Verdict.valueOf(verdict),
                    List.of((String[]) row.getArray("reasons").getArray()),
                    moment(row, "stamped_at"),
                    moment(row, "ends_at"))));
  }

  private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
