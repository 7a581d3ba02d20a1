package jp.musubi.staff;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.musubi.platform.web.Entrances;
import jp.musubi.platform.web.PasskeyRecords;
import jp.musubi.platform.web.RelyingParties;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The passkeys of the current body's staff. A user's handle is the member's id: it tells nothing of
 * the person (WebAuthn, 14.6.1).
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PasskeyStore implements PasskeyRecords {
  private static final String COLUMNS =
      """
      select credential_id, staff_id, label, public_key, attestation, signature_count, transports,
             backup_eligible, backup_state, created_at, used_at, rp_id
        from staff_passkey
      """;

  private final JdbcClient jdbc;
  private final Entrances entrances;

  PasskeyStore(JdbcClient jdbc, Entrances entrances) {
    this.jdbc = jdbc;
    this.entrances = entrances;
  }

  /**
   * A passkey in a list.
   *
   * @param host the name under which it was made, and opens
   */
  record Line(String id, String label, String host, Instant created, @Nullable Instant used) {}

  List<Line> of(UUID staff) {
    return jdbc.sql(COLUMNS + " where staff_id = :staff order by created_at, credential_id")
        .param("staff", staff)
        .query((row, _) ->
            new Line(
                new Bytes(row.getBytes("credential_id")).toBase64UrlString(),
                row.getString("label"),
                host(row),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("used_at"))))
        .list();
  }

  boolean remove(UUID staff, Bytes credential) {
    return jdbc.sql("delete from staff_passkey where credential_id = :id and staff_id = :staff")
            .param("id", credential.getBytes())
            .param("staff", staff)
            .update()
        == 1;
  }

  @Override
  public void save(CredentialRecord passkey, String host) {
    jdbc.sql(
            """
            insert into staff_passkey (credential_id, staff_id, label, public_key, attestation,
                                       signature_count, transports, backup_eligible, backup_state, created_at, used_at, rp_id)
            values (:id, :staff, :label, :key, :attestation, :count, :transports, :eligible, :state, :created, :used,
                    :host)
            on conflict (tenant_id, credential_id) do update
               set signature_count = excluded.signature_count,
                   backup_state = excluded.backup_state, used_at = excluded.used_at
             where staff_passkey.staff_id = excluded.staff_id
            """)
        .params(PasskeyRecords.values(passkey, host))
        .param("staff", PasskeyRecords.ownerOf(passkey))
        .param("label", passkey.getLabel())
        .update();
  }

  @Override
  public @Nullable CredentialRecord find(Bytes credential, String host) {
    return jdbc.sql(
            COLUMNS + " where credential_id = :id and coalesce(rp_id, :first) = :host for update")
        .param("id", credential.getBytes())
        .param("first", entrances.internet().host())
        .param("host", host)
        .query((row, _) -> passkey(row))
        .optional()
        .orElse(null);
  }

  @Override
  public List<CredentialRecord> of(UUID staff, String host) {
    return jdbc.sql(
            COLUMNS
                + """
                 where staff_id = :staff and coalesce(rp_id, :first) = :host
                 order by created_at, credential_id
                """)
        .param("staff", staff)
        .param("first", entrances.internet().host())
        .param("host", host)
        .query((row, _) -> passkey(row))
        .list();
  }

  private String host(ResultSet row) throws SQLException {
    var host = row.getString("rp_id");
    return host == null ? entrances.internet().host() : host;
  }

  @Override
  public @Nullable PublicKeyCredentialUserEntity owner(UUID staff) {
    return jdbc.sql("select login_id, name from staff where id = :staff and active")
        .param("staff", staff)
        .<PublicKeyCredentialUserEntity>query((row, _) ->
            ImmutablePublicKeyCredentialUserEntity.builder()
                .id(RelyingParties.handle(staff))
                .name(row.getString("login_id"))
                .displayName(row.getString("name"))
                .build())
        .optional()
        .orElse(null);
  }

  private static CredentialRecord passkey(ResultSet row) throws SQLException {
    return PasskeyRecords.read(row, row.getObject("staff_id", UUID.class), row.getString("label"));
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
