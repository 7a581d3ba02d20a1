package jp.musubi.signing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.PartyId;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The links of the current body. */
@Repository
@Transactional
class LinkStore {
  private final JdbcClient jdbc;

  LinkStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Link link) {
    jdbc.sql(
            """
            insert into link (id, contract_id, party_id, secret_hash, created_at, expires_at)
            values (:id, :contract, :party, :hash, :now, :expires)
            """)
        .param("id", link.id())
        .param("contract", link.contract().value())
        .param("party", link.party().value())
        .param("hash", link.secretHash().hex())
        .param("now", Timestamp.from(link.createdAt()))
        .param("expires", Timestamp.from(link.expiresAt()))
        .update();
  }

  @Transactional(readOnly = true)
  public Optional<Link> find(UUID id) {
    return jdbc.sql(
            """
            select id, contract_id, party_id, secret_hash, created_at, expires_at, revoked_at,
                   read_to_end_at
              from link where id = :id
            """)
        .param("id", id)
        .query((row, _) -> link(row))
        .optional();
  }

  /**
   * How many links a party was given since then. Keeps others from giving it one until the
   * transaction ends, so that the count holds.
   */
  int countSince(PartyId party, Instant since) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:party, 7))")
        .param("party", "link/" + party)
        .query((_, _) -> true)
        .single();
    return jdbc.sql("select count(*) from link where party_id = :party and created_at > :since")
        .param("party", party.value())
        .param("since", Timestamp.from(since))
        .query(Integer.class)
        .single();
  }

  /** Ends all links of a party. */
  void revokeAll(PartyId party, Instant now) {
    jdbc.sql("update link set revoked_at = :now where party_id = :party and revoked_at is null")
        .param("now", Timestamp.from(now))
        .param("party", party.value())
        .update();
  }

  /** Lets the links that were not revoked live until then. */
  void prolong(PartyId party, Instant until) {
    jdbc.sql("update link set expires_at = :until where party_id = :party and revoked_at is null")
        .param("until", Timestamp.from(until))
        .param("party", party.value())
        .update();
  }

  /** Notes the first visit; whether this was the first. */
  boolean accessed(UUID id, Instant now) {
    return jdbc.sql("update link set accessed_at = :now where id = :id and accessed_at is null")
            .param("now", Timestamp.from(now))
            .param("id", id)
            .update()
        == 1;
  }

  /** Notes that every page was delivered; whether this was news. */
  boolean readToEnd(UUID id, Instant now) {
    return jdbc.sql(
                "update link set read_to_end_at = :now where id = :id and read_to_end_at is null")
            .param("now", Timestamp.from(now))
            .param("id", id)
            .update()
        == 1;
  }

  private static Link link(ResultSet row) throws SQLException {
    return new Link(
        row.getObject("id", UUID.class),
        new ContractId(row.getObject("contract_id", UUID.class)),
        new PartyId(row.getObject("party_id", UUID.class)),
        Sha256.parse(row.getString("secret_hash")),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("revoked_at")).map(Timestamp::toInstant),
        Optional.ofNullable(row.getTimestamp("read_to_end_at")).map(Timestamp::toInstant));
  }
}
