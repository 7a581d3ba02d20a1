package jp.musubi.counterparty;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The consents to the current body: rows that are written once and never changed. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ConsentStore {
  private static final String COLUMNS =
      """
      select r.*, c.given_at, c.method, c.client_ip, w.withdrawn_at
        from consent_request r
        left join consent c on c.tenant_id = r.tenant_id and c.request_id = r.id
        left join consent_withdrawal w on w.tenant_id = r.tenant_id and w.request_id = r.id
      """;

  private final JdbcClient jdbc;

  ConsentStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Consent asked, String askedBy) {
    jdbc.sql(
            """
            insert into consent_request
                   (id, supplier_id, organisation, organisation_key, name, title, mail,
                    contract_title, text_shown, text_sha256, secret_hash, asked_by, asked_at,
                    expires_at)
            values (:id, :supplier, :organisation, :key, :name, :title, :mail, :contract, :text,
                    :sha256, :hash, :by, :now, :expires)
            """)
        .param("id", asked.id())
        .param("supplier", asked.supplier())
        .param("organisation", asked.organisation())
        .param("key", OrganisationNames.key(asked.organisation()))
        .param("name", asked.name())
        .param("title", asked.title())
        .param("mail", asked.mail())
        .param("contract", asked.contractTitle())
        .param("text", asked.text())
        .param("sha256", asked.digest().hex())
        .param("hash", asked.secretHash().hex())
        .param("by", askedBy)
        .param("now", Timestamp.from(asked.askedAt()))
        .param("expires", Timestamp.from(asked.expiresAt()))
        .update();
  }

  Optional<Consent> find(UUID id) {
    return jdbc.sql(COLUMNS + " where r.id = :id")
        .param("id", id)
        .query((row, _) -> consent(row))
        .optional();
  }

  /** Keeps others from answering until the transaction ends. */
  void lock(UUID id) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:id, 61))")
        .param("id", "consent/" + id)
        .query((_, _) -> true)
        .single();
  }

  List<Consent> ofSupplier(UUID supplier) {
    return jdbc.sql(COLUMNS + " where r.supplier_id = :supplier order by r.asked_at desc, r.id")
        .param("supplier", supplier)
        .query((row, _) -> consent(row))
        .list();
  }

  /** Those of organisations whose name is like this. */
  List<Consent> ofName(String organisation) {
    return jdbc.sql(COLUMNS + " where r.organisation_key = :key order by r.asked_at desc, r.id")
        .param("key", OrganisationNames.key(organisation))
        .query((row, _) -> consent(row))
        .list();
  }

  void give(UUID id, Sha256 shown, String method, Applicant from, Instant now) {
    jdbc.sql(
            """
            insert into consent (request_id, given_at, text_sha256, method, client_ip, user_agent)
            values (:id, :now, :sha256, :method, :ip, :agent)
            """)
        .param("id", id)
        .param("now", Timestamp.from(now))
        .param("sha256", shown.hex())
        .param("method", method)
        .param("ip", from.clientIp())
        .param("agent", from.userAgent())
        .update();
  }

  void withdraw(UUID id, Applicant from, Instant now) {
    jdbc.sql(
            """
            insert into consent_withdrawal (request_id, withdrawn_at, client_ip, user_agent)
            values (:id, :now, :ip, :agent)
            """)
        .param("id", id)
        .param("now", Timestamp.from(now))
        .param("ip", from.clientIp())
        .param("agent", from.userAgent())
        .update();
  }

  private static Consent consent(ResultSet row) throws SQLException {
    var given = row.getTimestamp("given_at");
    return new Consent(
        row.getObject("id", UUID.class),
        row.getObject("supplier_id", UUID.class),
        row.getString("organisation"),
        row.getString("name"),
        row.getString("title"),
        row.getString("mail"),
        row.getString("contract_title"),
        row.getString("text_shown"),
        Sha256.parse(row.getString("text_sha256")),
        Sha256.parse(row.getString("secret_hash")),
        row.getTimestamp("asked_at").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        given == null
            ? Optional.empty()
            : Optional.of(
                new Consent.Given(
                    given.toInstant(), row.getString("method"), row.getString("client_ip"))),
        Optional.ofNullable(row.getTimestamp("withdrawn_at")).map(Timestamp::toInstant));
  }
}
