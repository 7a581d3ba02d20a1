package jp.musubi.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.platform.Tenancy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("閲覧の記録は")
class AccessRecordTest {
  private static final Actor HANAKO = new Actor(Actor.Kind.STAFF, "1", "見本 花子");

  @Autowired AccessRecord record;
  @Autowired AuditTrail audit;
  @Autowired PlatformTransactionManager transactions;

  private TestBody body;
  private final UUID contract = UUID.randomUUID();

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
  }

  @Test
  @DisplayName("だれが、どの権限で、どこからかを、要求の端で知ったことから補う")
  void saysInWhichRoleAndFromWhere() {
    Tenancy.in(
        body.id(),
        () ->
            Circumstances.of(HANAKO, Set.of("CLERK", "VIEWER"), "2001:db8::7")
                .in(() -> {
                  record.note("contract.viewed", contract, Map.of("route", "/x"));
                  new TransactionTemplate(transactions)
                      .executeWithoutResult(
                          _ -> audit.record(HANAKO, "contract.drafted", contract, null, Map.of()));
                  return true;
                }));

    var entries = Tenancy.in(body.id(), () -> audit.of(contract));
    assertThat(entries)
        .hasSize(2)
        .allSatisfy(entry -> {
          assertThat(entry.clientIp()).isEqualTo("2001:db8::7");
          assertThat(entry.details()).containsEntry("roles", "CLERK VIEWER");
        });
    assertThat(Tenancy.in(body.id(), () -> audit.steps(contract)))
        .extracting(AuditEntry::action)
        .containsExactly("contract.drafted");
  }

  @Test
  @DisplayName("取り消された処理の記録を、残った記録に数えない")
  void countsOnlyWhatWasCommitted() {
    Tenancy.in(
        body.id(),
        () -> {
          var now = Circumstances.of(HANAKO, Set.of(), "192.0.2.1");
          now.in(() -> {
            new TransactionTemplate(transactions)
                .executeWithoutResult(all -> {
                  audit.record(HANAKO, "contract.drafted", contract, null, Map.of());
                  all.setRollbackOnly();
                });
            return true;
          });
          assertThat(now.leftAnEntry()).isFalse();
          return true;
        });
  }

  @Test
  @DisplayName("ほかの処理の途中では書けない")
  void refusesToWaitWithinATransaction() {
    assertThatThrownBy(() ->
            Tenancy.in(
                body.id(),
                () ->
                    new TransactionTemplate(transactions)
                        .execute(_ -> {
                          record.note(HANAKO, "contract.viewed", null, null, Map.of());
                          return true;
                        })))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("同時の閲覧をまとめて書き、一つも失わず、順を守り、一件ずつより速い")
  void writesACrowdTogetherAndLosesNone() throws Exception {
    var people = 16;
    var looks = 40;
    var alone =
        crowd(
            people,
            looks,
            () ->
                new TransactionTemplate(transactions)
                    .executeWithoutResult(
                        _ -> audit.record(HANAKO, "contract.viewed", contract, null, Map.of())));
    var together =
        crowd(
            people, looks, () -> record.note(HANAKO, "contract.viewed", contract, null, Map.of()));

    // The figure that the papers quote.
    System.out.printf(
        "measured: %d people look %d times at one body: one by one %d/s, together %d/s; p50 %s, p99 %s%n",
        people,
        looks,
        perSecond(people * looks, alone.took()),
        perSecond(people * looks, together.took()),
        together.at(0.5),
        together.at(0.99));
    assertThat(Tenancy.in(body.id(), () -> audit.of(contract))).hasSize(2 * people * looks);
    assertThat(Tenancy.in(body.id(), () -> audit.firstBreak(java.util.List.of()))).isEmpty();
    assertThat(together.took()).isLessThan(alone.took());
  }

  private record Crowd(Duration took, java.util.List<Duration> each) {
    Duration at(double share) {
      return each.stream().sorted().toList().get((int) (share * (each.size() - 1)));
    }
  }

  private Crowd crowd(int people, int looks, Runnable look) throws Exception {
    var start = new CountDownLatch(1);
    var all = new ArrayList<Future<java.util.List<Duration>>>();
    try (var threads = Executors.newFixedThreadPool(people)) {
      for (var person = 0; person < people; person++) {
        all.add(
            threads.submit(() -> {
              start.await();
              var times = new ArrayList<Duration>();
              for (var i = 0; i < looks; i++) {
                var from = System.nanoTime();
                Tenancy.in(
                    body.id(),
                    () -> {
                      look.run();
                      return true;
                    });
                times.add(Duration.ofNanos(System.nanoTime() - from));
              }
              return times;
            }));
      }
      var from = System.nanoTime();
      start.countDown();
      var each = new ArrayList<Duration>();
      for (var one : all) {
        each.addAll(one.get());
      }
      return new Crowd(Duration.ofNanos(System.nanoTime() - from), each);
    }
  }

  private static long perSecond(int count, Duration took) {
    return Math.round(count * 1e9 / took.toNanos());
  }
}
