package jp.musubi.platform.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;

/**
 * パスキーの記録 (credential records, WebAuthn level 3, 4) of one kind of owner, in the shape that Spring
 * Security asks for. Each was made under a name of the service, and is there under that name only:
 * no browser shows it elsewhere. Owners come and go by other pages, never by a passkey.
 */
public interface PasskeyRecords extends PublicKeyCredentialUserEntityRepository {

  /** Keeps it; one that is there already has counted on, and changes its owner never. */
  void save(CredentialRecord passkey, String host);

  /** One of them, held until the transaction ends: its counter must not go back. */
  @Nullable CredentialRecord find(Bytes credential, String host);

  /** Those of an owner. */
  List<CredentialRecord> of(UUID owner, String host);

  /** What the owner's own device shows in its list; null for one who is there no more. */
  @Nullable PublicKeyCredentialUserEntity owner(UUID owner);

  /** Those made under one name. */
  default UserCredentialRepository under(String host) {
    return new UserCredentialRepository() {
      @Override
      public void delete(Bytes credential) {
        throw new UnsupportedOperationException("a passkey is removed by its owner's page");
      }

      @Override
      public void save(CredentialRecord passkey) {
        PasskeyRecords.this.save(passkey, host);
      }

      @Override
      public @Nullable CredentialRecord findByCredentialId(Bytes credential) {
        return find(credential, host);
      }

      @Override
      public List<CredentialRecord> findByUserId(Bytes owner) {
        return of(RelyingParties.owner(owner), host);
      }
    };
  }

  @Override
  default @Nullable PublicKeyCredentialUserEntity findById(Bytes id) {
    return owner(RelyingParties.owner(id));
  }

  @Override
  default @Nullable PublicKeyCredentialUserEntity findByUsername(String name) {
    return owner(UUID.fromString(name));
  }

  @Override
  default void save(PublicKeyCredentialUserEntity owner) {
    throw new UnsupportedOperationException("an owner is entered elsewhere");
  }

  @Override
  default void delete(Bytes id) {
    throw new UnsupportedOperationException("an owner is removed elsewhere");
  }

  /** The parameters of a row but for its owner's, which is {@link #ownerOf}. */
  static Map<String, Object> values(CredentialRecord passkey, String host) {
    return Map.of(
        "id",
        passkey.getCredentialId().getBytes(),
        "key",
        passkey.getPublicKey().getBytes(),
        "attestation",
        Objects.requireNonNull(passkey.getAttestationObject()).getBytes(),
        "count",
        passkey.getSignatureCount(),
        "transports",
        passkey.getTransports().stream()
            .map(AuthenticatorTransport::getValue)
            .toArray(String[]::new),
        "eligible",
        passkey.isBackupEligible(),
        "state",
        passkey.isBackupState(),
        "created",
        Timestamp.from(passkey.getCreated()),
        "used",
        Timestamp.from(passkey.getLastUsed()),
        "host",
        host);
  }

  /** Whose it is. */
  static UUID ownerOf(CredentialRecord passkey) {
    return RelyingParties.owner(Objects.requireNonNull(passkey.getUserEntityUserId()));
  }

  /** What a row says; one that was never used counts from when it was made. */
  static CredentialRecord read(ResultSet row, UUID owner, String label) throws SQLException {
    var transports = (String[]) row.getArray("transports").getArray();
    var created = row.getTimestamp("created_at").toInstant();
    var used = row.getTimestamp("used_at");
    return ImmutableCredentialRecord.builder()
        .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
        .credentialId(new Bytes(row.getBytes("credential_id")))
        .userEntityUserId(RelyingParties.handle(owner))
        .label(label)
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
        .lastUsed(used == null ? created : used.toInstant())
        .build();
  }
}
