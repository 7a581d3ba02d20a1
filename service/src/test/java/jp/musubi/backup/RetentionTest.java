package jp.musubi.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("バックアップの保存期間は")
class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");
  private static final Duration KEEP = Duration.ofDays(14);

  @Test
  @DisplayName("期間を過ぎたバックアップと、残るものに要らない記録だけを手放す")
  void letsGoOfWhatIsOldAndNotNeeded() {
    var all = List.of(taken(20, 1), taken(15, 5), taken(3, 9), taken(1, 12));

    var decided = Retention.decide(all, Set.of("3d", "1d"), segments(15), KEEP, NOW);

    assertThat(decided.backups()).containsExactly("20d", "15d");
    assertThat(decided.segments()).containsExactlyElementsOf(segments(8));
  }

  @Test
  @DisplayName("復元を確かめた最後のものは、いくら古くても残す")
  void neverLetsGoOfTheLastThatWasRestored() {
    var all = List.of(taken(40, 1), taken(30, 5), taken(2, 9));

    var decided = Retention.decide(all, Set.of("40d", "30d"), segments(15), KEEP, NOW);

    assertThat(decided.backups()).containsExactly("40d");
    assertThat(decided.segments()).containsExactlyElementsOf(segments(4));
  }

  @Test
  @DisplayName("一つも確かめていなければ、何も手放さない")
  void letsGoOfNothingThatIsNotProven() {
    var all = List.of(taken(40, 1), taken(30, 5));

    var decided = Retention.decide(all, Set.of(), segments(15), KEEP, NOW);

    assertThat(decided.backups()).isEmpty();
    assertThat(decided.segments()).isEmpty();
  }

  @Test
  @DisplayName("バックアップが一つもないあいだ、記録を手放さない")
  void keepsTheLogOfABackupThatIsUnderWay() {
    assertThat(Retention.decide(List.of(), Set.of(), segments(15), KEEP, NOW).segments()).isEmpty();
  }

  @Test
  @DisplayName("警報は、確かめたバックアップがないこと、古いことを言う")
  void alarmsOnAbsence() {
    var oldest = Duration.ofHours(26);
    var yesterday = NOW.minus(Duration.ofHours(25));
    var before = NOW.minus(Duration.ofHours(27));

    assertThat(BackupAlarm.decide(Optional.of(yesterday), before, oldest, NOW))
        .isEqualTo(new BackupAlarm.Quiet());
    assertThat(BackupAlarm.decide(Optional.of(before), before, oldest, NOW))
        .isEqualTo(new BackupAlarm.TooOld(before));
    assertThat(BackupAlarm.decide(Optional.empty(), before, oldest, NOW))
        .isEqualTo(new BackupAlarm.Never(before));
    assertThat(BackupAlarm.decide(Optional.empty(), yesterday, oldest, NOW))
        .isEqualTo(new BackupAlarm.Quiet());
  }

  @Test
  @DisplayName("欠けた記録より前には戻せ、指定がなければ欠けたことを言う")
  void goesAsFarAsTheLogHasNoGap() {
    var gap = segments(15).stream().filter(segment -> segment.segment() != 7).toList();

    var plan = RecoveryPlan.of(taken(3, 2), gap, Optional.of(NOW));
    assertThat(plan.segments()).containsExactlyElementsOf(segments(6).subList(1, 6));
    assertThat(plan.notReached()).hasMessageContaining("000000010000000000000007");

    assertThatThrownBy(() -> RecoveryPlan.of(taken(3, 2), gap, Optional.empty()))
        .isInstanceOf(BackupRefused.class)
        .hasMessageContaining("000000010000000000000007");
  }

  @Test
  @DisplayName("記録の名前は、ログの終わりで次のログに移る")
  void countsSegmentsAsPostgresDoes() {
    assertThat(WalName.of("0000000100000000000000FF").next(16 << 20))
        .hasToString("000000010000000100000000");
    assertThat(WalName.of("00000001000000000000003F").next(64 << 20))
        .hasToString("000000010000000100000000");
    assertThat(WalName.parse("00000002.history")).isEmpty();
  }

  private static List<WalName> segments(int most) {
    return IntStream.rangeClosed(1, most).mapToObj(n -> new WalName(1, 0, n)).toList();
  }

  private static BackupManifest taken(int daysAgo, int firstLog) {
    var at = NOW.minus(Duration.ofDays(daysAgo));
    var log = new WalName(1, 0, firstLog).toString();
    return new BackupManifest(
        daysAgo + "d",
        at,
        at,
        "0/0",
        "0/0",
        log,
        log,
        16 << 20,
        "18",
        "1",
        "100",
        "key",
        List.of(),
        new DatabaseState(at, List.of(), List.of()));
  }
}
