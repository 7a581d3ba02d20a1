package jp.musubi.seal.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("遮断器")
class CircuitTest {
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");

  @Test
  @DisplayName("三度続けて失敗すると開き、一度の成功で失敗の数を忘れる")
  void opensAfterThreeFailuresInARow() {
    var twice = Circuit.wellAtFirst().failed(NOON).failed(NOON);

    assertThat(twice).isEqualTo(new Circuit.Closed(2));
    assertThat(twice.succeeded()).isEqualTo(new Circuit.Closed(0));
    assertThat(twice.failed(NOON)).isEqualTo(new Circuit.Open(NOON.plusSeconds(5), 1));
    assertThat(twice.admit(NOON)).contains(twice);
  }

  @Test
  @DisplayName("開いている間は呼ばず、時間が来れば一つだけを通す")
  void letsOneCallProbe() {
    Circuit open = new Circuit.Open(NOON.plusSeconds(5), 1);

    assertThat(open.admit(NOON.plusMillis(4_999))).isEmpty();
    var probing = open.admit(NOON.plusSeconds(5)).orElseThrow();
    assertThat(probing).isEqualTo(new Circuit.Probing(NOON.plusSeconds(5), 1));
    assertThat(probing.admit(NOON.plusSeconds(6))).isEmpty();
    assertThat(probing.succeeded()).isEqualTo(Circuit.wellAtFirst());
  }

  @Test
  @DisplayName("試しに呼んで失敗するたびに、待つ時間を倍にする。五分を超えない")
  void doublesThePause() {
    Circuit circuit = new Circuit.Open(NOON, 1);
    var now = NOON;
    for (var seconds : new int[] {10, 20, 40, 80, 160, 300, 300, 300}) {
      circuit = circuit.admit(now).orElseThrow().failed(now);
      assertThat(circuit).isInstanceOf(Circuit.Open.class);
      assertThat(((Circuit.Open) circuit).until()).isEqualTo(now.plusSeconds(seconds));
      now = ((Circuit.Open) circuit).until();
    }
  }

  @Test
  @DisplayName("信用できない答えは、一度で一分遠ざける")
  void opensAtOnceWhenBetrayed() {
    assertThat(Circuit.wellAtFirst().betrayed(NOON))
        .isEqualTo(new Circuit.Open(NOON.plusSeconds(60), 1));
    assertThat(new Circuit.Probing(NOON, 3).betrayed(NOON))
        .isEqualTo(new Circuit.Open(NOON.plusSeconds(60), 4));
  }

  @Test
  @DisplayName("待てと言われた時間を守る。一日を超えては待たない")
  void waitsAsToldButNoLongerThanADay() {
    var told = Circuit.wellAtFirst().toldToWait(NOON, Duration.ofMinutes(20));

    assertThat(told).isEqualTo(new Circuit.Open(NOON.plus(Duration.ofMinutes(20)), 1));
    assertThat(told.toldToWait(NOON, Duration.ofMinutes(1))).isEqualTo(told);
    assertThat(told.failed(NOON)).isEqualTo(told);
    assertThat(Circuit.wellAtFirst().toldToWait(NOON, Duration.ofDays(30)))
        .isEqualTo(new Circuit.Open(NOON.plus(Duration.ofDays(1)), 1));
  }

  @Test
  @DisplayName("戻らなかった試しの呼び出しは、一分であきらめる")
  void givesUpALostProbe() {
    Circuit probing = new Circuit.Probing(NOON, 1);

    assertThat(probing.admit(NOON.plusSeconds(59))).isEmpty();
    assertThat(probing.admit(NOON.plusSeconds(60)))
        .contains(new Circuit.Probing(NOON.plusSeconds(60), 1));
  }

  static LongStream seeds() {
    return LongStream.concat(LongStream.of(1, 42), new Random().longs(20));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("何が起きても、いつかはまた呼び、試しの呼び出しは二つ重ならない")
  void alwaysComesBackAndNeverProbesTwice(long seed) {
    var random = new Random(seed);
    var circuit = Circuit.wellAtFirst();
    var now = NOON;
    for (var step = 0; step < 300; step++) {
      now = now.plusMillis(random.nextInt(20_000));
      var admitted = circuit.admit(now);
      if (admitted.isPresent()) {
        circuit = admitted.get();
        if (circuit instanceof Circuit.Probing) {
          assertThat(circuit.admit(now)).isEmpty();
        }
        circuit =
            switch (random.nextInt(5)) {
              case 0 -> circuit.succeeded();
              case 1 -> circuit.betrayed(now);
              case 2 -> circuit.toldToWait(now, Duration.ofSeconds(random.nextInt(100_000)));
              default -> circuit.failed(now);
            };
      }
      if (circuit instanceof Circuit.Open(var until, var trips)) {
        assertThat(until).isBeforeOrEqualTo(now.plus(Circuit.LONGEST_BAN));
        assertThat(trips).isPositive();
        assertThat(circuit.admit(until)).isPresent();
      }
    }
  }
}
