package jp.musubi.notification;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.platform.Unavailable;
import jp.musubi.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.mail.MailException;
import org.springframework.mail.MailPreparationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Hands letters to the mail server. A letter that the server took and the database did not hear of
 * goes out again with the same Message-ID, by which mailboxes know it as the same.
 */
@Component
class Postman {
  private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "mail", "むすび");
  private static final Duration PATIENCE = Duration.ofDays(2);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Pattern SECRET =
      Pattern.compile("\\{(?:link|code):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\}");
  private static final int LONGEST_ERROR = 500;

  private final MailStore store;
  private final MailServer server;
  private final List<LiveSecrets> live;
  private final Organisations organisations;
  private final LetterWords words;
  private final MailSettings settings;
  private final Vault vault;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final TransactionOperations transactions;
  private final Clock clock;

  Postman(
      MailStore store,
      MailServer server,
      List<LiveSecrets> live,
      Organisations organisations,
      LetterWords words,
      MailSettings settings,
      Vault vault,
      AuditTrail audit,
      ApplicationEventPublisher events,
      TransactionOperations transactions,
      Clock clock) {
    this.store = store;
    this.server = server;
    this.live = live;
    this.organisations = organisations;
    this.words = words;
    this.settings = settings;
    this.vault = vault;
    this.audit = audit;
    this.events = events;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What became of a try. */
  sealed interface Outcome {
    /** Sent, given up, or settled by somebody else before. */
    record Settled() implements Outcome {}

    /** Not sent; to be tried again. */
    record Again(Instant at) implements Outcome {}
  }

  /** Tries to send one letter of a body. No transaction is open while the mail server is asked. */
  Outcome deliver(TenantId tenant, UUID id) {
    return Tenancy.in(
        tenant,
        () -> {
          var waiting = store.waiting(id);
          return waiting.isEmpty() ? new Outcome.Settled() : send(waiting.get());
        });
  }

  private Outcome send(Letter letter) {
    var secrets = new LinkedHashMap<String, String>();
    try {
      server.send(compose(letter, secrets));
    } catch (MailException e) {
      return failed(letter, e, secrets);
    }
    store.sent(letter.id(), clock.instant());
    return new Outcome.Settled();
  }

  private MimeMessage compose(Letter letter, Map<String, String> secrets) {
    var message = server.createMessage();
    try {
      message.setFrom(
          new InternetAddress(
              settings.from().value(), senderName(), StandardCharsets.UTF_8.name()));
      message.setRecipient(
          Message.RecipientType.TO, new InternetAddress(letter.recipient().value(), false));
      message.setSubject(PlainText.oneLine(letter.subject()), StandardCharsets.UTF_8.name());
      message.setSentDate(Date.from(clock.instant()));
      message.setHeader("Message-ID", letter.messageId());
      message.setHeader("Auto-Submitted", "auto-generated");
      var text = withSecrets(letter, secrets);
      if (letter.file() == null) {
        message.setText(text, StandardCharsets.UTF_8.name());
        message.setHeader("Content-Transfer-Encoding", "base64");
      } else {
        message.setContent(with(text, letter.file()));
      }
      return message;
    } catch (MessagingException
        | UnsupportedEncodingException
        | NotFound
        | IntegrityBroken
        | Unavailable e) {
      throw new MailPreparationException("letter " + letter.id() + " could not be written", e);
    }
  }

  /** The text and the file; base64 brings every byte, by which its signatures hold. */
  private MimeMultipart with(String text, MailFile file) throws MessagingException {
    var words = new MimeBodyPart();
    words.setText(text, StandardCharsets.UTF_8.name());
    words.setHeader("Content-Transfer-Encoding", "base64");
    var bytes =
        Objects.requireNonNull(transactions.execute(_ -> vault.with(file.file(), Postman::read)));
    var part = new MimeBodyPart();
    part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, "application/pdf")));
    part.setFileName(file.name());
    part.setDisposition(Part.ATTACHMENT);
    part.setHeader("Content-Transfer-Encoding", "base64");
    return new MimeMultipart(words, part);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String senderName() {
    var body = organisations.body(Tenancy.required());
    return PlainText.oneLine(
        words
            .current()
            .getOrDefault(
                LetterPart.SENDER_NAME,
                body.orElseThrow(() -> new NotFound("body " + Tenancy.required())).name()));
  }

  private String withSecrets(Letter letter, Map<String, String> secrets) {
    return SECRET
        .matcher(PlainText.lines(letter.body()))
        .replaceAll(match -> {
          var id = UUID.fromString(match.group(1));
          var secret =
              live.stream().flatMap(kind -> kind.of(id, letter.recipient()).stream()).findFirst();
          secret.ifPresent(found -> secrets.put(found, match.group()));
          return Matcher.quoteReplacement(secret.orElse(match.group()));
        })
        .replace("\n", "\r\n");
  }

  private Outcome failed(Letter letter, MailException failure, Map<String, String> secrets) {
    var now = clock.instant();
    var error = error(failure, secrets);
    var attempts = letter.attempts() + 1;
    var next = now.plus(pause(attempts));
    if (SmtpReply.isPermanent(failure) || next.isAfter(letter.createdAt().plus(PATIENCE))) {
      transactions.executeWithoutResult(_ -> {
        store.gaveUp(letter.id(), error, now);
        audit.record(
            SERVICE,
            "mail.undeliverable",
            letter.contractId(),
            null,
            Map.of(
                "mail", letter.id().toString(),
                "occasion", letter.occasion(),
                "recipient", letter.recipient().value(),
                "attempts", Integer.toString(attempts),
                "error", error));
        events.publishEvent(Undelivered.Known.of(letter, now, error));
      });
      LOG.warn("letter {} is undeliverable after {} tries: {}", letter.id(), attempts, error);
      return new Outcome.Settled();
    }
    store.failed(letter.id(), error);
    LOG.info("letter {} waits until {}: {}", letter.id(), next, error);
    return new Outcome.Again(next);
  }

  /** What the mail server said, without any live secret it may have quoted. */
  private static String error(MailException failure, Map<String, String> secrets) {
    var text = PlainText.oneLine(SmtpReply.words(failure));
    for (var secret : secrets.entrySet()) {
      text = text.replace(secret.getKey(), secret.getValue());
    }
    return text.length() > LONGEST_ERROR ? text.substring(0, LONGEST_ERROR) : text;
  }

  /** 1, 2, 4, … minutes, at most an hour. */
  static Duration pause(int attempts) {
    var minutes = Duration.ofMinutes(1L << Math.min(attempts - 1, 6));
    return minutes.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : minutes;
  }
}
