package jp.musubi.means;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.PartyId;
import jp.musubi.platform.secrets.AppSecret;
import jp.musubi.platform.secrets.BodyKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The registered means of the current body's counterparties, as rows. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class MeansStore {
  private static final String LIVE =
      """
      registered_at is not null and ended_at is null and expires_at > :now
      """;
  private static final String COLUMNS =
      """
      select id, kind, mail, holder, party_id, registered_at, expires_at, used_at,
             provider, issuer, said_name, said_number
        from counterparty_means
      """;

  private final JdbcClient jdbc;
  private final BodyKeys keys;
  private final ExternalIds externalIds;
  private final Clock clock;

  MeansStore(JdbcClient jdbc, BodyKeys keys, ExternalIds externalIds, Clock clock) {
    this.jdbc = jdbc;
    this.keys = keys;
    this.externalIds = externalIds;
    this.clock = clock;
  }

  /** What opens for an address now; of passkeys, those made under the name. */
  Optional<Means> live(String mail, Means.Kind kind, String host) {
    return jdbc.sql(
            COLUMNS
                + " where mail = :mail and kind = :kind and "
                + LIVE
                + """
                   and (kind <> 'PASSKEY'
                        or id in (select means_id from counterparty_passkey where rp_id = :host))
                """)
        .param("mail", Means.address(mail))
        .param("kind", kind.name())
        .param("host", host)
        .param("now", now())
        .query((row, _) -> means(row))
        .optional();
  }

  /** All that live for these addresses, the oldest first. */
  List<Means> live(List<String> mails) {
    return mails.isEmpty()
        ? List.of()
        : jdbc.sql(COLUMNS + " where mail in (:mails) and " + LIVE + " order by registered_at, id")
            .param("mails", mails.stream().map(Means::address).toList())
            .param("now", now())
            .query((row, _) -> means(row))
            .list();
  }

  /** What waits to be registered by a party. */
  Optional<UUID> proposed(PartyId party, String mail, Means.Kind kind) {
    return jdbc.sql(
            """
            select id from counterparty_means
             where party_id = :party and mail = :mail and kind = :kind
               and registered_at is null and ended_at is null
            """)
        .param("party", party.value())
        .param("mail", Means.address(mail))
        .param("kind", kind.name())
        .query(UUID.class)
        .optional();
  }

  /** What was proposed to a party before and not taken up comes to its end. */
  void withdraw(PartyId party) {
    jdbc.sql(
            """
            update counterparty_means set ended_at = :now, end_reason = 'not registered', secret = null
             where party_id = :party and registered_at is null and ended_at is null
            """)
        .param("party", party.value())
        .param("now", now())
        .update();
  }

  void propose(UUID id, Holder holder, Means.Kind kind, byte @Nullable [] secret) {
    jdbc.sql(
            """
            insert into counterparty_means (id, mail, kind, holder, contract_id, party_id, proposed_at, secret)
            values (:id, :mail, :kind, :holder, :contract, :party, :now, :secret)
            """)
        .param("id", id)
        .param("mail", Means.address(holder.mail()))
        .param("kind", kind.name())
        .param("holder", holder.name())
        .param("contract", holder.contract().value())
        .param("party", holder.party().value())
        .param("now", now())
        .param("secret", secret == null ? null : keys.encrypt(purpose(id), secret), Types.BINARY)
        .update();
  }

  /** One registration for an address at a time, whichever of its contracts it comes by. */
  void hold(String mail) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(current_tenant() || :mail, 121))")
        .param("mail", Means.address(mail))
        .query((_, _) -> true)
        .single();
  }

  /**
   * From now on it counts; what else was kept for the address of its kind does not any more.
   *
   * @param person of an 外部のID: who signed in
   */
  void register(UUID id, Optional<ExternalProvider.Person> person) {
    var now = clock.instant();
    jdbc.sql(
            """
            update counterparty_means old
               set ended_at = :now, end_reason = 'replaced', secret = null
              from counterparty_means fresh
             where fresh.id = :id and old.mail = fresh.mail and old.kind = fresh.kind
               and old.id <> fresh.id and old.registered_at is not null and old.ended_at is null
            """)
        .param("id", id)
        .param("now", Timestamp.from(now))
        .update();
    jdbc.sql(
            """
            update counterparty_means
               set registered_at = :now, expires_at = :until, used_at = :now,
                   provider = :provider, issuer = :issuer, subject = :subject,
                   said_name = :name, said_number = :number
             where id = :id and registered_at is null
            """)
        .param("id", id)
        .param("now", Timestamp.from(now))
        .param("until", Timestamp.from(now.plus(Means.LIFE)))
        .param("provider", person.map(who -> who.provider().key()).orElse(null), Types.VARCHAR)
        .param("issuer", person.map(who -> who.provider().issuer()).orElse(null), Types.VARCHAR)
        .param("subject", person.map(who -> who.subject().hex()).orElse(null), Types.CHAR)
        .param("name", person.map(ExternalProvider.Person::name).orElse(null), Types.VARCHAR)
        .param("number", person.map(ExternalProvider.Person::number).orElse(null), Types.VARCHAR)
        .update();
  }

  /** An app's secret and the newest time step taken; the row is locked. */
  record App(AppSecret secret, long taken) {}

  Optional<App> lockApp(UUID id) {
    return jdbc.sql(
            """
            select secret, last_step from counterparty_means
             where id = :id and kind = 'TOTP' and ended_at is null
               for update
            """)
        .param("id", id)
        .query((row, _) ->
            new App(
                new AppSecret(keys.decrypt(purpose(id), row.getBytes("secret"))),
                row.getLong("last_step")))
        .optional();
  }

  /** Whether this is who was registered at that provider, and lives. */
  boolean isOf(UUID id, ExternalProvider.Person person) {
    return jdbc.sql(
                """
                select count(*) from counterparty_means
                 where id = :id and provider = :provider and issuer = :issuer and subject = :subject
                """
                    + " and "
                    + LIVE)
            .param("id", id)
            .param("provider", person.provider().key())
            .param("issuer", person.provider().issuer())
            .param("subject", person.subject().hex())
            .param("now", now())
            .query(Integer.class)
            .single()
        == 1;
  }

  void take(UUID id, long step) {
    jdbc.sql("update counterparty_means set last_step = :step, used_at = :now where id = :id")
        .param("step", step)
        .param("now", now())
        .param("id", id)
        .update();
  }

  void used(UUID id) {
    jdbc.sql("update counterparty_means set used_at = :now where id = :id")
        .param("now", now())
        .param("id", id)
        .update();
  }

  /** Whether there was one to end. */
  boolean end(UUID id, UUID by, String reason) {
    return jdbc.sql(
                """
                update counterparty_means
                   set ended_at = :now, ended_by = :by, end_reason = :reason, secret = null
                 where id = :id and ended_at is null
                """)
            .param("now", now())
            .param("by", by)
            .param("reason", reason)
            .param("id", id)
            .update()
        == 1;
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }

  private static String purpose(UUID id) {
    return "counterparty-totp:" + id;
  }

  /**
   * The provider as it is set up now; one under the same key that calls itself otherwise is
   * another.
   */
  private Optional<Means.External> external(ResultSet row) throws SQLException {
    var key = row.getString("provider");
    if (key == null) {
      return Optional.empty();
    }
    var issuer = row.getString("issuer");
    var name = row.getString("said_name");
    var number = row.getString("said_number");
    return externalIds
        .find(key)
        .filter(provider -> provider.issuer().equals(issuer))
        .map(provider -> new Means.External(provider, name, number));
  }

  private Means means(ResultSet row) throws SQLException {
    return new Means(
        row.getObject("id", UUID.class),
        Means.Kind.valueOf(row.getString("kind")),
        row.getString("mail"),
        row.getString("holder"),
        new PartyId(row.getObject("party_id", UUID.class)),
        row.getTimestamp("registered_at").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("used_at")).map(Timestamp::toInstant),
        external(row));
  }
}
