package jp.musubi.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import jp.musubi.platform.Unavailable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

@DisplayName("パスワードの照合は")
class PasswordsTest {
  /** Takes as long as the test wants, and counts how many are at it. */
  private static final class Slow implements PasswordEncoder {
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
      return String.valueOf(password);
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      try {
        return end.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        now.decrementAndGet();
      }
    }
  }

  @Test
  @DisplayName("同時にいくつ届いても、決まった数だけが同時に進み、待つ数も決まっている")
  void takesNoMoreAtOnceThanItMay() throws Exception {
    var slow = new Slow();
    var passwords = new Passwords(slow, 2, 3, Duration.ofSeconds(30));
    try (var threads = Executors.newCachedThreadPool()) {
      var five =
          Stream.generate(() -> threads.submit(() -> passwords.matches("x", "y")))
              .limit(5)
              .toList();
      while (passwords.waiting() < 3) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> passwords.matches("x", "y")).isInstanceOf(Unavailable.class);
      slow.end.countDown();
      for (Future<Boolean> each : five) {
        assertThat(each.get()).isTrue();
      }
    }
    assertThat(slow.most).hasValue(2);
    assertThat(passwords.encode("ａ")).isEqualTo("a");
  }

  @Test
  @DisplayName("順番が来なければ、待ち続けずに断る")
  void givesUpWaiting() throws Exception {
    var slow = new Slow();
    var passwords = new Passwords(slow, 1, 3, Duration.ofMillis(50));
    try (var threads = Executors.newCachedThreadPool()) {
      var first = threads.submit(() -> passwords.matches("x", "y"));
      while (slow.now.get() < 1) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> passwords.matches("x", "y")).isInstanceOf(Unavailable.class);
      slow.end.countDown();
      assertThat(first.get()).isTrue();
    }
  }
}
