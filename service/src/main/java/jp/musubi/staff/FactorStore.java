package jp.musubi.staff;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.secrets.AppSecret;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The second factors of the current body's staff, as rows. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class FactorStore {
  private final JdbcClient jdbc;
  private final BodyKeys keys;

  FactorStore(JdbcClient jdbc, BodyKeys keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  /**
   * An authenticator app.
   *
   * @param confirmed whether its owner has shown a code of it; only then it counts
   * @param taken the newest time step whose code was taken
   */
  record App(AppSecret secret, boolean confirmed, long taken) {}

  /** The member's app, its row locked: a code is looked at by one sign-in at a time. */
  Optional<App> lockApp(UUID staff) {
    return jdbc.sql(
            "select secret, confirmed_at, last_step from staff_totp where staff_id = :staff for update")
        .param("staff", staff)
        .query((row, _) ->
            new App(
                new AppSecret(keys.decrypt(purpose(staff), row.getBytes("secret"))),
                row.getTimestamp("confirmed_at") != null,
                row.getLong("last_step")))
        .optional();
  }

  boolean hasConfirmedApp(UUID staff) {
    return jdbc.sql(
            "select exists (select from staff_totp where staff_id = :staff and confirmed_at is not null)")
        .param("staff", staff)
        .query(Boolean.class)
        .single();
  }

  /** Whether there is anything to ask for beside the password. */
  boolean hasAny(UUID staff) {
    return jdbc.sql(
            """
            select exists (select from staff_totp where staff_id = :staff and confirmed_at is not null)
                or exists (select from staff_passkey where staff_id = :staff)
            """)
        .param("staff", staff)
        .query(Boolean.class)
        .single();
  }

  /** Writes a new secret, not yet confirmed, over any that is not confirmed either. */
  void propose(UUID staff, byte[] secret) {
    jdbc.sql(
            """
            insert into staff_totp (staff_id, secret) values (:staff, :secret)
            on conflict (tenant_id, staff_id) do update set secret = excluded.secret, last_step = 0
             where staff_totp.confirmed_at is null
            """)
        .param("staff", staff)
        .param("secret", keys.encrypt(purpose(staff), secret))
        .update();
  }

  void take(UUID staff, long step) {
    jdbc.sql("update staff_totp set last_step = :step where staff_id = :staff")
        .param("step", step)
        .param("staff", staff)
        .update();
  }

  /** Whatever was demanded after a reset, it is there now. */
  void enrolled(UUID staff) {
    jdbc.sql("update staff set must_enrol = false where id = :staff and must_enrol")
        .param("staff", staff)
        .update();
  }

  /** The member registers a second factor before anything else. */
  void demand(UUID staff) {
    jdbc.sql("update staff set must_enrol = true where id = :staff").param("staff", staff).update();
  }

  void confirm(UUID staff, Instant now) {
    jdbc.sql("update staff_totp set confirmed_at = :now where staff_id = :staff")
        .param("now", Timestamp.from(now))
        .param("staff", staff)
        .update();
  }

  void remove(UUID staff) {
    jdbc.sql("delete from staff_totp where staff_id = :staff").param("staff", staff).update();
    if (!hasAny(staff)) {
      jdbc.sql("delete from staff_recovery_code where staff_id = :staff")
          .param("staff", staff)
          .update();
    }
  }

  /**
   * Forgets the app, the passkeys, the recovery codes and the link with the body's ID: whoever had
   * the password could have linked an ID of their own.
   */
  void removeAll(UUID staff) {
    for (var table :
        List.of("staff_totp", "staff_passkey", "staff_recovery_code", "sso_identity")) {
      jdbc.sql("delete from " + table + " where staff_id = :staff").param("staff", staff).update();
    }
  }

  /** Puts a new list in place of the old one. */
  void replaceRecoveryCodes(UUID staff, List<Sha256> hashes, Instant now) {
    jdbc.sql("delete from staff_recovery_code where staff_id = :staff")
        .param("staff", staff)
        .update();
    for (var hash : hashes) {
      jdbc.sql(
              "insert into staff_recovery_code (staff_id, hash, created_at) values (:staff, :hash, :now)")
          .param("staff", staff)
          .param("hash", hash.hex())
          .param("now", Timestamp.from(now))
          .update();
    }
  }

  /** Uses a recovery code up. Whether there was one to use. */
  boolean useRecoveryCode(UUID staff, Sha256 hash, Instant now) {
    return jdbc.sql(
                """
                update staff_recovery_code set used_at = :now
                 where staff_id = :staff and hash = :hash and used_at is null
                """)
            .param("staff", staff)
            .param("hash", hash.hex())
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  int unusedRecoveryCodes(UUID staff) {
    return jdbc.sql(
            "select count(*) from staff_recovery_code where staff_id = :staff and used_at is null")
        .param("staff", staff)
        .query(Integer.class)
        .single();
  }

  private static String purpose(UUID staff) {
    return "totp:" + staff;
  }
}
