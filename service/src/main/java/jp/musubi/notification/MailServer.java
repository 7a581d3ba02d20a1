package jp.musubi.notification;

import jakarta.mail.internet.MimeMessage;
import jp.musubi.seal.Outside;

/** Who takes our mail. */
@Outside
interface MailServer {

  /** An empty message that can be sent by it. */
  @Outside.Described
  MimeMessage createMessage();

  /**
   * Hands a message over.
   *
   * @throws org.springframework.mail.MailException if it was not taken, or its answer was lost
   */
  void send(MimeMessage message);
}
