package jp.musubi.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("人が先")
class PeopleFirstTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final PeopleFirst people = new PeopleFirst(2);

  @Test
  @DisplayName("ボタンの答えを待つ人が少なければ、署名の処理は待たない")
  void worksBesideFew() {
    people.pressed();
    assertThat(timed(LONG)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  @DisplayName("待つ人が多いあいだ署名の処理は待ち、減れば動き出す")
  void standsBackForMany() throws Exception {
    people.pressed();
    people.pressed();
    var work = CompletableFuture.runAsync(() -> people.standBack(LONG));
    // Long enough for work that does not stand back to be done.
    assertThatThrownBy(() -> work.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    people.answered();
    work.get(10, TimeUnit.SECONDS);
  }

  @Test
  @DisplayName("待つ人が減らなくても、署名の処理はいつまでも待たない")
  void doesNotStandBackForEver() {
    people.pressed();
    people.pressed();
    assertThat(timed(Duration.ofMillis(200))).isBetween(Duration.ofMillis(190), LONG);
  }

  private Duration timed(Duration patience) {
    // By no clock of the service: how long somebody really waits.
    var began = System.nanoTime();
    people.standBack(patience);
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
