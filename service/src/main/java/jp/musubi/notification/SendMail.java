package jp.musubi.notification;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import jp.musubi.platform.FaultPoints;
import jp.musubi.platform.TenantId;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The job that sends one letter: {@code send-mail}, instance {@code TENANT/MAIL}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MailSettings.class, MailSigningSettings.class})
class SendMail {
  static final TaskDescriptor<Void> TASK = TaskDescriptor.of("send-mail");

  /** When the database itself was away while a letter was being sent. */
  private static final Duration AFTER_A_DEFECT = Duration.ofMinutes(1);

  static String instanceOf(TenantId tenant, UUID mail) {
    return tenant + "/" + mail;
  }

  @Bean
  MailServer mailServer(JavaMailSenderImpl sender, MailSignature signature, FaultPoints faults) {
    return faults.around(MailServer.class, new SmtpServer(sender, signature.signer()));
  }

  @Bean
  MailSignature mailSignature(MailSigningSettings settings, MailSettings mail, Clock clock) {
    return new MailSignature(MailKeys.open(settings, mail.from(), clock));
  }

  @Bean
  CustomTask<Void> sendMailTask(Postman postman) {
    return Tasks.custom(TASK)
        .onFailure((complete, operations) ->
            operations.reschedule(complete, complete.getTimeDone().plus(AFTER_A_DEFECT)))
        .onDeadExecutionRevive()
        .execute((instance, _) -> completion(deliver(postman, instance.getId())));
  }

  private static Postman.Outcome deliver(Postman postman, String instance) {
    var slash = instance.indexOf('/');
    return postman.deliver(
        TenantId.parse(instance.substring(0, slash)),
        UUID.fromString(instance.substring(slash + 1)));
  }

  private static CompletionHandler<Void> completion(Postman.Outcome outcome) {
    return switch (outcome) {
      case Postman.Outcome.Settled _ -> new OnCompleteRemove<>();
      case Postman.Outcome.Again(var at) ->
          (complete, operations) -> operations.reschedule(complete, at);
    };
  }
}
