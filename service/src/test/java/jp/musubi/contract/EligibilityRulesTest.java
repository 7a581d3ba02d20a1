package jp.musubi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import jp.musubi.contract.Eligibility.Ask;
import jp.musubi.contract.Eligibility.Eligible;
import jp.musubi.contract.Eligibility.NotEligible;
import jp.musubi.contract.Eligibility.Reason;
import jp.musubi.contract.EligibilityRules.Facts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("電子契約の対象")
class EligibilityRulesTest {
  private static final EligibilityRules NONE = EligibilityRules.DEFAULT;
  private static final Clauses RENEWS = new Clauses(true, false, Optional.empty());
  private static final Clauses VOTED = new Clauses(false, true, Optional.empty());

  @ParameterizedTest(name = "{0} から {1}、{2}年まで、保存{3}年を加えて：{4}")
  @CsvSource({
    "2026-04-01, 2036-03-31, 10, 0, true",
    "2026-04-01, 2036-04-01, 10, 0, false",
    "2026-04-01, 2031-03-31, 10, 5, true",
    "2026-04-01, 2031-04-01, 10, 5, false",
    "2026-04-01, 2027-03-31,  1, 0, true",
    "2026-04-01, 2027-04-01,  1, 0, false",
    // Without the same day in the last month the year is over on its last (民法 143条2項).
    "2028-02-29, 2029-02-28,  1, 0, true",
    "2028-02-29, 2029-03-01,  1, 0, false",
    "2028-02-29, 2032-02-28,  4, 0, true",
    "2028-02-29, 2032-02-29,  4, 0, false",
    "2026-04-01, 2026-04-01,  1, 0, true"
  })
  @DisplayName("契約期間は、応当日の前の日までを数える")
  void countsThePeriod(LocalDate from, LocalDate until, int years, int keeping, boolean fits) {
    var expected =
        keeping == 0 ? new Reason.TooLong(years) : new Reason.TooLongWithKeeping(years, keeping);
    assertThat(limited(years, keeping).judge(facts(from, until, Clauses.NONE)))
        .isEqualTo(fits ? new Eligible() : new NotEligible(List.of(expected)));
  }

  @Test
  @DisplayName("期間に上限があり、始まりか終わりが分からなければ、確かめてもらう")
  void asksForThePeriod() {
    var day = LocalDate.of(2026, 4, 1);
    var ask = new Ask(List.of(new Reason.PeriodOpen(10)));
    assertThat(limited(10, 0).judge(facts(day, null, Clauses.NONE))).isEqualTo(ask);
    assertThat(limited(10, 0).judge(facts(null, day, Clauses.NONE))).isEqualTo(ask);
    assertThat(NONE.judge(facts(null, null, Clauses.NONE))).isEqualTo(new Eligible());
  }

  @Test
  @DisplayName("自動更新は、決まりがあれば紙に、期間の上限だけがあれば確かめてもらう")
  void mindsRenewal() {
    var from = LocalDate.of(2026, 4, 1);
    var until = LocalDate.of(2027, 3, 31);
    assertThat(NONE.judge(facts(from, until, RENEWS))).isEqualTo(new Eligible());
    assertThat(limited(10, 0).judge(facts(from, until, RENEWS)))
        .isEqualTo(new Ask(List.of(new Reason.MayOutlast(10))));
    assertThat(limited(1, 0).judge(facts(from, until.plusDays(1), RENEWS)))
        .isEqualTo(new NotEligible(List.of(new Reason.TooLong(1))));
    var onPaper =
        new EligibilityRules(OptionalInt.empty(), 0, OptionalLong.empty(), true, false, Set.of());
    assertThat(onPaper.judge(facts(from, until, RENEWS)))
        .isEqualTo(new NotEligible(List.of(new Reason.Renews())));
    assertThat(onPaper.judge(facts(from, until, VOTED))).isEqualTo(new Eligible());
  }

  @Test
  @DisplayName("議会の議決が要る契約は、決まりがあるときだけ紙に")
  void mindsTheCouncil() {
    var onPaper =
        new EligibilityRules(OptionalInt.empty(), 0, OptionalLong.empty(), false, true, Set.of());
    assertThat(NONE.judge(facts(null, null, VOTED))).isEqualTo(new Eligible());
    assertThat(onPaper.judge(facts(null, null, VOTED)))
        .isEqualTo(new NotEligible(List.of(new Reason.CouncilVote())));
    assertThat(onPaper.judge(facts(null, null, RENEWS))).isEqualTo(new Eligible());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("紙で作ると決めた種別だけを断る")
  void mindsKinds(ContractKind excluded) {
    var rules =
        new EligibilityRules(
            OptionalInt.empty(), 0, OptionalLong.empty(), false, false, Set.of(excluded));
    for (var kind : ContractKind.values()) {
      assertThat(rules.judge(priced(kind, OptionalLong.empty(), Clauses.NONE)))
          .isEqualTo(
              kind == excluded
                  ? new NotEligible(List.of(new Reason.OfKind(kind)))
                  : new Eligible());
    }
  }

  static Stream<Arguments> sums() {
    return Stream.of(
        Arguments.of(OptionalLong.of(150_000_000), new Eligible()),
        Arguments.of(
            OptionalLong.of(150_000_001),
            new NotEligible(List.of(new Reason.TooDear(150_000_000)))),
        Arguments.of(OptionalLong.empty(), new Ask(List.of(new Reason.SumOpen(150_000_000)))));
  }

  @ParameterizedTest
  @MethodSource("sums")
  @DisplayName("金額は、上限ちょうどまで。空欄なら確かめてもらう")
  void mindsTheSum(OptionalLong amount, Eligibility expected) {
    var rules =
        new EligibilityRules(
            OptionalInt.empty(), 0, OptionalLong.of(150_000_000), false, false, Set.of());
    assertThat(rules.judge(priced(ContractKind.WORKS, amount, Clauses.NONE))).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("法律が紙や公正証書によるとする契約は、団体の決まりがなくても断る")
  void mindsTheLaw(PaperByLaw law) {
    var clauses = new Clauses(false, false, Optional.of(law));
    assertThat(NONE.judge(facts(null, null, clauses)))
        .isEqualTo(new NotEligible(List.of(new Reason.ByLaw(law))));
  }

  @Test
  @DisplayName("断る理由が一つでもあれば断り、そのすべてを挙げる")
  void namesAllReasonsAgainst() {
    var rules =
        new EligibilityRules(
            OptionalInt.of(1),
            0,
            OptionalLong.of(100),
            true,
            true,
            Set.of(ContractKind.LEASE, ContractKind.WORKS));
    var verdict =
        rules.judge(
            new Facts(
                ContractKind.LEASE,
                OptionalLong.empty(),
                Optional.of(LocalDate.of(2026, 4, 1)),
                Optional.of(LocalDate.of(2046, 3, 31)),
                new Clauses(true, true, Optional.of(PaperByLaw.BUSINESS_LEASE))));
    assertThat(verdict)
        .isEqualTo(
            new NotEligible(
                Arrays.asList(
                    new Reason.ByLaw(PaperByLaw.BUSINESS_LEASE),
                    new Reason.OfKind(ContractKind.LEASE),
                    new Reason.TooLong(1),
                    new Reason.Renews(),
                    new Reason.CouncilVote())));
  }

  private static EligibilityRules limited(int years, int keeping) {
    return new EligibilityRules(
        OptionalInt.of(years), keeping, OptionalLong.empty(), false, false, Set.of());
  }

  private static Facts priced(ContractKind kind, OptionalLong amount, Clauses clauses) {
    return new Facts(kind, amount, Optional.empty(), Optional.empty(), clauses);
  }

  private static Facts facts(@Nullable LocalDate from, @Nullable LocalDate until, Clauses clauses) {
    return new Facts(
        ContractKind.SERVICES,
        OptionalLong.of(1_000_000),
        Optional.ofNullable(from),
        Optional.ofNullable(until),
        clauses);
  }
}
