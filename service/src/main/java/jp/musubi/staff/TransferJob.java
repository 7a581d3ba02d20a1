package jp.musubi.staff;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.util.UUID;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job that lets a reserved list take effect: {@code transfer}, instance {@code TENANT/ID}. */
@Configuration(proxyBeanMethods = false)
class TransferJob {
  static final TaskDescriptor<Void> TASK = TaskDescriptor.of("transfer");

  static String instanceOf(TenantId tenant, UUID transfer) {
    return tenant + "/" + transfer;
  }

  @Bean
  OneTimeTask<Void> transferTask(Transfers transfers) {
    return Tasks.oneTime(TASK).execute((instance, _) -> apply(transfers, instance.getId()));
  }

  private static void apply(Transfers transfers, String instance) {
    var slash = instance.indexOf('/');
    Tenancy.in(
        TenantId.parse(instance.substring(0, slash)),
        () -> {
          transfers.apply(UUID.fromString(instance.substring(slash + 1)));
          return true;
        });
  }
}
