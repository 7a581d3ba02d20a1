package jp.musubi.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The letters of the current body. */
@Repository
@Transactional
class MailStore {
  private final JdbcClient jdbc;

  MailStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps a letter, unless one with the same occasion is there already; whether it was kept. */
  boolean insert(Letter letter) {
    return jdbc.sql(
                """
                insert into mail (id, occasion, contract_id, recipient, subject, body, message_id,
                                  created_at, file_sha256, file_name)
                values (:id, :occasion, :contract, :recipient, :subject, :body, :messageId, :now,
                        :file, :fileName)
                on conflict (tenant_id, occasion) do nothing
                """)
            .param("id", letter.id())
            .param("occasion", letter.occasion())
            .param("contract", letter.contractId())
            .param("recipient", letter.recipient().value())
            .param("subject", letter.subject())
            .param("body", letter.body())
            .param("messageId", letter.messageId())
            .param("now", Timestamp.from(letter.createdAt()))
            .param("file", letter.file() == null ? null : letter.file().file().hex(), Types.CHAR)
            .param("fileName", letter.file() == null ? null : letter.file().name(), Types.VARCHAR)
            .update()
        == 1;
  }

  /** A letter, if it still waits. */
  @Transactional(readOnly = true)
  public Optional<Letter> waiting(UUID id) {
    return jdbc.sql(
            """
            select id, occasion, contract_id, recipient, subject, body, message_id, created_at,
                   attempts, file_sha256, file_name
              from mail where id = :id and sent_at is null and gave_up_at is null
            """)
        .param("id", id)
        .query((row, _) -> letter(row))
        .optional();
  }

  /** The letter that was sent under a Message-ID. */
  @Transactional(readOnly = true)
  public Optional<Letter> sentAs(String messageId) {
    return jdbc.sql(
            """
            select id, occasion, contract_id, recipient, subject, body, message_id, created_at,
                   attempts, file_sha256, file_name
              from mail where message_id = :id and sent_at is not null
            """)
        .param("id", messageId)
        .query((row, _) -> letter(row))
        .optional();
  }

  /** Notes that a letter came back; whether that was news. */
  boolean bounced(UUID id, String status, String error, Instant now) {
    return jdbc.sql(
                """
                update mail set bounced_at = :now, bounce_status = :status, last_error = :error
                 where id = :id and bounced_at is null
                """)
            .param("now", Timestamp.from(now))
            .param("status", status)
            .param("error", error)
            .param("id", id)
            .update()
        == 1;
  }

  void sent(UUID id, Instant now) {
    jdbc.sql(
            """
            update mail set sent_at = :now, attempts = attempts + 1, last_error = null
             where id = :id
            """)
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  void failed(UUID id, String error) {
    jdbc.sql("update mail set attempts = attempts + 1, last_error = :error where id = :id")
        .param("error", error)
        .param("id", id)
        .update();
  }

  void gaveUp(UUID id, String error, Instant now) {
    jdbc.sql(
            """
            update mail set attempts = attempts + 1, last_error = :error, gave_up_at = :now
             where id = :id
            """)
        .param("error", error)
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  private static Letter letter(ResultSet row) throws SQLException {
    return new Letter(
        row.getObject("id", UUID.class),
        row.getString("occasion"),
        row.getObject("contract_id", UUID.class),
        new MailAddress(row.getString("recipient")),
        row.getString("subject"),
        row.getString("body"),
        row.getString("message_id"),
        row.getTimestamp("created_at").toInstant(),
        row.getInt("attempts"),
        row.getString("file_sha256") == null
            ? null
            : new MailFile(Sha256.parse(row.getString("file_sha256")), row.getString("file_name")));
  }
}
