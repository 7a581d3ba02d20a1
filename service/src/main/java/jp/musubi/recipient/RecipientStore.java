package jp.musubi.recipient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The recipients of the current body's contracts. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class RecipientStore {
  private static final String COLUMNS =
      """
      select r.id, r.contract_id, r.organisation, r.name, r.mail,
             l.id as link_id, l.secret_hash, l.created_at, l.expires_at,
             t.received_at, t.document_sha256
        from recipient r
        left join lateral (
          select * from recipient_link
           where tenant_id = r.tenant_id and recipient_id = r.id and revoked_at is null
           order by created_at desc, id limit 1) l on true
        left join receipt t on t.tenant_id = r.tenant_id and t.recipient_id = r.id
       where r.removed_at is null
      """;

  private final JdbcClient jdbc;

  RecipientStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps others from changing the recipients of a contract until the transaction ends. */
  void lock(ContractId contract) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:id, 136))")
        .param("id", "recipients/" + contract)
        .query((_, _) -> true)
        .single();
  }

  List<Recipient> of(ContractId contract) {
    return jdbc.sql(COLUMNS + " and r.contract_id = :contract order by r.added_at, r.id")
        .param("contract", contract.value())
        .query((row, _) -> recipient(row))
        .list();
  }

  Optional<Recipient> find(UUID id) {
    return jdbc.sql(COLUMNS + " and r.id = :id")
        .param("id", id)
        .query((row, _) -> recipient(row))
        .optional();
  }

  /** To whom a link was mailed, as long as it is their newest. */
  Optional<Recipient> byLink(UUID link) {
    return jdbc.sql(COLUMNS + " and l.id = :link")
        .param("link", link)
        .query((row, _) -> recipient(row))
        .optional();
  }

  void insert(UUID id, ContractId contract, Recipient.Entered entered, Instant now) {
    jdbc.sql(
            """
            insert into recipient (id, contract_id, organisation, name, mail, added_at)
            values (:id, :contract, :organisation, :name, :mail, :now)
            """)
        .param("id", id)
        .param("contract", contract.value())
        .param("organisation", entered.organisation())
        .param("name", entered.name())
        .param("mail", entered.mail())
        .param("now", Timestamp.from(now))
        .update();
  }

  /** From now on its links lead nowhere. */
  void remove(UUID id, Instant now) {
    jdbc.sql("update recipient set removed_at = :now where id = :id and removed_at is null")
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  /** A new way in; those before are closed. */
  void link(UUID recipient, Recipient.Link link) {
    jdbc.sql(
            """
            update recipient_link set revoked_at = :now
             where recipient_id = :recipient and revoked_at is null
            """)
        .param("now", Timestamp.from(link.createdAt()))
        .param("recipient", recipient)
        .update();
    jdbc.sql(
            """
            insert into recipient_link (id, recipient_id, secret_hash, created_at, expires_at)
            values (:id, :recipient, :hash, :now, :expires)
            """)
        .param("id", link.id())
        .param("recipient", recipient)
        .param("hash", link.secretHash().hex())
        .param("now", Timestamp.from(link.createdAt()))
        .param("expires", Timestamp.from(link.expiresAt()))
        .update();
  }

  /** Notes that it was taken; whether this was the first time. */
  boolean receive(UUID recipient, Recipient.Receipt receipt, String clientIp, String userAgent) {
    return jdbc.sql(
                """
                insert into receipt (recipient_id, received_at, document_sha256, client_ip, user_agent)
                values (:recipient, :now, :document, :ip, :agent)
                on conflict do nothing
                """)
            .param("recipient", recipient)
            .param("now", Timestamp.from(receipt.at()))
            .param("document", receipt.document().hex())
            .param("ip", clientIp)
            .param("agent", userAgent)
            .update()
        == 1;
  }

  private static Recipient recipient(ResultSet row) throws SQLException {
    var link = row.getObject("link_id", UUID.class);
    var received = row.getTimestamp("received_at");
    return new Recipient(
        row.getObject("id", UUID.class),
        new ContractId(row.getObject("contract_id", UUID.class)),
        new Recipient.Entered(
            row.getString("organisation"), row.getString("name"), row.getString("mail")),
        link == null
            ? Optional.empty()
            : Optional.of(
                new Recipient.Link(
                    link,
                    Sha256.parse(row.getString("secret_hash")),
                    row.getTimestamp("created_at").toInstant(),
                    row.getTimestamp("expires_at").toInstant())),
        received == null
            ? Optional.empty()
            : Optional.of(
                new Recipient.Receipt(
                    received.toInstant(), Sha256.parse(row.getString("document_sha256")))));
  }
}
