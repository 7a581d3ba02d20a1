package jp.musubi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** 混ぜて使っても分かれている（S19）. */
@ServiceTest
@DisplayName("団体の分離")
class IsolationTest {
  private static final int BODIES = 36;
  private static final int REQUESTS = 10_000;
  private static final int THREADS = 16;
  private static final long SEED = 20261124;

  @Autowired Environment environment;

  /** What one piece of work saw. */
  private record Seen(int foreign, int own) {}

  @Test
  @DisplayName("2本の接続を36団体が1万回、入り乱れて使っても、ほかの団体の行は一行も見えない")
  void showsNoForeignRowInTenThousandInterleavedRequests() throws Exception {
    var bodies = new ArrayList<TestBody>();
    for (var i = 0; i < BODIES; i++) {
      bodies.add(TestBody.create("-"));
    }
    // By which a failing run is run again.
    System.out.println("IsolationTest seed " + SEED);
    try (var pool = new HikariDataSource();
        var threads = Executors.newFixedThreadPool(THREADS)) {
      pool.setJdbcUrl(environment.getRequiredProperty("spring.datasource.url"));
      pool.setUsername("musubi_app");
      pool.setMaximumPoolSize(2);
      pool.setConnectionTimeout(60_000);
      var jdbc = JdbcClient.create(pool);
      var transaction =
          new TransactionTemplate(new TenantTransactionManager(pool, FaultPoints.none()));
      var order = new ArrayList<Integer>();
      for (var i = 0; i < REQUESTS; i++) {
        // Every twentieth works for no body at all.
        order.add(i % 20 == 0 ? -1 : i % BODIES);
      }
      var random = new Random(SEED);
      Collections.shuffle(order, random);
      var work = new ArrayList<Callable<Seen>>();
      for (int i : order) {
        var breaksOff = random.nextInt(10) == 0;
        work.add(
            i < 0
                ? () -> outside(jdbc, transaction)
                : () -> within(bodies.get(i), jdbc, transaction, breaksOff));
      }
      var foreign = 0;
      var own = 0;
      for (var seen : threads.invokeAll(work)) {
        foreign += seen.get().foreign();
        own += seen.get().own();
      }
      assertThat(foreign).isZero();
      // Three of staff and one section for each request of a body: the test did look.
      assertThat(own).isEqualTo((REQUESTS - REQUESTS / 20) * 4);
    }
  }

  /** Reads without naming the body, writes into its rows, and sometimes fails in the middle. */
  private static Seen within(
      TestBody body, JdbcClient jdbc, TransactionTemplate transaction, boolean breaksOff) {
    return Tenancy.in(
        body.id(),
        () ->
            Objects.requireNonNull(
                transaction.execute(status -> {
                  if (breaksOff) {
                    status.setRollbackOnly();
                  }
                  var rows = new ArrayList<>(ids(jdbc, "select id from staff"));
                  rows.addAll(ids(jdbc, "select id from section"));
                  // Touches every row it may: were one of them foreign, its count would tell.
                  var touched = jdbc.sql("update staff set name = name").update();
                  var own = Set.of(body.clerk(), body.mayor(), body.viewer(), body.section());
                  var strangers = new HashSet<>(rows);
                  strangers.removeAll(own);
                  return new Seen(
                      strangers.size() + Math.abs(touched - 3), rows.size() - strangers.size());
                })));
  }

  private static Seen outside(JdbcClient jdbc, TransactionTemplate transaction) {
    var beside = ids(jdbc, "select id from staff").size();
    var inTransaction =
        Objects.requireNonNull(
            transaction.execute(_ ->
                ids(jdbc, "select id from staff").size()
                    + jdbc.sql("update staff set name = name").update()));
    return new Seen(beside + inTransaction, 0);
  }

  private static List<UUID> ids(JdbcClient jdbc, String sql) {
    return jdbc.sql(sql).query((row, _) -> row.getObject("id", UUID.class)).list();
  }
}
