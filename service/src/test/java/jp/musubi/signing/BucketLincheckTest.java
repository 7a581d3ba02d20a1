package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever the order in which threads get on, it is as if they had come one after the other. */
@Tag("slow")
@DisplayName("流量の限りは")
class BucketLincheckTest {
  private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");

  /** The one that is in service. */
  public static class Shared {
    private final Bucket bucket = new Bucket(2, Duration.ofSeconds(1));

    /** Whether there was one. */
    @Operation
    public boolean take() {
      return bucket.take(NOW);
    }
  }

  /** One that looks first and takes afterwards. */
  public static class Torn {
    private int left = 2;

    /** Whether there was one. */
    @Operation
    public boolean take() {
      var now = left;
      if (now == 0) {
        return false;
      }
      left = now - 1;
      return true;
    }
  }

  private static void check(Class<?> structure) {
    new ModelCheckingOptions()
        .iterations(5)
        .invocationsPerIteration(200)
        .threads(2)
        // Before them nothing is taken: a bucket that is empty tells nothing.
        .actorsBefore(0)
        .actorsAfter(1)
        .actorsPerThread(2)
        .check(structure);
  }

  @Test
  @DisplayName("同時に来ても、限りより多くは通さない")
  void isLinearizable() {
    assertThatCode(() -> check(Shared.class)).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("と言えるのは、見てから取る誤りがこの検査に見つかるから")
  void aTornOneIsFound() {
    assertThatThrownBy(() -> check(Torn.class)).isInstanceOf(AssertionError.class);
  }
}
