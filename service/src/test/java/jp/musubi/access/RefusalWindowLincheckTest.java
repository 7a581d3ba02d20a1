package jp.musubi.access;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As BucketLincheckTest, which shows what the check finds. */
@Tag("slow")
@DisplayName("断りの記録の間引きは")
class RefusalWindowLincheckTest {
  private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");

  /** The one that is in service. */
  public static class Shared {
    private final RefusalWindow window = new RefusalWindow();

    /** How many it stands for. */
    @Operation
    public int now() {
      return window.note("109991", "192.0.2.0/24", NOW).orElse(0);
    }

    /** The same, when the time is over. */
    @Operation
    public int later() {
      return window.note("109991", "192.0.2.0/24", NOW.plus(RefusalWindow.LENGTH)).orElse(0);
    }
  }

  @Test
  @DisplayName("同時に断っても、数を取り落とさない")
  void isLinearizable() {
    assertThatCode(() ->
            new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(150)
                .actorsBefore(1)
                .actorsAfter(1)
                .threads(2)
                .actorsPerThread(2)
                .check(Shared.class))
        .doesNotThrowAnyException();
  }
}
