package jp.musubi.disposal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes and reads 廃棄の案 of the current body; what was decided stays. */
@Repository
class ProposalStore {
  private static final String SELECT =
      """
      select p.*, (select count(*) from disposal_item i
                    where i.tenant_id = p.tenant_id and i.proposal_id = p.id) as contracts
        from disposal_proposal p
      """;

  private final JdbcClient jdbc;

  ProposalStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Proposal proposal, Collection<UUID> contracts) {
    jdbc.sql(
            """
            insert into disposal_proposal (id, reason, proposed_by, proposed_name, proposed_at)
            values (:id, :reason, :by, :name, :at)
            """)
        .param("id", proposal.id())
        .param("reason", proposal.reason())
        .param("by", proposal.proposedBy())
        .param("name", proposal.proposedName())
        .param("at", Timestamp.from(proposal.proposedAt()))
        .update();
    contracts.forEach(contract ->
        jdbc.sql("insert into disposal_item (proposal_id, contract_id) values (:id, :contract)")
            .param("id", proposal.id())
            .param("contract", contract)
            .update());
  }

  /** What waits first, then what was decided, newest first. */
  List<Proposal> all(int most) {
    return jdbc.sql(SELECT + " order by p.outcome is not null, p.proposed_at desc limit :most")
        .param("most", most)
        .query((row, _) -> proposal(row))
        .list();
  }

  Optional<Proposal> find(UUID id) {
    return jdbc.sql(SELECT + " where p.id = :id")
        .param("id", id)
        .query((row, _) -> proposal(row))
        .optional();
  }

  /** The same, and nobody else decides about it until this transaction is done. */
  Optional<Proposal> lock(UUID id) {
    return jdbc.sql("select id from disposal_proposal where id = :id for update")
        .param("id", id)
        .query(UUID.class)
        .optional()
        .flatMap(this::find);
  }

  /** Whether it is who proposed, by the account or, under another, by the address of their mail. */
  boolean isProposer(Proposal proposal, StaffMember who) {
    return who.id().equals(proposal.proposedBy())
        || jdbc.sql("select lower(btrim(mail)) = lower(btrim(:mail)) from staff where id = :id")
            .param("mail", who.mail())
            .param("id", proposal.proposedBy())
            .query(Boolean.class)
            .single();
  }

  void decide(UUID id, Proposal.Decision decision, StaffMember by) {
    jdbc.sql(
            """
            update disposal_proposal
               set outcome = :outcome, decided_by = :by, decided_name = :name,
                   decided_reason = :reason, decided_at = :at
             where id = :id
            """)
        .param("outcome", decision.outcome().name())
        .param("by", by.id())
        .param("name", decision.name())
        .param("reason", decision.reason().orElse(null), Types.VARCHAR)
        .param("at", Timestamp.from(decision.at()))
        .param("id", id)
        .update();
    jdbc.sql("update disposal_item set open = false where proposal_id = :id")
        .param("id", id)
        .update();
  }

  private static Proposal proposal(ResultSet row) throws SQLException {
    var outcome = row.getString("outcome");
    return new Proposal(
        row.getObject("id", UUID.class),
        row.getString("reason"),
        row.getObject("proposed_by", UUID.class),
        row.getString("proposed_name"),
        row.getTimestamp("proposed_at").toInstant(),
        row.getInt("contracts"),
        outcome == null
            ? null
            : new Proposal.Decision(
                Proposal.Outcome.valueOf(outcome),
                row.getString("decided_name"),
                Optional.ofNullable(row.getString("decided_reason")),
                row.getTimestamp("decided_at").toInstant()));
  }
}
