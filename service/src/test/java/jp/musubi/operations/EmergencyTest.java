package jp.musubi.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import jp.musubi.operations.Emergency.Person;
import jp.musubi.operations.Emergency.Refusal;
import jp.musubi.operations.Emergency.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("緊急閲覧は")
class EmergencyTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final Instant UNTIL = NOW.plus(Duration.ofHours(4));
  private static final Person ASKER = new Person(UUID.randomUUID(), "例 一", "ichi@musubi.example");
  private static final Person SECOND = new Person(UUID.randomUUID(), "例 二", "ni@musubi.example");

  private static Emergency emergency(
      Emergency.@Nullable Approval approval, Emergency.@Nullable Ending ending) {
    return new Emergency(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "R8-000012",
        ASKER,
        "障害",
        "2026-0102",
        Duration.ofHours(4),
        NOW,
        approval,
        ending);
  }

  private static Emergency approved() {
    return emergency(new Emergency.Approval(SECOND, NOW, UNTIL), null);
  }

  private static Emergency.Ending ended() {
    return new Emergency.Ending("管理", Emergency.Side.BODY, NOW);
  }

  @Test
  @DisplayName("求めた本人には、別の登録からでも承認できない")
  void isNeverApprovedByWhoAsked() {
    var asked = emergency(null, null);
    assertThat(asked.refusesApproval(SECOND, false, NOW)).isEmpty();
    assertThat(asked.refusesApproval(ASKER, false, NOW)).contains(Refusal.OWN);
    var otherAccount = new Person(UUID.randomUUID(), "例 壱", " ICHI@musubi.example");
    assertThat(asked.refusesApproval(otherAccount, false, NOW)).contains(Refusal.OWN);
    var otherMail = new Person(ASKER.id(), "例 一", "new@musubi.example");
    assertThat(asked.refusesApproval(otherMail, false, NOW)).contains(Refusal.OWN);
    assertThat(asked.refusesApproval(SECOND, true, NOW)).contains(Refusal.OF_THE_BODY);
  }

  @Test
  @DisplayName("24時間を過ぎた求め、二度目の承認、終わったものの承認を断る")
  void isApprovedOnceAndInTime() {
    var asked = emergency(null, null);
    var late = NOW.plus(Emergency.PATIENCE);
    assertThat(asked.refusesApproval(SECOND, false, late.minusNanos(1))).isEmpty();
    assertThat(asked.refusesApproval(SECOND, false, late)).contains(Refusal.LAPSED);
    assertThat(approved().refusesApproval(SECOND, false, NOW)).contains(Refusal.APPROVED_ALREADY);
    assertThat(approved().refusesApproval(SECOND, false, UNTIL)).contains(Refusal.OVER);
    assertThat(emergency(null, ended()).refusesApproval(SECOND, false, NOW))
        .contains(Refusal.ENDED);
  }

  @Test
  @DisplayName("承認の後、時間の中だけ、求めた人だけに開く")
  void opensToTheAskerWithinItsTime() {
    assertThat(emergency(null, null).refusesLook(ASKER.id(), NOW)).contains(Refusal.NOT_APPROVED);
    assertThat(approved().refusesLook(ASKER.id(), NOW)).isEmpty();
    assertThat(approved().refusesLook(ASKER.id(), UNTIL.minusNanos(1))).isEmpty();
    assertThat(approved().refusesLook(ASKER.id(), UNTIL)).contains(Refusal.OVER);
    assertThat(approved().refusesLook(SECOND.id(), NOW)).contains(Refusal.NOT_THE_ASKER);
    var ended = emergency(new Emergency.Approval(SECOND, NOW, UNTIL), ended());
    assertThat(ended.refusesLook(ASKER.id(), NOW)).contains(Refusal.ENDED);
  }

  @Test
  @DisplayName("待っているか開いている間だけ、終わらせられる")
  void isEndedWhileThereIsSomethingToEnd() {
    assertThat(emergency(null, null).refusesEnd(NOW)).isEmpty();
    assertThat(approved().refusesEnd(NOW)).isEmpty();
    assertThat(approved().refusesEnd(UNTIL)).contains(Refusal.OVER);
    assertThat(emergency(null, null).refusesEnd(NOW.plus(Emergency.PATIENCE)))
        .contains(Refusal.LAPSED);
    assertThat(emergency(null, ended()).refusesEnd(NOW)).contains(Refusal.ENDED);
    assertThat(emergency(null, null).state(NOW)).isEqualTo(State.ASKED);
  }
}
