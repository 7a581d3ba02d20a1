package jp.musubi.shelf;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.secrets.AppSecret;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Mailed ways in, sessions and registrations of holders, as rows of the operators' body. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class HolderStore {
  private static final Duration DAY = Duration.ofDays(1);

  private final JdbcClient jdbc;
  private final BodyKeys keys;

  HolderStore(JdbcClient jdbc, BodyKeys keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  /** A mailed way in. */
  record Link(UUID id, Sha256 address, Sha256 secretHash, boolean alive) {}

  /**
   * A browser that came by a link.
   *
   * @param tries wrong codes and files so far
   * @param proven what the file that was shown here is worth
   * @param holder whose app was shown
   */
  record Session(
      UUID id, Sha256 address, int tries, Optional<Reach> proven, Optional<UUID> holder) {}

  /** 控えの登録. */
  record Holder(UUID id, Sha256 address, Instant registeredAt, Instant expiresAt, Reach reach) {}

  /** How many letters an address was sent within a day; forgets what is older. */
  int lettersTo(Sha256 address, Instant now) {
    jdbc.sql("delete from shelf_link where created_at < :limit")
        .param("limit", Timestamp.from(now.minus(DAY)))
        .update();
    jdbc.sql("delete from shelf_session where expires_at < :now")
        .param("now", Timestamp.from(now))
        .update();
    return jdbc.sql("select count(*) from shelf_link where address_digest = :address")
        .param("address", address.hex())
        .query(Integer.class)
        .single();
  }

  void insert(UUID link, Sha256 address, Sha256 secretHash, Instant now, Instant until) {
    jdbc.sql(
            """
            insert into shelf_link (id, address_digest, secret_hash, created_at, expires_at)
            values (:id, :address, :hash, :now, :until)
            """)
        .param("id", link)
        .param("address", address.hex())
        .param("hash", secretHash.hex())
        .param("now", Timestamp.from(now))
        .param("until", Timestamp.from(until))
        .update();
  }

  Optional<Link> link(UUID id, Instant now) {
    return jdbc.sql(
            """
            select address_digest, secret_hash, used_at is null and expires_at > :now as alive
              from shelf_link where id = :id
            """)
        .param("id", id)
        .param("now", Timestamp.from(now))
        .query((row, _) ->
            new Link(
                id,
                Sha256.parse(row.getString("address_digest")),
                Sha256.parse(row.getString("secret_hash")),
                row.getBoolean("alive")))
        .optional();
  }

  /** Whether it was alive and is used up by this; of several at once, one. */
  boolean use(UUID link, Instant now) {
    return jdbc.sql(
                """
                update shelf_link set used_at = :now
                 where id = :id and used_at is null and expires_at > :now
                """)
            .param("id", link)
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  void begin(UUID session, Sha256 address, Sha256 token, Instant now, Instant until) {
    jdbc.sql(
            """
            insert into shelf_session (id, address_digest, token_hash, created_at, expires_at)
            values (:id, :address, :token, :now, :until)
            """)
        .param("id", session)
        .param("address", address.hex())
        .param("token", token.hex())
        .param("now", Timestamp.from(now))
        .param("until", Timestamp.from(until))
        .update();
  }

  /** The session of a cookie that still lives. A registration that is over opens it no longer. */
  Optional<Session> session(Sha256 token, Instant now) {
    return jdbc.sql(
            """
            select s.id, s.address_digest, s.tries, s.proven, h.id as holder
              from shelf_session s
              left join shelf_holder h
                on h.tenant_id = s.tenant_id and h.id = s.holder_id and h.expires_at > :now
             where s.token_hash = :token and s.expires_at > :now
            """)
        .param("token", token.hex())
        .param("now", Timestamp.from(now))
        .query((row, _) -> session(row))
        .optional();
  }

  /** Keeps others from trying by the same session until the transaction ends. */
  void lock(UUID session) {
    jdbc.sql("select 1 from shelf_session where id = :id for update")
        .param("id", session)
        .query(Integer.class)
        .list();
  }

  void failed(UUID session) {
    jdbc.sql("update shelf_session set tries = tries + 1 where id = :id")
        .param("id", session)
        .update();
  }

  /** A file was shown; the app that is offered now waits for its first code. */
  void proven(UUID session, Reach reach, byte[] secret) {
    jdbc.sql("update shelf_session set proven = :reach, secret = :secret where id = :id")
        .param("reach", reach.number())
        .param("secret", keys.encrypt(offered(session), secret))
        .param("id", session)
        .update();
  }

  /** The app that waits for its first code. */
  Optional<AppSecret> offeredApp(UUID session) {
    return jdbc.sql("select secret from shelf_session where id = :id and secret is not null")
        .param("id", session)
        .query((row, _) -> new AppSecret(keys.decrypt(offered(session), row.getBytes("secret"))))
        .optional();
  }

  /** Lets a session in, and forgets what was offered to it. */
  void open(UUID session, UUID holder) {
    jdbc.sql(
            """
            update shelf_session set holder_id = :holder, proven = null, secret = null, tries = 0
             where id = :id
            """)
        .param("holder", holder)
        .param("id", session)
        .update();
  }

  void end(UUID session) {
    jdbc.sql("delete from shelf_session where id = :id").param("id", session).update();
  }

  /** The live registration of an address. */
  Optional<Holder> holder(Sha256 address, Instant now) {
    return jdbc.sql(
            """
            select id, address_digest, registered_at, expires_at, reach
              from shelf_holder where address_digest = :address and expires_at > :now
            """)
        .param("address", address.hex())
        .param("now", Timestamp.from(now))
        .query((row, _) ->
            new Holder(
                row.getObject("id", UUID.class),
                Sha256.parse(row.getString("address_digest")),
                row.getTimestamp("registered_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                Reach.numbered(row.getInt("reach"))))
        .optional();
  }

  /** One registration for an address: what was there is gone, with the sessions it had opened. */
  void register(
      UUID id, Sha256 address, Reach reach, byte[] secret, long step, Instant now, Instant until) {
    forget(address);
    jdbc.sql(
            """
            insert into shelf_holder (id, address_digest, registered_at, expires_at, reach, secret,
                                      last_step)
            values (:id, :address, :now, :until, :reach, :secret, :step)
            """)
        .param("id", id)
        .param("address", address.hex())
        .param("now", Timestamp.from(now))
        .param("until", Timestamp.from(until))
        .param("reach", reach.number())
        .param("secret", keys.encrypt(registered(id), secret), Types.BINARY)
        .param("step", step)
        .update();
  }

  /** An app's secret and the newest time step taken; the row is locked. */
  record App(AppSecret secret, long taken) {}

  Optional<App> lockApp(UUID holder) {
    return jdbc.sql("select secret, last_step from shelf_holder where id = :id for update")
        .param("id", holder)
        .query((row, _) ->
            new App(
                new AppSecret(keys.decrypt(registered(holder), row.getBytes("secret"))),
                row.getLong("last_step")))
        .optional();
  }

  void shown(UUID holder, long step, Instant until) {
    jdbc.sql("update shelf_holder set last_step = :step, expires_at = :until where id = :id")
        .param("step", step)
        .param("until", Timestamp.from(until))
        .param("id", holder)
        .update();
  }

  void widen(UUID holder, Reach reach) {
    jdbc.sql("update shelf_holder set reach = greatest(reach, :reach) where id = :id")
        .param("reach", reach.number())
        .param("id", holder)
        .update();
  }

  /** The registration, the sessions that it opened, and whatever was under way. */
  void forget(Sha256 address) {
    jdbc.sql("delete from shelf_holder where address_digest = :address")
        .param("address", address.hex())
        .update();
  }

  /** One registration for an address at a time. */
  void hold(Sha256 address) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:address, 144))")
        .param("address", address.hex())
        .query((_, _) -> true)
        .single();
  }

  private static Session session(ResultSet row) throws SQLException {
    @Nullable Integer proven = row.getObject("proven", Integer.class);
    return new Session(
        row.getObject("id", UUID.class),
        Sha256.parse(row.getString("address_digest")),
        row.getInt("tries"),
        Optional.ofNullable(proven).map(Reach::numbered),
        Optional.ofNullable(row.getObject("holder", UUID.class)));
  }

  private static String offered(UUID session) {
    return "shelf-offered:" + session;
  }

  private static String registered(UUID holder) {
    return "shelf-app:" + holder;
  }
}
