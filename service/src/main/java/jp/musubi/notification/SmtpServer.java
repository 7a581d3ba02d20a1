package jp.musubi.notification;

import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * The mail server that is configured, by SMTP. Letters are signed here, where they leave, so that
 * none has another way out.
 */
final class SmtpServer implements MailServer {
  private final JavaMailSenderImpl sender;
  private final Optional<MailSigner> signer;

  SmtpServer(JavaMailSenderImpl sender, Optional<MailSigner> signer) {
    this.sender = withDeadlines(sender);
    this.signer = signer;
  }

  @Override
  public MimeMessage createMessage() {
    return sender.createMimeMessage();
  }

  @Override
  public void send(MimeMessage message) {
    signer.ifPresent(key -> key.sign(message));
    sender.send(message);
  }

  /** The mail library waits for ever unless told otherwise. */
  private static JavaMailSenderImpl withDeadlines(JavaMailSenderImpl sender) {
    var properties = sender.getJavaMailProperties();
    properties.putIfAbsent("mail.smtp.connectiontimeout", "10000");
    properties.putIfAbsent("mail.smtp.timeout", "30000");
    properties.putIfAbsent("mail.smtp.writetimeout", "30000");
    return sender;
  }
}
