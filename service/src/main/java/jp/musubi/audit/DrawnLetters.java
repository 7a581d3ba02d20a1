package jp.musubi.audit;

import jp.musubi.authority.Role;
import jp.musubi.notification.Outbox;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Entrances;
import jp.musubi.staff.SignInPolicies;
import jp.musubi.staff.StaffMember;
import jp.musubi.staff.StaffRegister;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 抽出のお知らせ. Tells the administrators that a sample waits for one of them. */
@Component
class DrawnLetters {
  private final StaffRegister register;
  private final Outbox outbox;
  private final Book book;
  private final SignInPolicies policies;
  private final Entrances entrances;

  DrawnLetters(
      StaffRegister register,
      Outbox outbox,
      Book book,
      SignInPolicies policies,
      Entrances entrances) {
    this.register = register;
    this.outbox = outbox;
    this.book = book;
    this.policies = policies;
    this.entrances = entrances;
  }

  /** Written in the transaction that stores the sample. */
  @Transactional(propagation = Propagation.MANDATORY)
  void drawn(SampleStore.New drawn, StaffMember auditor) {
    var page = entrances.on(policies.current().entrance()).at(SamplePages.PATH + "/" + drawn.id());
    for (var admin : register.holders(Role.BODY_ADMIN)) {
      if (!admin.id().equals(auditor.id())) {
        outbox.enqueue(
            "sample-drawn/" + drawn.id() + "/" + admin.id(),
            null,
            admin.mail(),
            book.of("audit.sample.mail.subject"),
            book.of(
                "audit.sample.mail.body",
                admin.name(),
                auditor.name(),
                // What somebody typed never becomes the mark of a mailed link (Outbox).
                drawn.purpose().replace('{', '｛'),
                drawn.contracts().size(),
                page));
      }
    }
  }
}
