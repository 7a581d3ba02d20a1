package jp.musubi.notification;

import jakarta.mail.internet.MimeMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The mail server that is configured, by SMTP. */
final class SmtpServer implements MailServer {
  private final JavaMailSenderImpl sender;

  SmtpServer(JavaMailSenderImpl sender) {
    this.sender = withDeadlines(sender);
  }

  @Override
  public MimeMessage createMessage() {
    return sender.createMimeMessage();
  }

  @Override
  public void send(MimeMessage message) {
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
