package jp.musubi.operations;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import jp.musubi.authority.Role;
import jp.musubi.notification.Outbox;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.staff.StaffRegister;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 毎晩の監査の警報, to every operator by mail; numbers, and nothing of contracts. */
@Component
class AuditAlarms {
  private final StaffRegister register;
  private final Outbox outbox;
  private final Book book;
  private final URI page;

  AuditAlarms(
      StaffRegister register,
      Outbox outbox,
      Book book,
      @Value("${musubi.public-url:http://localhost:8080}") URI publicUrl) {
    this.register = register;
    this.outbox = outbox;
    this.book = book;
    this.page = URI.create(publicUrl.toString().replaceAll("/$", "") + NightlyAuditController.PATH);
  }

  /** That promises do not hold. */
  @Transactional(propagation = Propagation.MANDATORY)
  void found(AuditRun run) {
    tell(
        "found",
        run.id().toString(),
        String.valueOf(run.violations()),
        JapaneseDates.time(run.startedAt()));
  }

  /** That nobody looked. */
  @Transactional(propagation = Propagation.MANDATORY)
  void absent(Instant now) {
    tell(
        "absent",
        LocalDate.ofInstant(now, JapaneseDates.ZONE).toString(),
        String.valueOf(NightlyAudit.PATIENCE.toHours()),
        JapaneseDates.time(now));
  }

  private void tell(String key, String once, String number, String time) {
    for (var operator : register.holders(Role.OPERATOR)) {
      outbox.enqueue(
          "nightly-audit-" + key + "/" + once + "/" + operator.id(),
          null,
          operator.mail(),
          book.of("nightly-audit.mail." + key + ".subject", number),
          book.of("nightly-audit.mail." + key + ".body", operator.name(), number, time, page));
    }
  }
}
