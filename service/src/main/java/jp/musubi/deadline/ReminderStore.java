package jp.musubi.deadline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.PartyId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who has been asked and reminded, of the current body. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ReminderStore {
  private static final String COURSES =
      """
      select a.contract_id, a.party_id, a.round, a.asked_at, c.deadline,
             (select count(*) from reminder r
               where r.party_id = a.party_id and r.round = a.round) as sent,
             (select max(sent_at) from reminder r
               where r.party_id = a.party_id and r.round = a.round) as last
        from asking a
        join contract c on c.tenant_id = a.tenant_id and c.id = a.contract_id
      """;

  private final JdbcClient jdbc;

  ReminderStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A counterparty that was asked to agree until a deadline, and how far it was reminded. */
  record Asked(
      ContractId contract,
      PartyId party,
      int round,
      ReminderRules.Course course,
      Instant deadline) {}

  /** A party is asked for the first time. */
  void asked(ContractId contract, PartyId party, Instant now) {
    jdbc.sql(
            """
            insert into asking (party_id, contract_id, round, asked_at)
            values (:party, :contract, 1, :now)
            """)
        .param("party", party.value())
        .param("contract", contract.value())
        .param("now", Timestamp.from(now))
        .update();
  }

  /** It is asked again; by another person it is another round. */
  void askedAgain(PartyId party, boolean anotherPerson, Instant now) {
    jdbc.sql(
            """
            update asking set asked_at = :now, round = round + :more where party_id = :party
            """)
        .param("now", Timestamp.from(now))
        .param("more", anotherPerson ? 1 : 0)
        .param("party", party.value())
        .update();
  }

  /** Those of contracts on their way whose reminders nobody has stopped. */
  List<Asked> open(Instant now) {
    return jdbc.sql(
            COURSES
                + """
                 where c.state = 'AWAITING_AGREEMENTS' and c.deadline > :now
                   and not exists (select 1 from reminder_switch s
                                    where s.contract_id = a.contract_id and s.stopped)
                 order by c.deadline, a.party_id
                """)
        .param("now", Timestamp.from(now))
        .query((row, _) -> asked(row))
        .list();
  }

  /** Those of one contract. */
  List<Asked> of(ContractId contract) {
    return jdbc.sql(COURSES + " where a.contract_id = :contract order by a.asked_at, a.party_id")
        .param("contract", contract.value())
        .query((row, _) -> asked(row))
        .list();
  }

  /** Notes that a reminder goes out; whether it was not noted before. */
  boolean reminded(Asked asked, Instant due, Instant now) {
    return jdbc.sql(
                """
                insert into reminder (party_id, round, number, contract_id, due_at, sent_at)
                values (:party, :round, :number, :contract, :due, :now)
                on conflict (tenant_id, party_id, round, number) do nothing
                """)
            .param("party", asked.party().value())
            .param("round", asked.round())
            .param("number", asked.course().sent() + 1)
            .param("contract", asked.contract().value())
            .param("due", Timestamp.from(due))
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  /** A contract on its way whose clerk has not heard of its deadline. */
  record Untold(ContractId contract, Instant deadline) {}

  List<Untold> untold(Instant now) {
    return jdbc.sql(
            """
            select id, deadline from contract c
             where state = 'AWAITING_AGREEMENTS' and deadline > :now
               and not exists (select 1 from deadline_notice n where n.contract_id = c.id)
             order by deadline, id
            """)
        .param("now", Timestamp.from(now))
        .query((row, _) ->
            new Untold(
                new ContractId(row.getObject("id", UUID.class)),
                row.getTimestamp("deadline").toInstant()))
        .list();
  }

  /** Notes that the clerk hears of a deadline; whether it was not noted before. */
  boolean told(ContractId contract, Instant now) {
    return jdbc.sql(
                """
                insert into deadline_notice (contract_id, told_at) values (:contract, :now)
                on conflict (tenant_id, contract_id) do nothing
                """)
            .param("contract", contract.value())
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  boolean isStopped(ContractId contract) {
    return jdbc.sql("select stopped from reminder_switch where contract_id = :contract")
        .param("contract", contract.value())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** Stops or resumes; whether that was news. */
  boolean stop(ContractId contract, boolean stopped, Instant now) {
    return jdbc.sql(
                """
                insert into reminder_switch (contract_id, stopped, changed_at)
                values (:contract, :stopped, :now)
                on conflict (tenant_id, contract_id) do update
                   set stopped = excluded.stopped, changed_at = excluded.changed_at
                 where reminder_switch.stopped <> excluded.stopped
                """)
            .param("contract", contract.value())
            .param("stopped", stopped)
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  private static Asked asked(ResultSet row) throws SQLException {
    return new Asked(
        new ContractId(row.getObject("contract_id", UUID.class)),
        new PartyId(row.getObject("party_id", UUID.class)),
        row.getInt("round"),
        new ReminderRules.Course(
            row.getTimestamp("asked_at").toInstant(),
            row.getInt("sent"),
            Optional.ofNullable(row.getTimestamp("last")).map(Timestamp::toInstant)),
        row.getTimestamp("deadline").toInstant());
  }
}
