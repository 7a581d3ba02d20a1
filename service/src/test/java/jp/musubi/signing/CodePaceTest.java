package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("番号を送る間隔")
class CodePaceTest {
  private static final Instant NOW = Instant.parse("2026-12-01T03:00:00Z");

  @Test
  @DisplayName("はじめはすぐに、次は一分おいて")
  void leavesAMinuteBetween() {
    assertThat(CodePace.wait(List.of(), NOW)).isEmpty();
    assertThat(CodePace.wait(List.of(NOW.minusSeconds(59)), NOW)).contains(NOW.plusSeconds(1));
    assertThat(CodePace.wait(List.of(NOW.minusSeconds(60)), NOW)).isEmpty();
  }

  @Test
  @DisplayName("一時間に五つまでで、いちばん古いものが一時間前になれば、また送れる")
  void sendsFiveInAnHour() {
    var five = IntStream.of(50, 40, 30, 20, 10).mapToObj(CodePaceTest::minutesAgo).toList();
    assertThat(CodePace.wait(five, NOW)).contains(NOW.plusSeconds(600));
    assertThat(CodePace.wait(five.subList(1, 5), NOW)).isEmpty();
  }

  private static Instant minutesAgo(int minutes) {
    return NOW.minusSeconds(minutes * 60L);
  }
}
