package jp.musubi.notification;

import java.time.Clock;
import java.util.Map;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Notes which letters of the current body came back. */
@Service
@Transactional
class Bounces {
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "bounces", "むすび");

  private final MailStore store;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Bounces(MailStore store, AuditTrail audit, ApplicationEventPublisher events, Clock clock) {
    this.store = store;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /** What a report was to this body. */
  enum Meaning {
    /** News about one of its letters. */
    NEWS,
    /** About a letter of which it was known. */
    KNOWN,
    /** About none of its letters. */
    NONE
  }

  /**
   * Takes a report. That it names the letter's Message-ID, which is random, shows that it comes
   * from somebody who had the letter.
   */
  public Meaning take(DeliveryReport report) {
    var found = store.sentAs(report.messageId());
    if (found.isEmpty()) {
      return Meaning.NONE;
    }
    var now = clock.instant();
    var letter = found.get();
    var reason =
        report.diagnostic().isEmpty()
            ? report.status()
            : report.status() + " " + report.diagnostic();
    if (!store.bounced(letter.id(), report.status(), reason, now)) {
      return Meaning.KNOWN;
    }
    audit.record(
        SERVICE,
        "mail.bounced",
        letter.contractId(),
        null,
        Map.of(
            "mail", letter.id().toString(),
            "occasion", letter.occasion(),
            "recipient", letter.recipient().value(),
            "status", report.status()));
    events.publishEvent(Undelivered.Known.of(letter, now, reason));
    return Meaning.NEWS;
  }
}
