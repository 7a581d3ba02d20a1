package jp.musubi.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.api.Webhook.Delivery;
import jp.musubi.api.Webhook.Endpoint;
import jp.musubi.platform.secrets.BodyKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The webhooks of the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class WebhookStore {
  private static final String ENDPOINT =
      "select e.id, e.name, e.url, e.created_at, e.ended_at, e.failures, e.rests_until";
  private static final String DELIVERY =
      """
      select d.id, d.endpoint_id, d.contract_id, d.sequence, d.event, d.state, d.party_id,
             d.occurred_at, d.since, d.attempts, d.next_at, d.delivered_at, d.gave_up_at,
             d.last_error
        from webhook_delivery d
      """;
  private static final String OPEN = " d.delivered_at is null and d.gave_up_at is null ";

  private final JdbcClient jdbc;
  private final BodyKeys keys;

  WebhookStore(JdbcClient jdbc, BodyKeys keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  void insert(Endpoint endpoint, WebhookSecret secret) {
    jdbc.sql(
            """
            insert into webhook_endpoint (id, name, url, secret, created_at)
            values (:id, :name, :url, :secret, :now)
            """)
        .param("id", endpoint.id())
        .param("name", endpoint.name())
        .param("url", endpoint.url())
        .param("secret", keys.encrypt(purpose(endpoint.id()), secret.bytes()))
        .param("now", Timestamp.from(endpoint.createdAt()))
        .update();
  }

  List<Endpoint> endpoints() {
    return jdbc.sql(ENDPOINT + " from webhook_endpoint e order by e.created_at desc, e.id")
        .query((row, _) -> endpoint(row))
        .list();
  }

  Optional<Endpoint> lock(UUID id) {
    return jdbc.sql(ENDPOINT + " from webhook_endpoint e where e.id = :id for update")
        .param("id", id)
        .query((row, _) -> endpoint(row))
        .optional();
  }

  /** Where events go now. */
  List<UUID> standing() {
    return jdbc.sql("select id from webhook_endpoint where ended_at is null")
        .query((row, _) -> row.getObject("id", UUID.class))
        .list();
  }

  /** Puts another secret in the place of the present one, which signs beside it until then. */
  void replaceSecret(UUID id, WebhookSecret secret, Instant formerUntil) {
    jdbc.sql(
            """
            update webhook_endpoint
               set former_secret = secret, former_until = :until, secret = :secret
             where id = :id
            """)
        .param("until", Timestamp.from(formerUntil))
        .param("secret", keys.encrypt(purpose(id), secret.bytes()))
        .param("id", id)
        .update();
  }

  /** Ends an endpoint; what was not delivered never will be. */
  void end(UUID id, Instant now) {
    jdbc.sql("update webhook_endpoint set ended_at = :now where id = :id and ended_at is null")
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
    jdbc.sql(
            "update webhook_delivery d set gave_up_at = :now, last_error = 'ended'"
                + " where d.endpoint_id = :id and"
                + OPEN)
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  /** Adds an event behind those of the same contract, whose row the caller's step has locked. */
  void insert(
      UUID id,
      UUID endpoint,
      UUID contract,
      String event,
      String state,
      @Nullable UUID party,
      Instant now) {
    jdbc.sql(
            """
            insert into webhook_delivery (id, endpoint_id, contract_id, sequence, event, state,
                                          party_id, occurred_at, since, next_at)
            select :id, :endpoint, :contract, coalesce(max(sequence), 0) + 1, :event, :state,
                   cast(:party as uuid), :now, :now, :now
              from webhook_delivery
             where endpoint_id = :endpoint and contract_id = :contract
            """)
        .param("id", id)
        .param("endpoint", endpoint)
        .param("contract", contract)
        .param("event", event)
        .param("state", state)
        .param("party", party, Types.OTHER)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** A delivery, if it still waits. */
  Optional<Webhook.Errand> waiting(UUID id, Instant now) {
    return delivery(id).filter(each -> !each.isSettled()).map(each -> errand(each, now));
  }

  private Webhook.Errand errand(Delivery delivery, Instant now) {
    return jdbc.sql(
            ENDPOINT
                + """
                  , e.secret, case when e.former_until > :now then e.former_secret end as former
                  from webhook_endpoint e where e.id = :id
                """)
        .param("now", Timestamp.from(now))
        .param("id", delivery.endpoint())
        .query((row, _) -> {
          var secrets = new ArrayList<WebhookSecret>();
          secrets.add(secret(delivery.endpoint(), row.getBytes("secret")));
          var former = row.getBytes("former");
          if (former != null) {
            secrets.add(secret(delivery.endpoint(), former));
          }
          return new Webhook.Errand(endpoint(row), delivery, secrets);
        })
        .single();
  }

  Optional<Delivery> delivery(UUID id) {
    return jdbc.sql(DELIVERY + " where d.id = :id")
        .param("id", id)
        .query((row, _) -> delivery(row))
        .optional();
  }

  /** When the event before this one is tried next, if one of the same contract is still open. */
  Optional<Instant> before(Delivery delivery) {
    return jdbc.sql(
            "select max(d.next_at) from webhook_delivery d where d.endpoint_id = :endpoint"
                + " and d.contract_id = :contract and d.sequence < :sequence and"
                + OPEN)
        .param("endpoint", delivery.endpoint())
        .param("contract", delivery.contract())
        .param("sequence", delivery.sequence())
        .query(Timestamp.class)
        .optional()
        .map(Timestamp::toInstant);
  }

  void delivered(Delivery delivery, Instant now) {
    jdbc.sql(
            """
            update webhook_delivery
               set delivered_at = :now, attempts = attempts + 1, last_error = null
             where id = :id and gave_up_at is null
            """)
        .param("now", Timestamp.from(now))
        .param("id", delivery.id())
        .update();
    jdbc.sql("update webhook_endpoint set failures = 0, rests_until = null where id = :id")
        .param("id", delivery.endpoint())
        .update();
  }

  void failed(Delivery delivery, String error, Instant next, boolean giveUp, Instant now) {
    jdbc.sql(
            """
            update webhook_delivery
               set attempts = attempts + 1, last_error = :error, next_at = :next,
                   gave_up_at = case when :giveUp then cast(:now as timestamptz) end
             where id = :id and delivered_at is null and gave_up_at is null
            """)
        .param("error", error)
        .param("next", Timestamp.from(next))
        .param("giveUp", giveUp)
        .param("now", Timestamp.from(now))
        .param("id", delivery.id())
        .update();
  }

  /** Counts a failure in a row, and lets the endpoint rest if there were too many. */
  void rest(UUID endpoint, int failures, Optional<Instant> until) {
    jdbc.sql(
            """
            update webhook_endpoint set failures = :failures, rests_until = :until where id = :id
            """)
        .param("failures", failures)
        .param("until", until.map(Timestamp::from).orElse(null), Types.TIMESTAMP)
        .param("id", endpoint)
        .update();
  }

  /** Tries a settled delivery anew, as the same event. */
  void revive(UUID id, Instant now) {
    jdbc.sql(
            """
            update webhook_delivery
               set delivered_at = null, gave_up_at = null, attempts = 0, since = :now,
                   next_at = :now
             where id = :id
            """)
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  /** The newest of an endpoint. */
  List<Delivery> newest(UUID endpoint, int most) {
    return jdbc.sql(
            DELIVERY
                + """
                 where d.endpoint_id = :endpoint
                 order by d.occurred_at desc, d.sequence desc limit :most
                """)
        .param("endpoint", endpoint)
        .param("most", most)
        .query((row, _) -> delivery(row))
        .list();
  }

  /** How many were given up. */
  int lost(UUID endpoint) {
    return jdbc.sql(
            "select count(*) from webhook_delivery where endpoint_id = :id and gave_up_at is not null")
        .param("id", endpoint)
        .query(Integer.class)
        .single();
  }

  private WebhookSecret secret(UUID endpoint, byte[] stored) {
    return WebhookSecret.of(keys.decrypt(purpose(endpoint), stored));
  }

  private static String purpose(UUID endpoint) {
    return "webhook:" + endpoint;
  }

  private static Endpoint endpoint(ResultSet row) throws SQLException {
    return new Endpoint(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("url"),
        row.getTimestamp("created_at").toInstant(),
        instant(row, "ended_at"),
        row.getInt("failures"),
        instant(row, "rests_until"));
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getObject("id", UUID.class),
        row.getObject("endpoint_id", UUID.class),
        row.getObject("contract_id", UUID.class),
        row.getInt("sequence"),
        row.getString("event"),
        row.getString("state"),
        row.getObject("party_id", UUID.class),
        row.getTimestamp("occurred_at").toInstant(),
        row.getTimestamp("since").toInstant(),
        row.getInt("attempts"),
        row.getTimestamp("next_at").toInstant(),
        instant(row, "delivered_at"),
        instant(row, "gave_up_at"),
        Optional.ofNullable(row.getString("last_error")));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
