package jp.musubi.staff;

import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import jp.musubi.platform.Unavailable;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Keeps passwords as Argon2id (OWASP: 19 MiB, two passes, one lane). Every password is read in
 * NFKC, so that it does not matter which keyboard or width it was typed with.
 *
 * <p>Anybody makes it work by the sign-in page, with any name: so no more hashes are made at once
 * than there are processors, since each takes 19 MiB of what all share, and no more than so many
 * requests wait for their turn (ASVS 15.1.3).
 */
@Component
class Passwords implements PasswordEncoder {
  private static final int MOST_WAITING = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final PasswordEncoder slow;
  private final Semaphore turns;
  private final int mostWaiting;
  private final Duration patience;

  Passwords() {
    this(
        new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2),
        Math.max(2, Runtime.getRuntime().availableProcessors()),
        MOST_WAITING,
        PATIENCE);
  }

  /**
   * With other limits.
   *
   * @param atOnce how many hashes
   * @param patience how long one waits for a turn
   */
  Passwords(PasswordEncoder slow, int atOnce, int mostWaiting, Duration patience) {
    this.slow = slow;
    this.turns = new Semaphore(atOnce, true);
    this.mostWaiting = mostWaiting;
    this.patience = patience;
  }

  @Override
  public @Nullable String encode(@Nullable CharSequence password) {
    return inTurn(() -> slow.encode(read(password)));
  }

  @Override
  public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
    return inTurn(() -> slow.matches(read(password), hash));
  }

  /** How many wait for their turn, for a test that fills the queue. */
  int waiting() {
    return turns.getQueueLength();
  }

  private <T extends @Nullable Object> T inTurn(Supplier<T> work) {
    try {
      if (turns.getQueueLength() >= mostWaiting
          || !turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Unavailable("passwords", patience, new TimeoutException("no turn"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("passwords", patience, e);
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  private static @Nullable String read(@Nullable CharSequence password) {
    return password == null ? null : Normalizer.normalize(password, Normalizer.Form.NFKC);
  }
}
