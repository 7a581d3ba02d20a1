package jp.musubi.staff.sso;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.platform.web.Entrance;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who of the current body is awaited back from the provider, as rows. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ErrandStore {
  private static final Duration KEPT = Duration.ofDays(1);

  private final JdbcClient jdbc;
  private final BodyKeys keys;

  ErrandStore(JdbcClient jdbc, BodyKeys keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  /**
   * A confirmation that was given.
   *
   * @param strong whether the provider saw two factors
   */
  record Confirmation(boolean strong, Instant until) {}

  /** Keeps an errand, and throws old ones away. */
  void insert(Errand errand, String browser) {
    jdbc.sql("delete from sso_errand where created_at < :old")
        .param("old", Timestamp.from(errand.created().minus(KEPT)))
        .update();
    jdbc.sql(
            """
            insert into sso_errand (id, kind, purpose, staff_id, state_hash, browser_hash, secrets,
                                    target, entrance, created_at, expires_at)
            values (:id, :kind, :purpose, :staff, :state, :browser, :secrets, :target, :entrance,
                    :created, :expires)
            """)
        .param("id", errand.id())
        .param("kind", errand.kind().name())
        .param("purpose", errand.purpose().name())
        .param("staff", errand.staff())
        .param("state", hash(errand.state()))
        .param("browser", hash(browser))
        .param(
            "secrets",
            keys.encrypt(
                purpose(errand.id()),
                (errand.nonce() + " " + errand.verifier()).getBytes(StandardCharsets.UTF_8)))
        .param("target", errand.target())
        .param("entrance", errand.entrance().name())
        .param("created", Timestamp.from(errand.created()))
        .param("expires", Timestamp.from(errand.created().plus(Errand.VALID)))
        .update();
  }

  /** The errand that ends now, once, in the browser it began in. */
  Optional<Errand> take(Provider.Kind kind, String state, String browser, Instant now) {
    return jdbc.sql(
            """
            update sso_errand set used_at = :now
             where state_hash = :state and browser_hash = :browser and kind = :kind
               and used_at is null and expires_at > :now
            returning id, purpose, staff_id, secrets, target, entrance, created_at
            """)
        .param("now", Timestamp.from(now))
        .param("state", hash(state))
        .param("browser", hash(browser))
        .param("kind", kind.name())
        .query((row, _) -> {
          var id = row.getObject("id", UUID.class);
          var secrets =
              new String(keys.decrypt(purpose(id), row.getBytes("secrets")), StandardCharsets.UTF_8)
                  .split(" ", 2);
          return new Errand(
              id,
              kind,
              Errand.Purpose.valueOf(row.getString("purpose")),
              row.getObject("staff_id", UUID.class),
              state,
              secrets[0],
              secrets[1],
              row.getString("target"),
              Entrance.Side.valueOf(row.getString("entrance")),
              row.getTimestamp("created_at").toInstant());
        })
        .optional();
  }

  /** Notes that the provider confirmed. */
  void confirmed(UUID id, boolean strong, Instant now) {
    jdbc.sql("update sso_errand set confirmed_at = :now, strong = :strong where id = :id")
        .param("now", Timestamp.from(now))
        .param("strong", strong)
        .param("id", id)
        .update();
  }

  /** A confirmation of this member for this target that is fresh and not spent. */
  Optional<Confirmation> confirmation(UUID id, UUID staff, String target, Instant now) {
    return jdbc.sql(
            """
            select strong, confirmed_at from sso_errand
             where id = :id and staff_id = :staff and target = :target and purpose = 'CONFIRM'
               and confirmed_at > :since and spent_at is null
               for update
            """)
        .param("id", id)
        .param("staff", staff)
        .param("target", target)
        .param("since", Timestamp.from(now.minus(Errand.FRESH)))
        .query((row, _) ->
            new Confirmation(
                row.getBoolean("strong"),
                row.getTimestamp("confirmed_at").toInstant().plus(Errand.FRESH)))
        .optional();
  }

  /** Uses a confirmation up. */
  void spend(UUID id, Instant now) {
    jdbc.sql("update sso_errand set spent_at = :now where id = :id")
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  private static String purpose(UUID id) {
    return "sso-errand:" + id;
  }

  private static String hash(String secret) {
    return Sha256.of(secret.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
