package jp.musubi.recipient;

import java.util.Optional;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.notification.Outbox;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The letter to a recipient: who sends it and how to come to it; never the content (WEB-4). */
@Component
class RecipientLetters {
  private final Outbox outbox;
  private final Organisations organisations;
  private final Book book;

  RecipientLetters(Outbox outbox, Organisations organisations, Book book) {
    this.outbox = outbox;
    this.organisations = organisations;
    this.book = book;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void send(Particulars contract, Recipient to, Recipient.Link link) {
    var body = body();
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
            contact(contract, book::of)));
  }

  /** 上毛市 建設部 道路課 見本 花子. */
  String sender(Particulars contract) {
    return contract.parties(Party.Kind.SENDER).stream()
        .findFirst()
        .map(Party::signature)
        .orElse("");
  }

  /** Whom the recipient may telephone, in the language of a page. */
  String contactShown(Particulars contract) {
    return contact(contract, book::shown);
  }

  /** Where words come from. */
  private interface Words {
    String of(String key, Object... values);
  }

  private String contact(Particulars contract, Words words) {
    var body = body();
    var section = organisations.section(contract.sectionId());
    var phone = section.map(Section::phone).or(() -> Optional.ofNullable(body.phone()));
    var name = body.name() + section.map(each -> " " + each.name()).orElse("");
    return phone
        .map(number -> words.of("signing.contact.phone", name, number))
        .orElseGet(() -> words.of("signing.contact.no-phone", name));
  }

  /** The current body. */
  Body body() {
    return organisations.body(Tenancy.required()).orElseThrow();
  }
}
