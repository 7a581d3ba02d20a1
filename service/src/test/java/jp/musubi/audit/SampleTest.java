package jp.musubi.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import jp.musubi.audit.Sample.Refusal;
import jp.musubi.audit.Sample.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("監査の抽出は")
class SampleTest {
  private static final UUID AUDITOR = UUID.randomUUID();
  private static final UUID ADMIN = UUID.randomUUID();
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofDays(14));

  private static Sample sample(Sample.@Nullable Opening opening, Sample.@Nullable Ending ending) {
    return new Sample(
        UUID.randomUUID(), AUDITOR, "監査", "定期監査", "", 9, null, 3, NOW, opening, ending);
  }

  private static Sample opened() {
    return sample(new Sample.Opening("管理", NOW, NOW, LATER), null);
  }

  @Test
  @DisplayName("認められた期間の中だけ開き、終わりの時刻ちょうどに閉じる")
  void isOpenWithinItsTimeOnly() {
    assertThat(opened().state(NOW.minusNanos(1))).isEqualTo(State.TO_COME);
    assertThat(opened().state(NOW)).isEqualTo(State.OPEN);
    assertThat(opened().state(LATER.minusNanos(1))).isEqualTo(State.OPEN);
    assertThat(opened().state(LATER)).isEqualTo(State.OVER);
    assertThat(sample(null, null).state(NOW)).isEqualTo(State.WAITING);
    var ending = new Sample.Ending("管理", NOW);
    assertThat(sample(null, ending).state(NOW)).isEqualTo(State.DECLINED);
    assertThat(sample(new Sample.Opening("管理", NOW, NOW, LATER), ending).state(NOW))
        .isEqualTo(State.ENDED);
  }

  @Test
  @DisplayName("抽出した本人には認められず、二度は認められず、終わりのない期間もない")
  void isOpenedByAnotherOnceAndForATime() {
    var waiting = sample(null, null);
    assertThat(waiting.refusesOpening(ADMIN, NOW, LATER, NOW)).isEmpty();
    assertThat(waiting.refusesOpening(AUDITOR, NOW, LATER, NOW)).contains(Refusal.OWN);
    assertThat(opened().refusesOpening(ADMIN, NOW, LATER, NOW)).contains(Refusal.OPENED_ALREADY);
    assertThat(waiting.refusesOpening(ADMIN, LATER, NOW, NOW)).contains(Refusal.NO_TIME);
    assertThat(waiting.refusesOpening(ADMIN, NOW.minusSeconds(9), NOW, NOW))
        .contains(Refusal.NO_TIME);
    assertThat(waiting.refusesOpening(ADMIN, NOW, NOW.plus(Sample.LONGEST), NOW)).isEmpty();
    assertThat(waiting.refusesOpening(ADMIN, NOW, NOW.plus(Sample.LONGEST).plusNanos(1), NOW))
        .contains(Refusal.TOO_LONG);
    var declined = sample(null, new Sample.Ending("管理", NOW));
    assertThat(declined.refusesOpening(ADMIN, NOW, LATER, NOW)).contains(Refusal.OVER);
  }

  @Test
  @DisplayName("終わったものは、もう一度終わらせられない")
  void isEndedOnce() {
    assertThat(sample(null, null).refusesEnd(NOW)).isEmpty();
    assertThat(opened().refusesEnd(NOW)).isEmpty();
    assertThat(opened().refusesEnd(LATER)).contains(Refusal.OVER);
    assertThat(sample(null, new Sample.Ending("管理", NOW)).refusesEnd(NOW)).contains(Refusal.OVER);
  }
}
