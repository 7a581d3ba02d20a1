package jp.musubi.operations;

import jp.musubi.authority.Role;
import jp.musubi.notification.Outbox;
import jp.musubi.organisation.Body;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Entrances;
import jp.musubi.staff.SignInPolicies;
import jp.musubi.staff.StaffRegister;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 緊急閲覧のお知らせ. Tells all administrators of the current body, in the transaction of the step. */
@Component
class EmergencyLetters {
  private final StaffRegister register;
  private final Outbox outbox;
  private final Book book;
  private final SignInPolicies policies;
  private final Entrances entrances;

  EmergencyLetters(
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

  /** Whether the current body has an administrator who can be told. */
  boolean reachSomebody() {
    return !register.holders(Role.BODY_ADMIN).isEmpty();
  }

  /** That an operator asks. */
  @Transactional(propagation = Propagation.MANDATORY)
  void asked(Body body, Emergency emergency) {
    tell(
        "asked",
        body,
        emergency,
        JapaneseDates.time(emergency.askedAt().plus(Emergency.PATIENCE)),
        "");
  }

  /** That a second one approved. */
  @Transactional(propagation = Propagation.MANDATORY)
  void approved(Body body, Emergency emergency, Emergency.Approval approval) {
    tell("approved", body, emergency, JapaneseDates.time(approval.until()), approval.by().name());
  }

  /** What somebody typed never becomes the mark of a mailed link ({@link Outbox}). */
  private static String inert(String typed) {
    return typed.replace('{', '｛');
  }

  private void tell(String key, Body body, Emergency emergency, String until, String approver) {
    var page = entrances.on(policies.current().entrance()).at(EmergencyAccessController.PATH);
    for (var admin : register.holders(Role.BODY_ADMIN)) {
      outbox.enqueue(
          "emergency-" + key + "/" + emergency.id() + "/" + admin.id(),
          null,
          admin.mail(),
          book.of("emergency.mail." + key + ".subject", body.name()),
          book.of(
              "emergency.mail." + key + ".body",
              admin.name(),
              body.name(),
              emergency.contractNumber(),
              emergency.asker().name(),
              inert(emergency.reason()),
              inert(emergency.reference()),
              String.valueOf(emergency.length().toHours()),
              until,
              approver,
              page));
    }
  }
}
