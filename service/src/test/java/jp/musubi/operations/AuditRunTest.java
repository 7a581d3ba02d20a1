package jp.musubi.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.musubi.operations.AuditRun.Extent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("次の監査の範囲は")
class AuditRunTest {
  private static final Instant NOW = Instant.parse("2027-03-31T16:40:00Z");
  private static final Violation BROKEN =
      new Violation("I8", "chain-broken", "109991", "seq 1", "");

  @Test
  @DisplayName("初めてと、一週間たったときは、すべて")
  void isWholeAtFirstAndEachWeek() {
    assertThat(AuditRun.next(List.of(), NOW)).isEqualTo(AuditScope.whole());
    assertThat(AuditRun.next(List.of(clean(Extent.CHANGED, 1), clean(Extent.WHOLE, 7)), NOW))
        .isEqualTo(AuditScope.whole());
  }

  @Test
  @DisplayName("ふだんは、異常のなかった前回の一時間前から")
  void beginsBeforeTheLastCleanRun() {
    assertThat(AuditRun.next(List.of(clean(Extent.CHANGED, 1), clean(Extent.WHOLE, 2)), NOW))
        .isEqualTo(AuditScope.since(began(1).minus(Duration.ofHours(1))));
  }

  @Test
  @DisplayName("異常が見つかったあとは、それが見えなくなる範囲に狭まらない")
  void doesNotLoseSightOfWhatWasFound() {
    assertThat(AuditRun.next(List.of(dirty(Extent.WHOLE, 1), clean(Extent.WHOLE, 8)), NOW))
        .isEqualTo(AuditScope.whole());
    assertThat(
            AuditRun.next(
                List.of(dirty(Extent.CHANGED, 1), clean(Extent.CHANGED, 2), clean(Extent.WHOLE, 3)),
                NOW))
        .isEqualTo(AuditScope.since(began(2).minus(Duration.ofHours(1))));
  }

  private static Instant began(int daysAgo) {
    return NOW.minus(Duration.ofDays(daysAgo));
  }

  private static AuditRun clean(Extent extent, int daysAgo) {
    return run(extent, daysAgo, List.of());
  }

  private static AuditRun dirty(Extent extent, int daysAgo) {
    return run(extent, daysAgo, List.of(BROKEN));
  }

  private static AuditRun run(Extent extent, int daysAgo, List<Violation> found) {
    return new AuditRun(
        UUID.randomUUID(),
        extent,
        began(daysAgo),
        began(daysAgo).plusSeconds(60),
        3,
        20,
        80,
        found.size(),
        found);
  }
}
