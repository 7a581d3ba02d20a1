package jp.musubi.shelf;

import java.time.Instant;
import java.util.UUID;
import jp.musubi.notification.Outbox;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Entrances;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Letters to holders: the way in, and what became of a registration; never a contract. */
@Component
class HolderLetters {
  private final Outbox outbox;
  private final Entrances entrances;
  private final Book book;

  HolderLetters(Outbox outbox, Entrances entrances, Book book) {
    this.outbox = outbox;
    this.entrances = entrances;
    this.book = book;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void link(HolderAddress to, UUID link, Instant until) {
    send(
        "shelf/" + link,
        to,
        "past.mail.link",
        "{link:" + link + "}",
        JapaneseDates.time(until),
        entrances.internet().authority());
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void registered(HolderAddress to, UUID holder, Instant at) {
    send(
        "shelf-registered/" + holder,
        to,
        "past.mail.registered",
        JapaneseDates.time(at),
        entrances.internet().at("/past"));
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void forgotten(HolderAddress to, UUID holder) {
    send("shelf-forgotten/" + holder, to, "past.mail.forgotten", entrances.internet().at("/past"));
  }

  private void send(String occasion, HolderAddress to, String key, Object... values) {
    outbox.enqueue(
        occasion,
        null,
        to.mail().value(),
        book.of(key + ".subject"),
        book.of(key + ".body", values));
  }
}
