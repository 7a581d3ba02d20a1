package jp.musubi.staff;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.platform.web.Entrances;
import jp.musubi.platform.web.RelyingParties;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The passkeys of the current body's staff, as rows, in the shape that Spring Security asks for. A
 * user's handle is the member's id: it tells nothing of the person (WebAuthn, 14.6.1).
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PasskeyStore implements PublicKeyCredentialUserEntityRepository {
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

  private void save(CredentialRecord passkey, String host) {
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
        .param("id", passkey.getCredentialId().getBytes())
        .param("staff", RelyingParties.owner(Objects.requireNonNull(passkey.getUserEntityUserId())))
        .param("label", passkey.getLabel())
        .param("key", passkey.getPublicKey().getBytes())
        .param("attestation", Objects.requireNonNull(passkey.getAttestationObject()).getBytes())
        .param("count", passkey.getSignatureCount())
        .param(
            "transports",
            passkey.getTransports().stream()
                .map(AuthenticatorTransport::getValue)
                .toArray(String[]::new))
        .param("eligible", passkey.isBackupEligible())
        .param("state", passkey.isBackupState())
        .param("created", Timestamp.from(passkey.getCreated()))
        .param("used", Timestamp.from(passkey.getLastUsed()))
        .param("host", host)
        .update();
  }

  private @Nullable CredentialRecord find(Bytes credential, String host) {
    return jdbc.sql(
            COLUMNS + " where credential_id = :id and coalesce(rp_id, :first) = :host for update")
        .param("id", credential.getBytes())
        .param("first", entrances.internet().host())
        .param("host", host)
        .query((row, _) -> passkey(row))
        .optional()
        .orElse(null);
  }

  private List<CredentialRecord> of(Bytes user, String host) {
    return jdbc.sql(
            COLUMNS
                + """
                 where staff_id = :staff and coalesce(rp_id, :first) = :host
                 order by created_at, credential_id
                """)
        .param("staff", RelyingParties.owner(user))
        .param("first", entrances.internet().host())
        .param("host", host)
        .query((row, _) -> passkey(row))
        .list();
  }

  /**
   * Those made under one name: no browser shows others there. Needs no transaction; its methods do.
   */
  @Transactional(propagation = Propagation.SUPPORTS)
  UserCredentialRepository under(String host) {
    return new UserCredentialRepository() {
      @Override
      public void delete(Bytes credentialId) {
        throw new UnsupportedOperationException("a passkey is removed by its owner");
      }

      @Override
      public void save(CredentialRecord passkey) {
        PasskeyStore.this.save(passkey, host);
      }

      @Override
      public @Nullable CredentialRecord findByCredentialId(Bytes credentialId) {
        return find(credentialId, host);
      }

      @Override
      public List<CredentialRecord> findByUserId(Bytes userId) {
        return of(userId, host);
      }
    };
  }

  private String host(ResultSet row) throws SQLException {
    var host = row.getString("rp_id");
    return host == null ? entrances.internet().host() : host;
  }

  @Override
  public void delete(Bytes id) {
    throw new UnsupportedOperationException("a member of staff is removed elsewhere");
  }

  @Override
  public @Nullable PublicKeyCredentialUserEntity findById(Bytes id) {
    return user(RelyingParties.owner(id));
  }

  @Override
  public @Nullable PublicKeyCredentialUserEntity findByUsername(String name) {
    return user(UUID.fromString(name));
  }

  @Override
  public void save(PublicKeyCredentialUserEntity user) {
    throw new UnsupportedOperationException("a member of staff is entered elsewhere");
  }

  private @Nullable PublicKeyCredentialUserEntity user(UUID staff) {
    return jdbc.sql("select login_id, name from staff where id = :staff and active")
        .param("staff", staff)
        .<PublicKeyCredentialUserEntity>query((row, _) ->
            ImmutablePublicKeyCredentialUserEntity.builder()
                .id(RelyingParties.handle(staff))
                // What the authenticator shows in its list; the owner's own device.
                .name(row.getString("login_id"))
                .displayName(row.getString("name"))
                .build())
        .optional()
        .orElse(null);
  }

  private static CredentialRecord passkey(ResultSet row) throws SQLException {
    var transports = (String[]) row.getArray("transports").getArray();
    var created = row.getTimestamp("created_at").toInstant();
    var used = instant(row.getTimestamp("used_at"));
    return ImmutableCredentialRecord.builder()
        .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
        .credentialId(new Bytes(row.getBytes("credential_id")))
        .userEntityUserId(RelyingParties.handle(row.getObject("staff_id", UUID.class)))
        .label(row.getString("label"))
        .publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key")))
        .attestationObject(new Bytes(row.getBytes("attestation")))
        .signatureCount(row.getLong("signature_count"))
        .uvInitialized(true)
        .transports(
            Arrays.stream(transports)
                .map(AuthenticatorTransport::valueOf)
                .collect(Collectors.toSet()))
        .backupEligible(row.getBoolean("backup_eligible"))
        .backupState(row.getBoolean("backup_state"))
        .created(created)
        .lastUsed(used == null ? created : used)
        .build();
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
