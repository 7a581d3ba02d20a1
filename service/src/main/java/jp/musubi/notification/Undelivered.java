package jp.musubi.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 不達. The letters of the current body that did not arrive. */
@Service
@Transactional(readOnly = true)
public class Undelivered {
  private final JdbcClient jdbc;

  Undelivered(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A letter that did not arrive.
   *
   * @param contract that it was about, if it was about one
   * @param at when that was known
   * @param reason what a mail server said of it; never a live link
   */
  public record Letter(
      UUID id,
      String occasion,
      @Nullable UUID contract,
      String recipient,
      String subject,
      Instant at,
      String reason) {}

  /** It is known now; published in the transaction that notes it. */
  public record Known(Letter letter) {

    static Known of(jp.musubi.notification.Letter letter, Instant at, String reason) {
      return new Known(
          new Letter(
              letter.id(),
              letter.occasion(),
              letter.contractId(),
              letter.recipient().value(),
              letter.subject(),
              at,
              reason));
    }
  }

  /** Those about a contract, oldest first. */
  public List<Letter> of(UUID contract) {
    return jdbc.sql(
            """
            select id, occasion, contract_id, recipient, subject,
                   coalesce(bounced_at, gave_up_at) as known_at,
                   coalesce(last_error, bounce_status) as reason
              from mail
             where contract_id = :contract and (bounced_at is not null or gave_up_at is not null)
             order by known_at, id
            """)
        .param("contract", contract)
        .query((row, _) -> letter(row))
        .list();
  }

  private static Letter letter(ResultSet row) throws SQLException {
    return new Letter(
        row.getObject("id", UUID.class),
        row.getString("occasion"),
        row.getObject("contract_id", UUID.class),
        row.getString("recipient"),
        row.getString("subject"),
        row.getTimestamp("known_at").toInstant(),
        row.getString("reason"));
  }
}
