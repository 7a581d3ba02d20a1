package jp.musubi.approval;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes approvals of the current body. */
@Repository
class ApprovalStore {
  private final JdbcClient jdbc;
  private final ApprovalReading reading;

  ApprovalStore(JdbcClient jdbc, ApprovalReading reading) {
    this.jdbc = jdbc;
    this.reading = reading;
  }

  /** An approval with what it is about. */
  record Stored(Approval value, ContractId contract, UUID route, Instant askedAt) {}

  /**
   * What the contract's document is compared by.
   *
   * @param original of the upload; empty where it was not kept
   */
  record Digests(Optional<Sha256> original, Sha256 rebuilt) {}

  void insert(Approval.Asked asked, ContractId contract, UUID route, Digests digests, Instant now) {
    var decided = asked.decided();
    jdbc.sql(
            """
            insert into approval (id, contract_id, route_id, version, document_sha256,
                                  content_sha256, decision_number, decision_day, decided_sha256,
                                  original_sha256, rebuilt_sha256, asked_by, asked_at, state)
            values (:id, :contract, :route, :version, :document, :content, :number, :day, :decided,
                    :original, :rebuilt, :clerk, :now, 'UNDER_WAY')
            """)
        .param("id", asked.id())
        .param("contract", contract.value())
        .param("route", route)
        .param("version", asked.subject().version())
        .param("document", asked.subject().document().hex())
        .param("content", asked.subject().content().hex())
        .param("number", decided.number())
        .param("day", decided.day().orElse(null), Types.DATE)
        .param("decided", decided.digest().map(Sha256::hex).orElse(null), Types.CHAR)
        .param("original", digests.original().map(Sha256::hex).orElse(null), Types.CHAR)
        .param("rebuilt", digests.rebuilt().hex())
        .param("clerk", asked.clerk())
        .param("now", Timestamp.from(now))
        .update();
    for (var at = 0; at < asked.steps().size(); at++) {
      var step = asked.steps().get(at);
      for (var post : step.posts()) {
        jdbc.sql(
                """
                insert into approval_seat (approval_id, step, post_id, all_of)
                values (:approval, :step, :post, :all)
                """)
            .param("approval", asked.id())
            .param("step", at)
            .param("post", post)
            .param("all", step.all())
            .update();
      }
    }
  }

  /** Reads one and keeps everybody else from changing it until the transaction ends. */
  Stored lock(UUID id) {
    if (jdbc.sql("select 1 from approval where id = :id for update")
        .param("id", id)
        .query(Integer.class)
        .optional()
        .isEmpty()) {
      throw new NotFound("approval " + id);
    }
    return reading.find(id);
  }

  /** Writes what was taken; the row was locked before. */
  void write(Outcome.Taken taken) {
    var id = taken.next().asked().id();
    for (var consent : taken.given()) {
      jdbc.sql(
              """
              update approval_seat set given_by = :by, given_for = :for, given_at = :at
               where approval_id = :approval and step = :step and post_id = :post
              """)
          .param("by", consent.by())
          .param("for", consent.instead().orElse(null), Types.OTHER)
          .param("at", Timestamp.from(consent.at()))
          .param("approval", id)
          .param("step", consent.step())
          .param("post", consent.post())
          .update();
    }
    switch (taken.next()) {
      case Approval.UnderWay _ -> {}
      case Approval.Approved a -> settle(id, "APPROVED", a.given().getLast().by(), a.at(), null);
      case Approval.Returned r -> settle(id, "RETURNED", r.by(), r.at(), r.comment());
      case Approval.Rerouted r -> settle(id, "REROUTED", r.by(), r.at(), r.reason());
      case Approval.Recalled r -> settle(id, "RECALLED", r.by(), r.at(), null);
    }
  }

  private void settle(UUID id, String state, UUID by, Instant at, @Nullable String comment) {
    jdbc.sql(
            """
            update approval
               set state = :state, settled_at = :at, settled_by = :by, comment = :comment
             where id = :id
            """)
        .param("state", state)
        .param("at", Timestamp.from(at))
        .param("by", by)
        .param("comment", comment, Types.VARCHAR)
        .param("id", id)
        .update();
  }
}
