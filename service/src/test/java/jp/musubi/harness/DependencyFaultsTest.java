package jp.musubi.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.musubi.ServiceTest;
import jp.musubi.api.WebhookCalls;
import jp.musubi.malware.ScanCalls;
import jp.musubi.notification.PostCalls;
import jp.musubi.sealing.SealCalls;
import jp.musubi.vault.StoreCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** L3: every call to somebody else goes wrong in every way, and the outcome is the right one. */
@ServiceTest
@Tag("slow")
@DisplayName("外部の故障")
class DependencyFaultsTest {
  private static final int AT_ONCE = 6;

  /** Fourteen calls in nine ways. */
  private static final int LEAST = 126;

  @Autowired ApplicationContext context;
  @TempDir Path folder;

  @BeforeEach
  void keepJobs() {
    Queue.open();
    DatabaseCalls.prepare();
  }

  @AfterEach
  void giveJobsBack() {
    Queue.close();
  }

  @Test
  @DisplayName("どの相手がどう壊れても、契約は待ってから一度だけ進み、失われるものも二重になるものもない")
  void haveTheRightOutcome() throws Exception {
    var cases = new LinkedHashMap<String, Map<String, Callable<Boolean>>>();
    try (var seals = new SealCalls(context, folder)) {
      var calls = new ArrayList<Call>(seals.all());
      calls.addAll(new PostCalls(context).all());
      calls.addAll(new WebhookCalls(context).all());
      calls.addAll(new ScanCalls(context).all());
      calls.addAll(new StoreCalls(context).all());
      for (var call : calls) {
        for (var toxic : Toxic.values()) {
          cases
              .computeIfAbsent(call.title(), _ -> new LinkedHashMap<>())
              .put(toxic.title(), () -> done(() -> call.check(toxic)));
        }
      }
      var database = new DatabaseCalls(context);
      for (var write : DatabaseCalls.writes()) {
        for (var trouble : DatabaseCalls.Trouble.values()) {
          cases
              .computeIfAbsent("データベース（" + write.title + "）", _ -> new LinkedHashMap<>())
              .put(trouble.title, () -> done(() -> database.check(write, trouble)));
        }
      }
      report(cases);
    }
  }

  private static void report(Map<String, Map<String, Callable<Boolean>>> cases) throws Exception {
    var figures = new Figures("dependency-faults", "外部の故障", "./musubi drill faults");
    var wrong = new ArrayList<String>();
    var all = 0;
    var right = 0;
    // How long a person waits for it, by no clock of the service.
    var began = System.nanoTime();
    for (var call : run(cases).entrySet()) {
      var failed =
          call.getValue().entrySet().stream().filter(one -> !one.getValue().isEmpty()).toList();
      failed.forEach(
          one -> wrong.add(call.getKey() + " × " + one.getKey() + ": " + one.getValue()));
      var count = call.getValue().size();
      all += count;
      right += count - failed.size();
      figures.add(
          call.getKey(),
          "%d通り中%d通り".formatted(count, count - failed.size()),
          "すべて",
          failed.isEmpty());
    }
    figures.add(
        "合計",
        "%d通り中%d通り".formatted(all, right),
        "%d通り以上、すべて".formatted(LEAST),
        all >= LEAST && all == right);
    figures.write();
    // The figures that the papers quote.
    System.out.printf(
        "dependency faults: %d of %d, %d s%n",
        right, all, (System.nanoTime() - began) / 1_000_000_000L);
    assertThat(wrong).isEmpty();
    assertThat(all).isGreaterThanOrEqualTo(LEAST);
  }

  /** What was wrong of each; nothing of what was right. */
  private static Map<String, Map<String, String>> run(
      Map<String, Map<String, Callable<Boolean>>> cases) throws Exception {
    var futures = new LinkedHashMap<String, Map<String, Future<Boolean>>>();
    var results = new LinkedHashMap<String, Map<String, String>>();
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      cases.forEach((call, ways) ->
          ways.forEach((way, work) ->
              futures
                  .computeIfAbsent(call, _ -> new LinkedHashMap<>())
                  .put(way, threads.submit(work))));
      for (var call : futures.entrySet()) {
        for (var way : call.getValue().entrySet()) {
          results
              .computeIfAbsent(call.getKey(), _ -> new LinkedHashMap<>())
              .put(way.getKey(), said(way.getValue()));
        }
      }
    }
    return results;
  }

  private static String said(Future<Boolean> future) throws InterruptedException {
    try {
      future.get();
      return "";
    } catch (java.util.concurrent.ExecutionException e) {
      var cause = String.valueOf(e.getCause());
      var where =
          List.of(e.getCause().getStackTrace()).stream()
              .filter(frame -> frame.getClassName().startsWith("jp.musubi."))
              .findFirst();
      return cause.replaceAll("\\s+", " ") + where.map(frame -> " at " + frame).orElse("");
    }
  }

  private interface Check {
    void run() throws Exception;
  }

  private static boolean done(Check check) throws Exception {
    check.run();
    return true;
  }
}
