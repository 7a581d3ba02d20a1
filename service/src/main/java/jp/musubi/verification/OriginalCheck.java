package jp.musubi.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import jp.musubi.platform.AddressRange;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 原本照合. Tells whoever has a file and the number of a contract of the current body whether they
 * belong together: by the file's digest alone, which nobody guesses, and with nothing that the file
 * does not say itself.
 */
@Service
@Transactional
class OriginalCheck {
  private static final Duration SHORT = Duration.ofHours(1);
  private static final Duration LONG = Duration.ofDays(1);
  private static final int MOST_OF_NETWORK = 60;
  private static final int MOST_OF_BODY = 10_000;

  private final JdbcClient jdbc;
  private final Clock clock;

  OriginalCheck(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** What a question is answered. */
  sealed interface Answer {
    /** 一致: it is the concluded contract. */
    record Document(Instant concludedAt) implements Answer {}

    /** 一致: it is the contract's 締結証明書, the body's or the counterparty's copy. */
    record Certificate(Instant concludedAt) implements Answer {}

    /** 不一致: the contract is concluded, and this is none of its files. */
    record Other() implements Answer {}

    /** 不明: no concluded contract has that number. */
    record Unknown() implements Answer {}

    /** Asked too often; nothing was looked at. */
    record TooMany() implements Answer {}
  }

  /**
   * Asks.
   *
   * @param number 文書番号 as printed on the 締結証明書
   * @param clientIp from where
   */
  public Answer ask(String number, Sha256 file, String clientIp) {
    var now = clock.instant();
    var network = AddressRange.network(clientIp);
    jdbc.sql("delete from file_inquiry where asked_at < :limit")
        .param("limit", Timestamp.from(now.minus(LONG)))
        .update();
    if (isFull(network, now)) {
      return new Answer.TooMany();
    }
    jdbc.sql("insert into file_inquiry (id, client_net, asked_at) values (:id, :net, :now)")
        .param("id", UUID.randomUUID())
        .param("net", network)
        .param("now", Timestamp.from(now))
        .update();
    return jdbc.sql(
            """
            select final_sha256, certificate_sha256, certificate_masked_sha256, concluded_at
              from contract where number = :number and state = 'CONCLUDED'
            """)
        .param("number", number)
        .query((row, _) -> compared(row, file.hex()))
        .optional()
        .orElseGet(Answer.Unknown::new);
  }

  private static Answer compared(ResultSet row, String file) throws SQLException {
    var concluded = row.getTimestamp("concluded_at").toInstant();
    if (file.equals(row.getString("final_sha256"))) {
      return new Answer.Document(concluded);
    }
    return file.equals(row.getString("certificate_sha256"))
            || file.equals(row.getString("certificate_masked_sha256"))
        ? new Answer.Certificate(concluded)
        : new Answer.Other();
  }

  private boolean isFull(String network, Instant now) {
    return jdbc.sql(
            """
            select count(*) filter (where client_net = :net and asked_at > :short) >= :ofNetwork
                or count(*) >= :ofBody
              from file_inquiry
            """)
        .param("net", network)
        .param("short", Timestamp.from(now.minus(SHORT)))
        .param("ofNetwork", MOST_OF_NETWORK)
        .param("ofBody", MOST_OF_BODY)
        .query(Boolean.class)
        .single();
  }
}
