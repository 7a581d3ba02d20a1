package jp.musubi.harness;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.musubi.ServiceTest;
import jp.musubi.TestPeople;
import jp.musubi.platform.TenantId;
import jp.musubi.sealing.ColdSealing;
import org.springframework.context.ApplicationContext;

/**
 * The jobs of the harness's bodies, which it runs one by one: a trigger marks them as taken when
 * they are queued, so that no scheduler of this machine takes them too.
 */
public final class Queue {
  private final ApplicationContext context;
  private final Map<String, Task<?>> tasks;
  private final Map<String, Consumer<String>> planted;
  private final boolean settlesFirst;

  Queue(ApplicationContext context) {
    this(context, Map.of(), false);
  }

  /**
   * A queue with bugs in it.
   *
   * @param planted what some jobs do instead
   * @param settlesFirst whether a job is forgotten before it is done
   */
  Queue(ApplicationContext context, Map<String, Consumer<String>> planted, boolean settlesFirst) {
    this.context = context;
    this.planted = Map.copyOf(planted);
    this.settlesFirst = settlesFirst;
    tasks =
        context.getBeansOfType(Task.class).values().stream()
            .<Task<?>>map(task -> task)
            .collect(Collectors.toMap(Task::getName, Function.identity()));
  }

  /** A job that waits. */
  record Job(String task, String instance) {}

  /** From now on the jobs of {@linkplain #keep kept} bodies wait for the harness. */
  public static void open() {
    TestPeople.run(
        """
        do $$ begin
        drop schema if exists harness cascade;
        create schema harness;
        create table harness.kept (tenant text primary key);
        create function harness.take() returns trigger language plpgsql security definer as $f$
        begin
          if exists (select from harness.kept where tenant = split_part(new.task_instance, '/', 1)) then
            new.picked := true;
            new.picked_by := 'harness';
            new.last_heartbeat := now() + interval '1 day';
          end if;
          return new;
        end $f$;
        create trigger harness_takes before insert on scheduled_tasks
          for each row execute function harness.take();
        end $$
        """);
  }

  /** Gives the jobs back. */
  public static void close() {
    TestPeople.run(
        "delete from scheduled_tasks where split_part(task_instance, '/', 1) in"
            + " (select tenant from harness.kept)");
    // With its functions go the triggers that call them.
    TestPeople.run("drop schema harness cascade");
  }

  /** The jobs of this body are the harness's. */
  public static void keep(TenantId tenant) {
    TestPeople.run("insert into harness.kept values (?)", tenant.toString());
  }

  /** What is next for a body; jobs that were put off come last. */
  static Optional<Job> next(TenantId tenant, boolean newestFirst) {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var query =
            connection.prepareStatement(
                """
                select task_name, task_instance from scheduled_tasks where task_instance like ?
                 order by execution_time %s, task_name limit 1
                """
                    .formatted(newestFirst ? "desc" : "asc"))) {
      query.setString(1, tenant + "/%");
      try (var row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new Job(row.getString(1), row.getString(2)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What sort of work it is. */
  static String kind(Job job) {
    return job.task().equals("send-mail")
        ? TestPeople.text(
            "select 'send-mail ' || regexp_replace(occasion, '[0-9a-f-]{36}', '*', 'g')"
                + " from mail where id = ?::uuid",
            job.instance().substring(job.instance().indexOf('/') + 1))
        : job.task();
  }

  CompletionHandler<?> run(Job job) {
    if (settlesFirst) {
      settle(job, new CompletionHandler.OnCompleteRemove<>(), false);
    }
    var instead = planted.get(job.task());
    if (instead != null) {
      instead.accept(job.instance());
      return new CompletionHandler.OnCompleteRemove<>();
    }
    // Power that comes back finds a node with nothing in its memory.
    var task = job.task().equals("seal") ? ColdSealing.task(context) : tasks.get(job.task());
    return execute(task, job);
  }

  @SuppressWarnings("NullAway") // No task of ours asks for the context.
  private static <T> CompletionHandler<T> execute(Task<T> task, Job job) {
    return task.execute(new TaskInstance<>(job.task(), job.instance()), null);
  }

  /** What the scheduler does when a job has ended: away with it, or later again. */
  static void settle(Job job, CompletionHandler<?> outcome, boolean newestFirst) {
    if (outcome instanceof CompletionHandler.OnCompleteRemove<?>) {
      TestPeople.run(
          "delete from scheduled_tasks where task_name = ? and task_instance = ?",
          job.task(),
          job.instance());
      return;
    }
    TestPeople.run(
        """
        update scheduled_tasks
           set execution_time = (select %s from scheduled_tasks where task_name = ?)
         where task_name = ? and task_instance = ?
        """
            .formatted(
                newestFirst
                    ? "min(execution_time) - interval '1 second'"
                    : "max(execution_time) + interval '1 second'"),
        job.task(),
        job.task(),
        job.instance());
  }
}
