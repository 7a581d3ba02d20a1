package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("流量の限り")
class BucketTest {
  private static final Instant NOW = Instant.parse("2026-12-04T00:00:00Z");

  @Test
  @DisplayName("まとめて決めた数まで、そのあとは時間がたった分だけ")
  void givesAsManyAsItHolds() {
    var bucket = new Bucket(3, Duration.ofMillis(100));
    for (var i = 0; i < 3; i++) {
      assertThat(bucket.take(NOW)).isTrue();
    }
    assertThat(bucket.take(NOW)).isFalse();
    assertThat(bucket.take(NOW.plusMillis(99))).isFalse();
    assertThat(bucket.take(NOW.plusMillis(100))).isTrue();
    assertThat(bucket.take(NOW.plusMillis(100))).isFalse();
    assertThat(bucket.take(NOW.plusSeconds(10))).isTrue();
  }
}
