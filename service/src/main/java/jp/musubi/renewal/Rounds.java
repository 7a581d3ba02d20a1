package jp.musubi.renewal;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.staff.StaffMember;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 一括検証を始める: what is judged is settled at once, as its asker may know of it; a job judges. */
@Service("verificationStart")
@Transactional
class Rounds {
  private static final TaskDescriptor<Void> VERIFY = TaskDescriptor.of("verify-round");

  private final RoundStore rounds;
  private final ObjectProvider<Scheduler> scheduler;
  private final Idempotency idempotency;
  private final AuditTrail audit;
  private final Clock clock;

  Rounds(
      RoundStore rounds,
      ObjectProvider<Scheduler> scheduler,
      Idempotency idempotency,
      AuditTrail audit,
      Clock clock) {
    this.rounds = rounds;
    this.scheduler = scheduler;
    this.idempotency = idempotency;
    this.audit = audit;
    this.clock = clock;
  }

  /** Where its page is. */
  String ask(LocalDate from, LocalDate until, String key, StaffMember asker, String clientIp) {
    return idempotency.once(
        key,
        "verify %s %s".formatted(from, until),
        () -> {
          var id = UUID.randomUUID();
          var reach = Authorisation.reach(asker, Act.SEE_CONTRACT);
          var contracts = rounds.begin(id, from, until, asker, reach, clock.instant());
          audit.record(
              new Actor(Actor.Kind.STAFF, asker.id().toString(), asker.name()),
              "verification.asked",
              null,
              clientIp,
              Map.of(
                  "from", from.toString(),
                  "until", until.toString(),
                  "contracts", String.valueOf(contracts)));
          scheduler
              .getObject()
              .scheduleIfNotExists(
                  VERIFY.instance(Tenancy.required() + "/" + id).build(), clock.instant());
          return RoundController.PATH + "/" + id;
        });
  }

  /** The job; its name is {@code TENANT/ROUND}. */
  @Configuration(proxyBeanMethods = false, value = "verificationJob")
  static class Job {
    @Bean
    Task<Void> verifyRound(Judging judging) {
      return Tasks.oneTime(VERIFY)
          .execute((instance, _) -> {
            var name = instance.getId();
            var slash = name.indexOf('/');
            Tenancy.in(
                TenantId.parse(name.substring(0, slash)),
                () -> judging.run(UUID.fromString(name.substring(slash + 1))));
          });
    }
  }
}
