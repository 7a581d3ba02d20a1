package jp.musubi.closure;

import java.time.LocalDate;
import jp.musubi.notification.Outbox;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 消去のお知らせ, to the address that the body named, in the transaction of the step. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ClosureLetters {
  private final Outbox outbox;
  private final Book book;

  ClosureLetters(Outbox outbox, Book book) {
    this.outbox = outbox;
    this.book = book;
  }

  /** That both of the body want it, and until when it may be taken back. */
  void confirmed(Closure closure, LocalDate due) {
    tell(closure, "confirmed", JapaneseDates.date(due));
  }

  /** That two operators will carry it out. */
  void approved(Closure closure) {
    tell(closure, "approved", closure.due() == null ? "" : JapaneseDates.date(closure.due()));
  }

  /** 消去の報告: the last letter, sent by the operators. */
  void reported(Closure closure, ErasureReport report, String sha256) {
    var request = closure.request();
    outbox.enqueue(
        "closure-reported/" + closure.id(),
        null,
        request.contactMail(),
        book.of("closure.mail.reported.subject", request.name()),
        book.of(
            "closure.mail.reported.body",
            request.name(),
            inert(request.contactName()),
            JapaneseDates.time(report.endedAt()),
            String.valueOf(report.rowsBefore()),
            String.valueOf(report.rowsAfter()),
            String.valueOf(report.before().files()),
            String.valueOf(report.after().files()),
            report.before().handover().sha256(),
            sha256));
  }

  private void tell(Closure closure, String step, String due) {
    var request = closure.request();
    outbox.enqueue(
        "closure-" + step + "/" + closure.id(),
        null,
        request.contactMail(),
        book.of("closure.mail." + step + ".subject", request.name()),
        book.of(
            "closure.mail." + step + ".body", request.name(), inert(request.contactName()), due));
  }

  /** What somebody typed never becomes the mark of a mailed link ({@link Outbox}). */
  private static String inert(String typed) {
    return typed.replace('{', '｛');
  }
}
