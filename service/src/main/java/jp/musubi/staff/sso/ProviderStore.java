package jp.musubi.staff.sso;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.platform.secrets.BodyKeys;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The providers of the current body, as rows. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ProviderStore {
  private static final String PURPOSE = "sso-client-secret";

  private final JdbcClient jdbc;
  private final BodyKeys keys;

  ProviderStore(JdbcClient jdbc, BodyKeys keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  Optional<Provider> find(Provider.Kind kind) {
    return jdbc.sql(
            """
            select kind, in_use, issuer, client_id, client_secret, authorization_url, token_url,
                   keys_url, login_claim, name_claim, mail_claim, strong_values, links_by_mail,
                   section_id, changed_at, tested_at
              from sso_provider where kind = :kind
            """)
        .param("kind", kind.name())
        .query((row, _) -> provider(row))
        .optional();
  }

  /** The kind of the one that is in use. */
  Optional<Provider.Kind> inUse() {
    return jdbc.sql("select kind from sso_provider where in_use")
        .query((row, _) -> Provider.Kind.valueOf(row.getString("kind")))
        .optional();
  }

  /** Writes an OIDC provider over the one before. */
  void save(Provider.Protocol.Oidc oidc, Provider provider) {
    jdbc.sql(
            """
            insert into sso_provider (kind, in_use, issuer, client_id, client_secret,
                   authorization_url, token_url, keys_url, login_claim, name_claim, mail_claim,
                   strong_values, links_by_mail, section_id, changed_at, tested_at)
            values ('OIDC', :inUse, :issuer, :clientId, :secret, :authorization, :token, :keys,
                    :login, :name, :mail, :strong, :byMail, :section, :changed, :tested)
            on conflict (tenant_id, kind) do update set
                   in_use = excluded.in_use, issuer = excluded.issuer,
                   client_id = excluded.client_id, client_secret = excluded.client_secret,
                   authorization_url = excluded.authorization_url, token_url = excluded.token_url,
                   keys_url = excluded.keys_url, login_claim = excluded.login_claim,
                   name_claim = excluded.name_claim, mail_claim = excluded.mail_claim,
                   strong_values = excluded.strong_values, links_by_mail = excluded.links_by_mail,
                   section_id = excluded.section_id, changed_at = excluded.changed_at,
                   tested_at = excluded.tested_at
            """)
        .param("inUse", provider.inUse())
        .param("issuer", oidc.issuer())
        .param("clientId", oidc.clientId())
        .param(
            "secret", keys.encrypt(PURPOSE, oidc.secret().value().getBytes(StandardCharsets.UTF_8)))
        .param("authorization", oidc.authorization().toString())
        .param("token", oidc.token().toString())
        .param("keys", oidc.keys().toString())
        .param("login", provider.rules().claims().login())
        .param("name", provider.rules().claims().name())
        .param("mail", provider.rules().claims().mail())
        .param("strong", provider.rules().strong().toArray(String[]::new))
        .param("byMail", provider.rules().linksByMail())
        .param("section", provider.rules().section())
        .param("changed", Timestamp.from(provider.changed()))
        .param("tested", provider.tested() == null ? null : Timestamp.from(provider.tested()))
        .update();
  }

  /** Notes that a trial of it went well, unless it was changed since. */
  void tested(Provider provider, Instant now) {
    jdbc.sql(
            "update sso_provider set tested_at = :now where kind = :kind and changed_at = :changed")
        .param("now", Timestamp.from(now))
        .param("kind", provider.protocol().kind().name())
        .param("changed", Timestamp.from(provider.changed()))
        .update();
  }

  /**
   * Begins or ends its use; beginning ends the use of the other.
   *
   * @return whether there is such a tested provider
   */
  boolean use(Provider.Kind kind, boolean use) {
    if (use) {
      jdbc.sql("update sso_provider set in_use = false where in_use").update();
    }
    return jdbc.sql(
                "update sso_provider set in_use = :use where kind = :kind and tested_at is not null")
            .param("use", use)
            .param("kind", kind.name())
            .update()
        == 1;
  }

  /** Forgets it, its secret included. */
  void remove(Provider.Kind kind) {
    jdbc.sql("delete from sso_provider where kind = :kind").param("kind", kind.name()).update();
  }

  private Provider provider(ResultSet row) throws SQLException {
    var tested = row.getTimestamp("tested_at");
    return new Provider(
        new Provider.Protocol.Oidc(
            row.getString("issuer"),
            row.getString("client_id"),
            new Secret(
                new String(
                    keys.decrypt(PURPOSE, row.getBytes("client_secret")), StandardCharsets.UTF_8)),
            URI.create(row.getString("authorization_url")),
            URI.create(row.getString("token_url")),
            URI.create(row.getString("keys_url"))),
        new Provider.Rules(
            new Provider.Claims(
                row.getString("login_claim"),
                row.getString("name_claim"),
                row.getString("mail_claim")),
            Set.of((String[]) row.getArray("strong_values").getArray()),
            row.getBoolean("links_by_mail"),
            row.getObject("section_id", UUID.class)),
        row.getBoolean("in_use"),
        row.getTimestamp("changed_at").toInstant(),
        tested == null ? null : tested.toInstant());
  }
}
