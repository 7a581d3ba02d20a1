package jp.musubi.notification;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.util.UUID;
import jp.musubi.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes the letter and the job that sends it in one transaction with what caused them. */
@Component
class MailOutbox implements Outbox {
  private final MailStore store;
  private final MailSettings settings;
  private final SchedulerClient scheduler;
  private final Clock clock;

  // Lazy, since the scheduler is made with all jobs, and some job's work ends in a letter.
  MailOutbox(MailStore store, MailSettings settings, @Lazy SchedulerClient scheduler, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void enqueue(
      String occasion, @Nullable UUID contractId, String recipient, String subject, String body) {
    queue(occasion, contractId, recipient, subject, body, null);
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void enqueue(
      String occasion,
      @Nullable UUID contractId,
      String recipient,
      String subject,
      String body,
      MailFile file) {
    queue(occasion, contractId, recipient, subject, body, file);
  }

  private void queue(
      String occasion,
      @Nullable UUID contractId,
      String recipient,
      String subject,
      String body,
      @Nullable MailFile file) {
    var now = clock.instant();
    var id = UUID.randomUUID();
    var letter =
        new Letter(
            id,
            occasion,
            contractId,
            MailAddress.parse(recipient),
            PlainText.oneLine(subject),
            PlainText.lines(body),
            "<%s@%s>".formatted(id, settings.from().domain()),
            now,
            0,
            file);
    if (store.insert(letter)) {
      scheduler.scheduleIfNotExists(
          SendMail.TASK.instance(SendMail.instanceOf(Tenancy.required(), id)).build(), now);
    }
  }
}
