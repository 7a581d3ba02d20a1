package jp.musubi.custody;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The proposed keys of the operators' body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class KeyProposalStore {
  private static final String SELECT =
      """
      select kind, fingerprint, description, reason, proposed_by, proposed_name, proposed_mail,
             proposed_at, confirmed_by, confirmed_name, confirmed_mail, confirmed_at
        from key_custody
      """;

  private final JdbcClient jdbc;

  KeyProposalStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** False when it is proposed already. */
  boolean insert(Proposal proposal) {
    return jdbc.sql(
                """
                insert into key_custody (kind, fingerprint, description, reason, proposed_by,
                                         proposed_name, proposed_mail, proposed_at)
                values (:kind, :fingerprint, :description, :reason, :by, :name, :mail, :at)
                on conflict (tenant_id, kind, fingerprint) do nothing
                """)
            .param("kind", proposal.kind().name())
            .param("fingerprint", proposal.fingerprint())
            .param("description", proposal.description())
            .param("reason", proposal.reason())
            .param("by", proposal.proposer().id())
            .param("name", proposal.proposer().name())
            .param("mail", proposal.proposer().mail())
            .param("at", Timestamp.from(proposal.proposedAt()))
            .update()
        == 1;
  }

  void confirm(Proposal proposal, Proposal.Person by, Instant now) {
    jdbc.sql(
            """
            update key_custody
               set confirmed_by = :by, confirmed_name = :name, confirmed_mail = :mail,
                   confirmed_at = :at
             where kind = :kind and fingerprint = :fingerprint
            """)
        .param("by", by.id())
        .param("name", by.name())
        .param("mail", by.mail())
        .param("at", Timestamp.from(now))
        .param("kind", proposal.kind().name())
        .param("fingerprint", proposal.fingerprint())
        .update();
  }

  Optional<Proposal> find(ManagedKey key, boolean lock) {
    return jdbc.sql(
            SELECT
                + " where kind = :kind and fingerprint = :fingerprint"
                + (lock ? " for update" : ""))
        .param("kind", key.kind().name())
        .param("fingerprint", key.fingerprint())
        .query((row, _) -> proposal(row))
        .optional();
  }

  List<Proposal> all() {
    return jdbc.sql(SELECT + " order by proposed_at desc").query((row, _) -> proposal(row)).list();
  }

  private static Proposal proposal(ResultSet row) throws SQLException {
    var confirmed = row.getTimestamp("confirmed_at");
    return new Proposal(
        ManagedKey.Kind.valueOf(row.getString("kind")),
        row.getString("fingerprint"),
        row.getString("description"),
        row.getString("reason"),
        person(row, "proposed"),
        Objects.requireNonNull(row.getTimestamp("proposed_at")).toInstant(),
        confirmed == null ? null : person(row, "confirmed"),
        confirmed == null ? null : confirmed.toInstant());
  }

  private static Proposal.Person person(ResultSet row, String step) throws SQLException {
    return new Proposal.Person(
        row.getObject(step + "_by", UUID.class),
        row.getString(step + "_name"),
        row.getString(step + "_mail"));
  }
}
