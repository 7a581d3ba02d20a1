package jp.musubi.question;

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

/** The questions of the current body. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class QuestionStore {
  private static final String COLUMNS =
      """
      select id, contract_id, party_id, asked_by, words, asked_at, answer, answered_by, answered_at
        from question
      """;

  private final JdbcClient jdbc;

  QuestionStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Question question) {
    jdbc.sql(
            """
            insert into question (id, contract_id, party_id, asked_by, words, asked_at)
            values (:id, :contract, :party, :by, :words, :now)
            """)
        .param("id", question.id())
        .param("contract", question.contract().value())
        .param("party", question.party().value())
        .param("by", question.askedBy())
        .param("words", question.words())
        .param("now", Timestamp.from(question.askedAt()))
        .update();
  }

  /** Keeps an answer, unless there is one; whether it was kept. */
  boolean answer(UUID id, Question.Answer answer) {
    return jdbc.sql(
                """
                update question set answer = :words, answered_by = :by, answered_at = :now
                 where id = :id and answer is null
                """)
            .param("words", answer.words())
            .param("by", answer.by())
            .param("now", Timestamp.from(answer.at()))
            .param("id", id)
            .update()
        == 1;
  }

  List<Question> of(ContractId contract) {
    return jdbc.sql(COLUMNS + " where contract_id = :contract order by asked_at, id")
        .param("contract", contract.value())
        .query((row, _) -> question(row))
        .list();
  }

  Optional<Question> find(ContractId contract, UUID id) {
    return jdbc.sql(COLUMNS + " where contract_id = :contract and id = :id")
        .param("contract", contract.value())
        .param("id", id)
        .query((row, _) -> question(row))
        .optional();
  }

  /** How much a party has asked; nobody else asks for it until the transaction ends. */
  QuestionRules asked(PartyId party, Instant now) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:party, 7))")
        .param("party", "question/" + party)
        .query((_, _) -> true)
        .single();
    return jdbc.sql(
            """
            select count(*) filter (where answer is null) as open,
                   count(*) filter (where asked_at > :since) as lately
              from question where party_id = :party
            """)
        .param("since", Timestamp.from(now.minus(QuestionRules.LATELY)))
        .param("party", party.value())
        .query((row, _) -> new QuestionRules(row.getInt("open"), row.getInt("lately")))
        .single();
  }

  private static Question question(ResultSet row) throws SQLException {
    var answer = row.getString("answer");
    return new Question(
        row.getObject("id", UUID.class),
        new ContractId(row.getObject("contract_id", UUID.class)),
        new PartyId(row.getObject("party_id", UUID.class)),
        row.getString("asked_by"),
        row.getString("words"),
        row.getTimestamp("asked_at").toInstant(),
        answer == null
            ? Optional.empty()
            : Optional.of(
                new Question.Answer(
                    answer,
                    row.getString("answered_by"),
                    row.getTimestamp("answered_at").toInstant())));
  }
}
