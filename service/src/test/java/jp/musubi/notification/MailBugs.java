package jp.musubi.notification;

import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.vault.Vault;
import org.springframework.context.ApplicationContext;
import org.springframework.mail.MailException;
import org.springframework.transaction.support.TransactionOperations;

/** Ways to send mail wrongly, for the harness to find. */
public final class MailBugs {
  private final ApplicationContext context;
  private final MailServer server;
  private final MailStore store;

  /** Beside the running service. */
  public MailBugs(ApplicationContext context) {
    this.context = context;
    this.server = context.getBean(MailServer.class);
    this.store = context.getBean(MailStore.class);
  }

  /** Each letter three times. */
  public void sendThrice(String job) {
    postman(
            new MailServer() {
              @Override
              public MimeMessage createMessage() {
                return server.createMessage();
              }

              @Override
              public void send(MimeMessage message) throws MailException {
                for (var i = 0; i < 3; i++) {
                  server.send(message);
                }
              }
            })
        .deliver(tenant(job), mail(job));
  }

  /** Written down as sent, and only then sent. */
  public void writeDownFirst(String job) {
    var letter = Tenancy.in(tenant(job), () -> store.waiting(mail(job)));
    Tenancy.in(
        tenant(job),
        () -> {
          store.sent(mail(job), context.getBean(Clock.class).instant());
          letter.ifPresent(this::send);
          return true;
        });
  }

  /** Sends what the transaction that is under way has queued, as if it were committed. */
  public void sendNow() {
    var jdbc = context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class);
    jdbc.sql("select id from mail where sent_at is null")
        .query(UUID.class)
        .list()
        .forEach(id -> store.waiting(id).ifPresent(this::send));
  }

  private void send(Letter letter) {
    try {
      var message = server.createMessage();
      message.setFrom("no-reply@musubi.example");
      message.setRecipients(jakarta.mail.Message.RecipientType.TO, letter.recipient().value());
      message.setSubject(letter.subject(), "UTF-8");
      message.setHeader("Message-ID", letter.messageId());
      message.setText(letter.body(), "UTF-8");
      server.send(message);
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Postman postman(MailServer through) {
    return new Postman(
        store,
        through,
        List.copyOf(context.getBeansOfType(LiveSecrets.class).values()),
        context.getBean(Organisations.class),
        context.getBean(LetterWords.class),
        context.getBean(MailSettings.class),
        context.getBean(Vault.class),
        context.getBean(AuditTrail.class),
        context,
        context.getBean(TransactionOperations.class),
        context.getBean(Clock.class));
  }

  private static TenantId tenant(String job) {
    return TenantId.parse(job.substring(0, job.indexOf('/')));
  }

  private static UUID mail(String job) {
    return UUID.fromString(job.substring(job.indexOf('/') + 1));
  }
}
