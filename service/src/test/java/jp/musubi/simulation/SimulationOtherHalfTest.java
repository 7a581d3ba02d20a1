package jp.musubi.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * L1, beside {@link SimulationTest}: one world after the other is what a world of one thread takes;
 * two processes are what two processors give.
 */
@Tag("slow")
@DisplayName("模擬（後の半分）")
class SimulationOtherHalfTest extends InWorlds {

  @Test
  @DisplayName("後の半分の世界でも、受け付けたことは失われず、結末は一つで、監査に異常がない")
  void everyWorldComesToAGoodEnd() throws Exception {
    assumeTrue(
        Integer.getInteger("musubi.simulation.runs") == null
            && System.getenv("MUSUBI_SEED") == null,
        "the other class was told how many");
    var many = run(SimulationTest.GOAL / 2 + 1, SimulationTest.GOAL);
    assertThat(many.wrong()).as("worlds that ended badly").isEmpty();
    assertThat(many.all().crashesInRecovery()).isPositive();
  }
}
