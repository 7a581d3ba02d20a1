package jp.musubi.journeys.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("負荷の測り方")
class CrowdTest {

  @Test
  @DisplayName("百分位は最近順位で、p99 は百件のうち99番目")
  void takesTheNearestRank() {
    var hundred = Durations.of(IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList());
    assertThat(hundred.percentile(50)).isEqualTo(Duration.ofMillis(50));
    assertThat(hundred.percentile(99)).isEqualTo(Duration.ofMillis(99));
    assertThat(hundred.percentile(100)).isEqualTo(Duration.ofMillis(100));
    var one = Durations.of(List.of(Duration.ofMillis(1500)));
    assertThat(one.percentile(50)).isEqualTo(one.percentile(99));
    assertThat(one.words()).isEqualTo("p50 1.5秒、p99 1.5秒、最長 1.5秒（1件）");
    assertThatThrownBy(() -> Durations.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("前の人が終わらなくても次の人は来て、待った時間は来るはずだった時から数える")
  void countsFromTheMomentOfComing() throws Exception {
    var lastCame = new CountDownLatch(1);
    var deeds = new ArrayList<Crowd.Deed<String>>();
    // The first goes only once the last is there: whoever came one after another would hang.
    deeds.add(() -> {
      lastCame.await();
      return "";
    });
    deeds.add(() -> "");
    deeds.add(() -> {
      lastCame.countDown();
      return "";
    });
    var waits = Crowd.come(deeds, 20);
    assertThat(waits.get(0).after()).isGreaterThanOrEqualTo(Duration.ofMillis(95));
    assertThat(waits).hasSize(3);
  }

  @Test
  @DisplayName("一人でも失敗すれば、測定にならない")
  void isNoMeasurementWhenOneFails() {
    List<Crowd.Deed<String>> deeds =
        List.of(
            () -> "",
            () -> {
              throw new IllegalStateException("500");
            });
    assertThatThrownBy(() -> Crowd.come(deeds, 100))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("500");
  }
}
