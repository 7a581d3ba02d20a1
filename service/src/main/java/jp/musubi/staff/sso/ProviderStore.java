package jp.musubi.staff.sso;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
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
  private static final String REQUEST_KEY = "sso-request-key";

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
                   keys_url, login_claim, name_claim, mail_claim, groups_claim,
                   strong_values, links_by_mail, section_id, changed_at, tested_at, request_url, certificates,
                   subject_attribute, request_key, request_certificate
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

  /** Writes a provider over the one before of its kind. */
  void save(Provider provider) {
    var row =
        jdbc.sql(
            """
            insert into sso_provider (kind, in_use, issuer, client_id, client_secret,
                   authorization_url, token_url, keys_url, request_url, certificates,
                   subject_attribute, request_key, request_certificate, login_claim, name_claim,
                   mail_claim, groups_claim, strong_values, links_by_mail, section_id, changed_at,
                   tested_at)
            values (:kind, :inUse, :issuer, :clientId, :secret, :authorization, :token, :keys,
                    :request, :certificates, :subject, :requestKey, :requestCertificate, :login,
                    :name, :mail, :groups, :strong, :byMail, :section, :changed, :tested)
            on conflict (tenant_id, kind) do update set
                   in_use = excluded.in_use, issuer = excluded.issuer,
                   client_id = excluded.client_id, client_secret = excluded.client_secret,
                   authorization_url = excluded.authorization_url,
                   token_url = excluded.token_url, keys_url = excluded.keys_url,
                   request_url = excluded.request_url, certificates = excluded.certificates,
                   subject_attribute = excluded.subject_attribute,
                   request_key = excluded.request_key,
                   request_certificate = excluded.request_certificate,
                   login_claim = excluded.login_claim, name_claim = excluded.name_claim,
                   mail_claim = excluded.mail_claim, groups_claim = excluded.groups_claim,
                   strong_values = excluded.strong_values,
                   links_by_mail = excluded.links_by_mail, section_id = excluded.section_id,
                   changed_at = excluded.changed_at, tested_at = excluded.tested_at
            """);
    var rules = provider.rules();
    switch (provider.protocol()) {
      case Provider.Protocol.Oidc oidc -> oidc(row, oidc);
      case Provider.Protocol.Saml saml -> saml(row, saml);
    }
    row.param("kind", provider.protocol().kind().name())
        .param("inUse", provider.inUse())
        .param("issuer", provider.protocol().issuer())
        .param("login", rules.claims().login())
        .param("name", rules.claims().name())
        .param("mail", rules.claims().mail())
        .param("groups", rules.claims().groups())
        .param("strong", rules.strong().toArray(String[]::new))
        .param("byMail", rules.linksByMail())
        .param("section", rules.section())
        .param("changed", Timestamp.from(provider.changed()))
        .param("tested", provider.tested() == null ? null : Timestamp.from(provider.tested()))
        .update();
  }

  private void oidc(JdbcClient.StatementSpec row, Provider.Protocol.Oidc oidc) {
    row.param("clientId", oidc.clientId())
        .param(
            "secret", keys.encrypt(PURPOSE, oidc.secret().value().getBytes(StandardCharsets.UTF_8)))
        .param("authorization", oidc.authorization().toString())
        .param("token", oidc.token().toString())
        .param("keys", oidc.keys().toString())
        .param("request", null)
        .param("certificates", null)
        .param("subject", null)
        .param("requestKey", null, Types.BINARY)
        .param("requestCertificate", null, Types.BINARY);
  }

  private void saml(JdbcClient.StatementSpec row, Provider.Protocol.Saml saml) {
    var key = saml.requestKey();
    row.param("clientId", null)
        .param("secret", null, Types.BINARY)
        .param("authorization", null)
        .param("token", null)
        .param("keys", null)
        .param("request", saml.address().toString())
        .param("certificates", SigningCertificates.pem(saml.certificates()))
        .param("subject", saml.subjectAttribute())
        .param(
            "requestKey", key == null ? null : keys.encrypt(REQUEST_KEY, key.pkcs8()), Types.BINARY)
        .param(
            "requestCertificate",
            key == null ? null : SigningCertificates.der(key.certificate()),
            Types.BINARY);
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
      jdbc.sql(
              """
              update sso_provider set in_use = false
               where in_use and exists (select from sso_provider other
                                         where other.kind = :kind and other.tested_at is not null)
              """)
          .param("kind", kind.name())
          .update();
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
        switch (Provider.Kind.valueOf(row.getString("kind"))) {
          case OIDC -> oidc(row);
          case SAML -> saml(row);
        },
        new Provider.Rules(
            new Provider.Claims(
                row.getString("login_claim"),
                row.getString("name_claim"),
                row.getString("mail_claim"),
                row.getString("groups_claim")),
            Set.of((String[]) row.getArray("strong_values").getArray()),
            row.getBoolean("links_by_mail"),
            row.getObject("section_id", UUID.class)),
        row.getBoolean("in_use"),
        row.getTimestamp("changed_at").toInstant(),
        tested == null ? null : tested.toInstant());
  }

  private Provider.Protocol oidc(ResultSet row) throws SQLException {
    return new Provider.Protocol.Oidc(
        row.getString("issuer"),
        row.getString("client_id"),
        new Secret(
            new String(
                keys.decrypt(PURPOSE, row.getBytes("client_secret")), StandardCharsets.UTF_8)),
        URI.create(row.getString("authorization_url")),
        URI.create(row.getString("token_url")),
        URI.create(row.getString("keys_url")));
  }

  private Provider.Protocol saml(ResultSet row) throws SQLException {
    var key = row.getBytes("request_key");
    return new Provider.Protocol.Saml(
        row.getString("issuer"),
        URI.create(row.getString("request_url")),
        SigningCertificates.kept(row.getString("certificates")),
        row.getString("subject_attribute"),
        key == null
            ? null
            : RequestKey.of(keys.decrypt(REQUEST_KEY, key), row.getBytes("request_certificate")));
  }
}
