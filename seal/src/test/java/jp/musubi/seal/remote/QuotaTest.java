package jp.musubi.seal.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("呼び出しの枠")
class QuotaTest {
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");

  @Test
  @DisplayName("二十回を続けて許し、そのあとは一分に一回ずつ許す")
  void letsTwentyThroughAndThenOneAMinute() {
    var quota = Quota.full(20, Duration.ofMinutes(1), NOON);
    for (var i = 0; i < 20; i++) {
      quota = quota.take(NOON).orElseThrow();
    }

    assertThat(quota.take(NOON.plusSeconds(59))).isEmpty();
    assertThat(quota.next(NOON.plusSeconds(59))).isEqualTo(NOON.plusSeconds(60));
    quota = quota.take(NOON.plusSeconds(60)).orElseThrow();
    assertThat(quota.take(NOON.plusSeconds(61))).isEmpty();
    assertThat(quota.next(NOON.plusSeconds(121))).isEqualTo(NOON.plusSeconds(121));
    assertThat(quota.take(NOON.plus(Duration.ofDays(1))).orElseThrow().left()).isEqualTo(19);
  }

  @Test
  @DisplayName("時計が戻っても、枠は増えも減りもしない")
  void standsStillWhenTheClockIsSetBack() {
    var quota = Quota.full(2, Duration.ofMinutes(1), NOON).take(NOON).orElseThrow();

    assertThat(quota.take(NOON.minusSeconds(3600)).orElseThrow().left()).isZero();
  }

  @Test
  @DisplayName("一度も許さない枠は作れない")
  void letsAtLeastOneThrough() {
    assertThatThrownBy(() -> Quota.full(0, Duration.ofMinutes(1), NOON))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Quota.full(1, Duration.ZERO, NOON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 42, 20261124})
  @DisplayName("どの時間を取っても、枠と時間の分より多くは許さない")
  void neverLetsMoreThroughThanItSays(long seed) {
    var random = new Random(seed);
    var quota = Quota.full(5, Duration.ofSeconds(10), NOON);
    var now = NOON;
    var taken = 0;
    for (var step = 0; step < 1_000; step++) {
      now = now.plusMillis(random.nextInt(4_000));
      var next = quota.take(now);
      if (next.isPresent()) {
        taken++;
        quota = next.get();
      }
      assertThat(taken)
          .isLessThanOrEqualTo(5 + (int) (Duration.between(NOON, now).toSeconds() / 10));
    }
    assertThat(taken).isGreaterThan(150);
  }
}
