package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("入場の記録")
class GrantTest {
  private static final Instant NOW = Instant.parse("2026-11-24T01:12:00Z");

  @Test
  @DisplayName("コードを求める契約は、コードがなければ開かない")
  void opensWithAllFactorsOnly() {
    assertThat(Grant.of(NOW).opens(false)).isTrue();
    assertThat(Grant.of(NOW).opens(true)).isFalse();
    assertThat(Grant.of(NOW).withCode(NOW).opens(true)).isTrue();
  }

  @Test
  @DisplayName("どの確認も30分たつと、同意の前にもう一度求める")
  void isFreshForHalfAnHour() {
    var grant = Grant.of(NOW).withCode(NOW.plus(Duration.ofMinutes(5)));
    assertThat(grant.isFresh(true, NOW.plus(Duration.ofMinutes(30)).minusNanos(1))).isTrue();
    assertThat(grant.isFresh(true, NOW.plus(Duration.ofMinutes(30)))).isFalse();
    assertThat(grant.isFresh(false, NOW.plus(Duration.ofMinutes(30)))).isFalse();
    var entered = new Grant(NOW.plus(Duration.ofMinutes(20)), NOW, null, null);
    assertThat(entered.isFresh(true, NOW.plus(Duration.ofMinutes(31)))).isFalse();
    assertThat(entered.isFresh(false, NOW.plus(Duration.ofMinutes(31)))).isTrue();
  }
}
