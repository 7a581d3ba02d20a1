package jp.musubi.bulk;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The job behind a list: {@code bulk-run}, instance {@code TENANT/RUN/ROUND}. A node that dies
 * leaves it to another, which goes on where the lines stand.
 */
@Configuration(proxyBeanMethods = false)
class RunJob {
  static final TaskDescriptor<Void> TASK = TaskDescriptor.of("bulk-run");
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** What a job works on. */
  record Job(TenantId tenant, UUID run, int round) {
    static Job parse(String name) {
      var parts = name.split("/", -1);
      return new Job(
          TenantId.parse(parts[0]), UUID.fromString(parts[1]), Integer.parseInt(parts[2]));
    }

    String name() {
      return tenant + "/" + run + "/" + round;
    }
  }

  @Bean
  Task<Void> bulkRunTask(RunWork work, Clock clock) {
    return Tasks.custom(TASK)
        .onFailure(
            (failed, queue) -> queue.reschedule(failed, clock.instant().plus(pauseAfter(failed))))
        .onDeadExecutionRevive()
        .execute((instance, _) -> {
          var job = Job.parse(instance.getId());
          Tenancy.in(
              job.tenant(),
              () -> {
                work.run(job.run());
                return true;
              });
          return new CompletionHandler.OnCompleteRemove<>();
        });
  }

  /** 2 s, 4 s … 60 s, and so on for ever: an outage never ends a list. */
  private static Duration pauseAfter(ExecutionComplete failed) {
    var doublings = Math.min(failed.getExecution().consecutiveFailures + 1, 6);
    var pause = Duration.ofSeconds(1L << doublings);
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
