package jp.musubi.recipient;

import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.notification.Outbox;
import jp.musubi.organisation.Contacts;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The letter to a recipient: who sends it and how to come to it; never the content (WEB-4). */
@Component
class RecipientLetters {
  private final Outbox outbox;
  private final Organisations organisations;
  private final Contacts contacts;
  private final Book book;

  RecipientLetters(Outbox outbox, Organisations organisations, Contacts contacts, Book book) {
    this.outbox = outbox;
    this.organisations = organisations;
    this.contacts = contacts;
    this.book = book;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void send(Particulars contract, Recipient to, Recipient.Link link) {
    var body = organisations.current();
    outbox.enqueue(
        "recipient/" + link.id(),
        contract.id().value(),
        to.entered().mail(),
        book.of("recipient.mail.subject", body.name(), contract.title()),
        book.of(
            "recipient.mail.body",
            to.entered().signature(),
            body.name(),
            contract.title(),
            contract.number(),
            sender(contract),
            "{link:" + link.id() + "}",
            JapaneseDates.time(link.expiresAt()),
            contacts.of(contract.sectionId())));
  }

  /** 上毛市 建設部 道路課 見本 花子. */
  String sender(Particulars contract) {
    return contract.parties(Party.Kind.SENDER).stream()
        .findFirst()
        .map(Party::signature)
        .orElse("");
  }
}
