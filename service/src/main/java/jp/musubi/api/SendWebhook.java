package jp.musubi.api;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.FaultPoints;
import jp.musubi.platform.TenantId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job that tells of one event: {@code send-webhook}, instance {@code TENANT/DELIVERY}. */
@Configuration(proxyBeanMethods = false)
class SendWebhook {
  static final TaskDescriptor<Void> TASK = TaskDescriptor.of("send-webhook");
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  @Bean
  WebhookDoor webhookDoor(ApiSettings settings, FaultPoints faults) {
    return faults.around(
        WebhookDoor.class, new HttpWebhookDoor(settings.webhookLoopback(), DEADLINE));
  }

  static String instanceOf(TenantId tenant, UUID delivery) {
    return tenant + "/" + delivery;
  }

  @Bean
  CustomTask<Void> sendWebhookTask(WebhookCourier courier) {
    return Tasks.custom(TASK)
        .onFailure((complete, operations) ->
            operations.reschedule(complete, complete.getTimeDone().plus(PAUSE)))
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
