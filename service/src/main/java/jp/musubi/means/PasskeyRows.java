package jp.musubi.means;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
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
 * The passkeys of the current body's counterparties, in the shape that Spring Security asks for. A
 * user's handle is the id of the means: it tells nothing of the person (WebAuthn, 14.6.1).
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PasskeyRows implements PublicKeyCredentialUserEntityRepository {
  private static final String COLUMNS =
      """
      select p.credential_id, p.means_id, p.public_key, p.attestation, p.signature_count, p.transports,
             p.backup_eligible, p.backup_state, p.created_at, p.used_at
        from counterparty_passkey p
        join counterparty_means m on m.id = p.means_id and m.ended_at is null
      """;

  private final JdbcClient jdbc;

  PasskeyRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those made under one name: no browser shows others there. Needs no transaction; its methods do.
   */
  @Transactional(propagation = Propagation.SUPPORTS)
  UserCredentialRepository under(String host) {
    return new UserCredentialRepository() {
      @Override
      public void delete(Bytes credentialId) {
        throw new UnsupportedOperationException("a passkey ends with its means");
      }

      @Override
      public void save(CredentialRecord passkey) {
        PasskeyRows.this.save(passkey, host);
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

  private void save(CredentialRecord passkey, String host) {
    jdbc.sql(
            """
            insert into counterparty_passkey (credential_id, means_id, public_key, attestation,
                                              signature_count, transports, backup_eligible,
                                              backup_state, created_at, used_at, rp_id)
            values (:id, :means, :key, :attestation, :count, :transports, :eligible, :state, :created,
                    :used, :host)
            on conflict (tenant_id, credential_id) do update
               set signature_count = excluded.signature_count,
                   backup_state = excluded.backup_state, used_at = excluded.used_at
             where counterparty_passkey.means_id = excluded.means_id
            """)
        .param("id", passkey.getCredentialId().getBytes())
        .param("means", RelyingParties.owner(Objects.requireNonNull(passkey.getUserEntityUserId())))
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
    return jdbc.sql(COLUMNS + " where p.credential_id = :id and p.rp_id = :host for update of p")
        .param("id", credential.getBytes())
        .param("host", host)
        .query((row, _) -> passkey(row))
        .optional()
        .orElse(null);
  }

  private List<CredentialRecord> of(Bytes user, String host) {
    return jdbc.sql(COLUMNS + " where p.means_id = :means and p.rp_id = :host")
        .param("means", RelyingParties.owner(user))
        .param("host", host)
        .query((row, _) -> passkey(row))
        .list();
  }

  /** The public half of the passkey of a means, as COSE has it. */
  byte[] publicKey(UUID means) {
    return jdbc.sql("select public_key from counterparty_passkey where means_id = :means")
        .param("means", means)
        .query(byte[].class)
        .single();
  }

  @Override
  public void delete(Bytes id) {
    throw new UnsupportedOperationException("a means is ended elsewhere");
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
    throw new UnsupportedOperationException("a means is proposed elsewhere");
  }

  private @Nullable PublicKeyCredentialUserEntity user(UUID means) {
    return jdbc.sql(
            "select mail, holder from counterparty_means where id = :id and ended_at is null")
        .param("id", means)
        .<PublicKeyCredentialUserEntity>query((row, _) ->
            ImmutablePublicKeyCredentialUserEntity.builder()
                .id(RelyingParties.handle(means))
                // What the device shows in its own list.
                .name(row.getString("mail"))
                .displayName(row.getString("holder"))
                .build())
        .optional()
        .orElse(null);
  }

  private static CredentialRecord passkey(ResultSet row) throws SQLException {
    return ImmutableCredentialRecord.builder()
        .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
        .credentialId(new Bytes(row.getBytes("credential_id")))
        .userEntityUserId(RelyingParties.handle(row.getObject("means_id", UUID.class)))
        .label("")
        .publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key")))
        .attestationObject(new Bytes(row.getBytes("attestation")))
        .signatureCount(row.getLong("signature_count"))
        .uvInitialized(true)
        .transports(
            Arrays.stream((String[]) row.getArray("transports").getArray())
                .map(AuthenticatorTransport::valueOf)
                .collect(Collectors.toSet()))
        .backupEligible(row.getBoolean("backup_eligible"))
        .backupState(row.getBoolean("backup_state"))
        .created(row.getTimestamp("created_at").toInstant())
        .lastUsed(row.getTimestamp("used_at").toInstant())
        .build();
  }
}
