package jp.musubi.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import jp.musubi.vault.Growth;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("容量の見通しは")
class OutlookTest {
  private static final Instant NOW = Instant.parse("2026-11-30T03:00:00Z");
  private static final long GIGABYTE = 1_000_000_000;

  @Test
  @DisplayName("十二か月の増え方が続くものとして、空きがなくなる月と、先の大きさを言う")
  void goesOnAsInTheLastYear() {
    var outlook = of(100, 24, "2020-04-01T00:00:00Z", 48);
    assertThat(outlook.months()).isEqualTo(12);
    assertThat(outlook.full(NOW)).contains(YearMonth.of(2028, 11));
    assertThat(outlook.after(1)).isEqualTo(124 * GIGABYTE);
    assertThat(outlook.after(10)).isEqualTo(340 * GIGABYTE);
    assertThat(outlook.isNear(NOW)).isFalse();
  }

  @Test
  @DisplayName("半年より近ければ、いま手配するように言う")
  void isNear() {
    assertThat(of(100, 24, "2020-04-01T00:00:00Z", 11).isNear(NOW)).isTrue();
    assertThat(of(100, 24, "2020-04-01T00:00:00Z", 12).isNear(NOW)).isFalse();
    assertThat(of(100, 24, "2020-04-01T00:00:00Z", 0).full(NOW)).contains(YearMonth.of(2026, 11));
  }

  @Test
  @DisplayName("若いサービスでは、それまでの月で割り、三か月までは言わない")
  void isCarefulWhileYoung() {
    assertThat(of(10, 10, "2026-10-02T00:00:00Z", 5).full(NOW)).isEmpty();
    assertThat(of(10, 10, "2026-10-02T00:00:00Z", 5).tells()).isFalse();
    var young = of(10, 10, "2026-06-02T00:00:00Z", 6);
    assertThat(young.months()).isEqualTo(5);
    assertThat(young.full(NOW)).contains(YearMonth.of(2027, 2));
  }

  @Test
  @DisplayName("減っているか、30年より先なら、なくなる月はない")
  void mayNeverBeFull() {
    assertThat(of(100, -5, "2020-04-01T00:00:00Z", 1).full(NOW)).isEmpty();
    assertThat(of(100, -50, "2020-04-01T00:00:00Z", 1).after(10)).isZero();
    assertThat(of(100, 1, "2020-04-01T00:00:00Z", 31).full(NOW)).isEmpty();
    assertThat(Outlook.of(0, List.of(), 1, NOW).full(NOW)).isEmpty();
  }

  private static Outlook of(long held, long grown, String first, long left) {
    var growth =
        new Growth(
            Math.max(grown, 0) * GIGABYTE,
            Math.max(-grown, 0) * GIGABYTE,
            Optional.of(Instant.parse(first)));
    return Outlook.of(held * GIGABYTE, List.of(growth), left * GIGABYTE, NOW);
  }
}
