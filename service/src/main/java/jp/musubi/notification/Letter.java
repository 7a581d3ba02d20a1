package jp.musubi.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A letter that waits to be sent. */
record Letter(
    UUID id,
    String occasion,
    @Nullable UUID contractId,
    MailAddress recipient,
    String subject,
    String body,
    String messageId,
    Instant createdAt,
    int attempts,
    @Nullable MailFile file) {

  /** A letter with nothing beside its text. */
  Letter(
      UUID id,
      String occasion,
      @Nullable UUID contractId,
      MailAddress recipient,
      String subject,
      String body,
      String messageId,
      Instant createdAt,
      int attempts) {
    this(id, occasion, contractId, recipient, subject, body, messageId, createdAt, attempts, null);
  }
}
