package jp.musubi.counterparty;

import jp.musubi.notification.Outbox;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Contacts;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Letters to those who apply and consent. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class CounterpartyLetters {
  private final Outbox outbox;
  private final Organisations organisations;
  private final Contacts contacts;
  private final Book book;

  CounterpartyLetters(Outbox outbox, Organisations organisations, Contacts contacts, Book book) {
    this.outbox = outbox;
    this.organisations = organisations;
    this.contacts = contacts;
    this.book = book;
  }

  /**
   * Asks whether the address is theirs. Says nothing of what was typed: whoever typed it might have
   * typed a stranger's address, to have our letter carry their words.
   */
  void proof(Application.Proof proof) {
    post(
        "application-proof/" + proof.id(),
        proof.mail(),
        "application.mail.proof",
        "{link:" + proof.id() + "}",
        JapaneseDates.time(proof.expiresAt()));
  }

  /** Tells all addresses of an application what was decided; they have answered before. */
  void decided(Application application, Application.Decided decided) {
    var kind = decided.reason().isPresent() ? "rejected" : "accepted";
    for (var mail : application.said().mails()) {
      post(
          "application-%s/%s/%s".formatted(kind, application.id(), mail),
          mail,
          "application.mail." + kind,
          application.said().organisation(),
          decided.reason().orElse(JapaneseDates.date(application.said().validUntil())));
    }
  }

  /** Asks for consent. */
  void consentAsked(Consent asked) {
    post(
        "consent-asked/" + asked.id(),
        asked.mail(),
        "consent.mail.asked",
        asked.organisation(),
        asked.name(),
        "{link:" + asked.id() + "}",
        JapaneseDates.time(asked.expiresAt()));
  }

  /** The receipt, with the text and the way to withdraw. */
  void consentGiven(Consent asked) {
    post(
        "consent-given/" + asked.id(),
        asked.mail(),
        "consent.mail.given",
        asked.organisation(),
        asked.name(),
        "{link:" + asked.id() + "}",
        asked.text(),
        asked.digest().hex());
  }

  void consentWithdrawn(Consent asked) {
    post(
        "consent-withdrawn/" + asked.id(),
        asked.mail(),
        "consent.mail.withdrawn",
        asked.organisation(),
        asked.name());
  }

  /** {0} is the body, {1} whom to telephone; what belongs to the letter follows. */
  private void post(String occasion, String mail, String words, String... values) {
    var body = body();
    var all = new Object[values.length + 2];
    all[0] = body.name();
    all[1] = contacts.ofBody();
    System.arraycopy(values, 0, all, 2, values.length);
    outbox.enqueue(
        occasion,
        null,
        mail,
        book.of(words + ".subject", body.name()),
        book.of(words + ".body", all));
  }

  /** The current body. */
  Body body() {
    return organisations.current();
  }
}
