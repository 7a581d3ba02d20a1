package jp.musubi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import jp.musubi.ServiceTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@DisplayName("ノードは")
class NodeHealthTest {

  @Test
  @DisplayName("時計がデータベースと合わないとき、準備ができていないと言う")
  void saysWhenItsClockIsWrong() throws Exception {
    assertThat(statusAt(Duration.ZERO)).isEqualTo(Status.UP);
    assertThat(statusAt(Duration.ofSeconds(1))).isEqualTo(Status.UP);
    for (var wrong : new Duration[] {Duration.ofHours(1), Duration.ofHours(-1)}) {
      assertThat(statusAt(wrong)).isEqualTo(Status.OUT_OF_SERVICE);
    }
  }

  private static Status statusAt(Duration offset) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser()) {
      var watch =
          new ClockWatch(
              JdbcClient.create(new SingleConnectionDataSource(connection, true)),
              Clock.offset(Clock.systemUTC(), offset),
              Duration.ofSeconds(2),
              new StaticListableBeanFactory().getBeanProvider(Scheduler.class));
      // A context may be stopped and go on.
      watch.start();
      watch.stop();
      watch.start();
      try {
        return watch.health().getStatus();
      } finally {
        watch.stop();
      }
    }
  }

  @Test
  @DisplayName("終わるときに、まず準備ができていないと言い、それから待つ")
  void saysFirstThatItIsNotReady() {
    var said = new ArrayList<Object>();
    try (var context = new GenericApplicationContext()) {
      context.addApplicationListener(
          (ApplicationListener<AvailabilityChangeEvent<?>>) event -> said.add(event.getState()));
      context.refresh();
      var draining = new Draining(context, Duration.ofMillis(200));
      draining.start();
      var began = System.nanoTime();

      draining.stop();

      assertThat(said).contains(ReadinessState.REFUSING_TRAFFIC);
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThanOrEqualTo(Duration.ofMillis(200));
      assertThat(draining.isRunning()).isFalse();
    }
  }
}
