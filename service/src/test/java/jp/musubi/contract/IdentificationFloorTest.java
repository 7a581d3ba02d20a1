package jp.musubi.contract;

import static jp.musubi.contract.Identification.Level.L1;
import static jp.musubi.contract.Identification.Level.L2;
import static jp.musubi.contract.Identification.Level.L3;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("本人確認の下限")
class IdentificationFloorTest {
  private static final IdentificationFloor FLOOR =
      new IdentificationFloor(L1, Map.of(ContractKind.WORKS, L2), OptionalLong.of(10_000_000), L3);

  @Test
  @DisplayName("すべて、種別、金額のうち、いちばん強いものが下限になる")
  void isTheStrongestOfItsRules() {
    assertThat(least(ContractKind.GOODS, 9_999_999)).isEqualTo(L1);
    assertThat(least(ContractKind.WORKS, 9_999_999)).isEqualTo(L2);
    assertThat(least(ContractKind.WORKS, 10_000_000)).isEqualTo(L3);
    assertThat(least(ContractKind.GOODS, 10_000_000)).isEqualTo(L3);
  }

  @Test
  @DisplayName("金額の決まらない契約は高額とみなし、まだ入力のない下書きにはすべての契約の下限だけを求める")
  void takesAnOpenSumAsADearOne() {
    assertThat(FLOOR.least(Optional.of(ContractKind.UNIT_PRICE), OptionalLong.empty()))
        .isEqualTo(L3);
    assertThat(FLOOR.least(Optional.empty(), OptionalLong.empty())).isEqualTo(L1);
  }

  @Test
  @DisplayName("種別や金額の決まりが、すべての契約の下限を下げることはない")
  void isNeverLoweredByARule() {
    var strict =
        new IdentificationFloor(L2, Map.of(ContractKind.GOODS, L1), OptionalLong.of(1), L1);

    assertThat(strict.least(Optional.of(ContractKind.GOODS), OptionalLong.of(5))).isEqualTo(L2);
  }

  @Test
  @DisplayName("メールの番号は水準L1、別の経路の番号とコードはL2")
  void knowsWhatEachWayIsWorth() {
    assertThat(Identification.Way.MAIL_CODE.level().reaches(L2)).isFalse();
    assertThat(Identification.Way.SMS_CODE.level()).isEqualTo(L2);
    assertThat(Identification.Way.ACCESS_CODE.level().reaches(L3)).isFalse();
  }

  private static Identification.Level least(ContractKind kind, long yen) {
    return FLOOR.least(Optional.of(kind), OptionalLong.of(yen));
  }
}
