package jp.musubi.means;

import java.util.List;
import java.util.UUID;
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
 * The passkeys of the current body's counterparties, which end with their means. A user's handle is
 * the id of the means: it tells nothing of the person (WebAuthn, 14.6.1).
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PasskeyRows implements PasskeyRecords {
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

  @Override
  public void save(CredentialRecord passkey, String host) {
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
        .params(PasskeyRecords.values(passkey, host))
        .param("means", PasskeyRecords.ownerOf(passkey))
        .update();
  }

  @Override
  public @Nullable CredentialRecord find(Bytes credential, String host) {
    return jdbc.sql(COLUMNS + " where p.credential_id = :id and p.rp_id = :host for update of p")
        .param("id", credential.getBytes())
        .param("host", host)
        .query((row, _) -> PasskeyRecords.read(row, row.getObject("means_id", UUID.class), ""))
        .optional()
        .orElse(null);
  }

  @Override
  public List<CredentialRecord> of(UUID means, String host) {
    return jdbc.sql(COLUMNS + " where p.means_id = :means and p.rp_id = :host")
        .param("means", means)
        .param("host", host)
        .query((row, _) -> PasskeyRecords.read(row, means, ""))
        .list();
  }

  @Override
  public @Nullable PublicKeyCredentialUserEntity owner(UUID means) {
    return jdbc.sql(
            "select mail, holder from counterparty_means where id = :id and ended_at is null")
        .param("id", means)
        .<PublicKeyCredentialUserEntity>query((row, _) ->
            ImmutablePublicKeyCredentialUserEntity.builder()
                .id(RelyingParties.handle(means))
                .name(row.getString("mail"))
                .displayName(row.getString("holder"))
                .build())
        .optional()
        .orElse(null);
  }

  /** The public half of the passkey of a means, as COSE has it. */
  byte[] publicKey(UUID means) {
    return jdbc.sql("select public_key from counterparty_passkey where means_id = :means")
        .param("means", means)
        .query(byte[].class)
        .single();
  }
}
