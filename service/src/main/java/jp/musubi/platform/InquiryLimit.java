package jp.musubi.platform;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * 問い合わせの数の限り. How much anybody may ask a body without signing in: so much an hour from one network,
 * so much a day in all. That somebody asked is kept for a day, and not what.
 *
 * @param counts where it is counted
 */
public record InquiryLimit(JdbcClient jdbc, Counts counts, int ofNetwork, int ofBody) {
  private static final Duration SHORT = Duration.ofHours(1);
  private static final Duration LONG = Duration.ofDays(1);

  /** The tables in which questions are counted, by their names. */
  public enum Counts {
    /** About mails. */
    MAIL_INQUIRY,
    /** About files. */
    FILE_INQUIRY,
    /** For a letter with the way to a 契約の控え. */
    SHELF_INQUIRY
  }

  /**
   * Counts a question to the current body; false, and uncounted, if there were too many. Those who
   * ask at once are counted one after the other, for as long as the caller's transaction lasts.
   */
  public boolean admits(String clientIp, Instant now) {
    var network = AddressRange.network(clientIp);
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(current_tenant() || :counts, 62))")
        .param("counts", counts.name())
        .query((_, _) -> true)
        .single();
    jdbc.sql("delete from %s where asked_at < :limit".formatted(counts))
        .param("limit", Timestamp.from(now.minus(LONG)))
        .update();
    if (isFull(network, now)) {
      return false;
    }
    jdbc.sql("insert into %s (id, client_net, asked_at) values (:id, :net, :now)".formatted(counts))
        .param("id", UUID.randomUUID())
        .param("net", network)
        .param("now", Timestamp.from(now))
        .update();
    return true;
  }

  private boolean isFull(String network, Instant now) {
    return jdbc.sql(
            """
            select count(*) filter (where client_net = :net and asked_at > :short) >= :ofNetwork
                or count(*) >= :ofBody
              from %s
            """
                .formatted(counts))
        .param("net", network)
        .param("short", Timestamp.from(now.minus(SHORT)))
        .param("ofNetwork", ofNetwork)
        .param("ofBody", ofBody)
        .query(Boolean.class)
        .single();
  }
}
