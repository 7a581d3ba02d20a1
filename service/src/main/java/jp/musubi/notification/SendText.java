package jp.musubi.notification;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.FaultPoints;
import jp.musubi.platform.TenantId;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job that sends one text message: {@code send-text}, instance {@code TENANT/MESSAGE}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SmsSettings.class)
class SendText {
  static final TaskDescriptor<Void> TASK = TaskDescriptor.of("send-text");

  @Bean
  SmsGateway smsGateway(SmsSettings settings, FaultPoints faults) {
    return faults.around(SmsGateway.class, new HttpSmsGateway(settings));
  }

  @Bean
  CustomTask<Void> sendTextTask(TextCourier courier) {
    return Tasks.custom(TASK)
        .onFailure((complete, operations) ->
            operations.reschedule(complete, complete.getTimeDone().plus(TextCourier.PAUSE)))
        .onDeadExecutionRevive()
        .execute((instance, _) -> {
          var slash = instance.getId().indexOf('/');
          return completion(
              courier.deliver(
                  TenantId.parse(instance.getId().substring(0, slash)),
                  UUID.fromString(instance.getId().substring(slash + 1))));
        });
  }

  private static CompletionHandler<Void> completion(Optional<Instant> again) {
    return again
        .<CompletionHandler<Void>>map(
            at -> (complete, operations) -> operations.reschedule(complete, at))
        .orElseGet(OnCompleteRemove::new);
  }
}
