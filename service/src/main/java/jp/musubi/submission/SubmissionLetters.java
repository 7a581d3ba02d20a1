package jp.musubi.submission;

import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.contract.ClerkMail;
import jp.musubi.contract.ContractId;
import jp.musubi.notification.Outbox;
import jp.musubi.organisation.Contacts;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.staff.Staff;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 提出の依頼の手紙: to counterparties with their link, and to the clerk when something came. */
@Component
class SubmissionLetters {
  private final Outbox outbox;
  private final ClerkMail clerks;
  private final Staff staff;
  private final Organisations organisations;
  private final Contacts contacts;
  private final Book book;

  SubmissionLetters(
      Outbox outbox,
      ClerkMail clerks,
      Staff staff,
      Organisations organisations,
      Contacts contacts,
      Book book) {
    this.outbox = outbox;
    this.clerks = clerks;
    this.staff = staff;
    this.organisations = organisations;
    this.contacts = contacts;
    this.book = book;
  }

  /**
   * Asks.
   *
   * @param returned what is sent back, if something is
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void ask(CallSheet sheet, Call.Addressee to, CallLink link, Optional<HandedIn> returned) {
    var body = organisations.current();
    var words = returned.isPresent() ? "submission.mail.returned" : "submission.mail.asked";
    outbox.enqueue(
        "submission-asked/" + link.id(),
        sheet.call().contract().map(ContractId::value).orElse(null),
        link.mail(),
        book.of(words + ".subject", body.name()),
        book.of(
            words + ".body",
            body.name(),
            contacts.ofBody(),
            to.organisation(),
            to.name(),
            sheet.title(),
            "{link:" + link.id() + "}",
            JapaneseDates.time(link.expiresAt()),
            sheet.slots().stream()
                .filter(slot -> slot.seenBy(link.mail()).standing().isEmpty())
                .map(this::line)
                .collect(Collectors.joining("\n")),
            returned.map(HandedIn::name).orElse(""),
            returned.map(HandedIn::reason).orElse("")));
  }

  /** Tells the clerk that a document came. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void cameIn(CallSheet sheet, Wanted wanted, HandedIn file) {
    var occasion = "submission-in/" + file.id();
    sheet
        .call()
        .contract()
        .ifPresentOrElse(
            contract ->
                clerks.write(occasion, contract, "submission.mail.in", file.by(), wanted.name()),
            () ->
                staff
                    .active(sheet.call().clerk())
                    .ifPresent(clerk ->
                        outbox.enqueue(
                            "clerk-" + occasion,
                            null,
                            clerk.mail(),
                            book.of("submission.mail.draft.subject", sheet.title()),
                            book.of(
                                "submission.mail.draft.body",
                                clerk.name(),
                                sheet.title(),
                                file.by()))));
  }

  private String line(Slot slot) {
    var wanted = slot.wanted();
    return book.of(
            wanted.mandatory() ? "submission.mail.line.mandatory" : "submission.mail.line",
            wanted.name())
        + wanted
            .due()
            .map(day -> book.of("submission.mail.line.due", JapaneseDates.date(day)))
            .orElse("");
  }
}
