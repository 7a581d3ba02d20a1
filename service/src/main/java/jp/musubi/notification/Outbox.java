package jp.musubi.notification;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Letters out. A letter is written in the transaction that causes it and sent after commit. */
public interface Outbox {

  /**
   * Queues a letter once: a second call with the same occasion changes nothing.
   *
   * @param occasion what makes this letter the one it is, e.g. {@code concluded/CONTRACT/PARTY}
   * @param contractId the contract it is about, so that a bounce shows on its page
   * @param recipient one mail address
   * @param subject one line
   * @param body plain text; {@code {link:ID}} stands for the address of a mailed link and {@code
   *     {code:ID}} for a number, replaced only while sending, so that no live secret lies in the
   *     database
   */
  void enqueue(
      String occasion, @Nullable UUID contractId, String recipient, String subject, String body);

  /**
   * The same with a stored file; if it is gone or damaged when the letter is sent, the letter waits
   * as for a mail server that does not answer.
   */
  void enqueue(
      String occasion,
      @Nullable UUID contractId,
      String recipient,
      String subject,
      String body,
      MailFile file);
}
