package jp.musubi.notification;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.Tenancy;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps text messages until they are sent; their words are kept nowhere. */
@Component
@Transactional
class TextOutbox implements TextMessages {
  private final JdbcClient jdbc;
  private final SmsGateway gateway;
  private final SchedulerClient scheduler;
  private final Clock clock;

  // Lazy, since the scheduler is made with all jobs, and some job's work ends in a message.
  TextOutbox(JdbcClient jdbc, SmsGateway gateway, @Lazy SchedulerClient scheduler, Clock clock) {
    this.jdbc = jdbc;
    this.gateway = gateway;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** A message that waits. */
  record Waiting(UUID id, UUID contractId, String phone, Instant until, int attempts) {}

  @Override
  @Transactional(propagation = Propagation.SUPPORTS)
  public boolean areOffered() {
    return gateway.isConfigured();
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void enqueue(UUID id, UUID contractId, String phone, Instant until) {
    var now = clock.instant();
    jdbc.sql(
            """
            insert into text_message (id, contract_id, phone, created_at, expires_at)
            values (:id, :contract, :phone, :now, :until)
            """)
        .param("id", id)
        .param("contract", contractId)
        .param("phone", phone)
        .param("now", Timestamp.from(now))
        .param("until", Timestamp.from(until))
        .update();
    scheduler.scheduleIfNotExists(
        SendText.TASK.instance(SendMail.instanceOf(Tenancy.required(), id)).build(), now);
  }

  @Transactional(readOnly = true)
  public Optional<Waiting> waiting(UUID id) {
    return jdbc.sql(
            """
            select id, contract_id, phone, expires_at, attempts from text_message
             where id = :id and sent_at is null and gave_up_at is null
            """)
        .param("id", id)
        .query((row, _) ->
            new Waiting(
                row.getObject("id", UUID.class),
                row.getObject("contract_id", UUID.class),
                row.getString("phone"),
                row.getTimestamp("expires_at").toInstant(),
                row.getInt("attempts")))
        .optional();
  }

  void sent(UUID id, Instant now) {
    jdbc.sql(
            """
            update text_message set sent_at = :now, attempts = attempts + 1, last_error = null
             where id = :id
            """)
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  void failed(UUID id, String error) {
    jdbc.sql(
            """
            update text_message set attempts = attempts + 1, last_error = :error where id = :id
            """)
        .param("error", error)
        .param("id", id)
        .update();
  }

  void gaveUp(UUID id, String error, Instant now) {
    jdbc.sql(
            """
            update text_message
               set attempts = attempts + 1, last_error = :error, gave_up_at = :now
             where id = :id
            """)
        .param("error", error)
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }
}
