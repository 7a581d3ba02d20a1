package jp.musubi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is decided by SQL, decided by several connections at the same moment. */
@ServiceTest
@Tag("slow")
@DisplayName("SQLの競走")
class SqlRacesTest {
  private static final int REPEATS = 200;
  private static final int THREADS = 6;

  @Autowired JdbcClient jdbc;
  @Autowired Idempotency idempotency;
  @Autowired TransactionTemplate transaction;
  @Autowired Clock clock;

  private TestBody body;

  @BeforeEach
  void create() {
    body = TestBody.create("x");
  }

  @Test
  @DisplayName("同じ鍵の書式は、いくつ同時に来ても一度だけ効き、みな同じ答えを得る")
  void aFormTakesEffectOnce() throws Exception {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (var repeat = 0; repeat < REPEATS; repeat++) {
        var key = "race-" + UUID.randomUUID();
        var effects = new AtomicInteger();
        var answers =
            atOnce(
                threads,
                i ->
                    inTransaction(() ->
                        idempotency.once(
                            key, "the same", () -> "/" + effects.incrementAndGet() + "/" + i)));
        assertThat(new HashSet<>(answers)).as("repeat %d", repeat).hasSize(1);
        assertThat(effects).as("repeat %d", repeat).hasValue(1);
      }
    }
  }

  @Test
  @DisplayName("問い合わせは、いくつ同時に来ても、限りの数だけ通る")
  void nobodyAsksMoreThanTheLimit() throws Exception {
    var limit = new InquiryLimit(jdbc, InquiryLimit.Counts.MAIL_INQUIRY, 2, 1_000_000);
    var now = clock.instant();
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (var repeat = 0; repeat < REPEATS; repeat++) {
        var network = "2001:db8:%x:%x::1".formatted(repeat / 250, repeat % 250);
        var admitted = atOnce(threads, _ -> inTransaction(() -> limit.admits(network, now)));
        assertThat(admitted.stream().filter(yes -> yes)).as("repeat %d", repeat).hasSize(2);
      }
    }
  }

  private <T> Callable<T> inTransaction(Callable<T> work) {
    return () ->
        Tenancy.in(
            body.id(),
            () ->
                java.util.Objects.requireNonNull(
                    transaction.execute(_ -> {
                      try {
                        return work.call();
                      } catch (RuntimeException e) {
                        throw e;
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                    })));
  }

  private static <T> List<T> atOnce(ExecutorService threads, IntFunction<Callable<T>> work)
      throws Exception {
    var barrier = new CyclicBarrier(THREADS);
    var all = new ArrayList<Future<T>>();
    for (var i = 0; i < THREADS; i++) {
      var one = work.apply(i);
      all.add(
          threads.submit(() -> {
            barrier.await();
            return one.call();
          }));
    }
    var answers = new ArrayList<T>();
    for (var one : all) {
      answers.add(one.get());
    }
    return answers;
  }
}
