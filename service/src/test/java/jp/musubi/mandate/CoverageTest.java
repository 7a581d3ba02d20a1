package jp.musubi.mandate;

import static jp.musubi.mandate.Coverage.Gap.AMOUNT;
import static jp.musubi.mandate.Coverage.Gap.AMOUNT_UNKNOWN;
import static jp.musubi.mandate.Coverage.Gap.ENDED;
import static jp.musubi.mandate.Coverage.Gap.KIND;
import static jp.musubi.mandate.Coverage.Gap.NOT_TO_CONCLUDE;
import static jp.musubi.mandate.Coverage.Gap.NOT_TO_SUBSTITUTE;
import static jp.musubi.mandate.Coverage.Gap.NOT_YET;
import static jp.musubi.mandate.Coverage.Gap.OTHER_CONTRACT;
import static jp.musubi.mandate.Coverage.Gap.OTHER_HOLDER;
import static jp.musubi.mandate.Coverage.Gap.OTHER_PERSON;
import static jp.musubi.mandate.Coverage.Gap.OVER;
import static jp.musubi.mandate.Coverage.Gap.PARENT_ENDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import jp.musubi.contract.ContractKind;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("委任の範囲の判断")
class CoverageTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 4, 1);
  private static final LocalDate LAST = LocalDate.of(2027, 3, 31);
  private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
  private static final Mandate.Scope ALL =
      new Mandate.Scope(
          EnumSet.allOf(Power.class), Set.of(), OptionalLong.empty(), "", FIRST, LAST);

  @Test
  @DisplayName("範囲にある契約は覆い、名称・氏名の書き方とアドレスの大文字小文字は問わない")
  void coversWhatIsWithin() {
    assertThat(gaps(ALL, asked())).isEmpty();
    var otherwise =
        new Coverage.Asked(
            "（株）見本建設",
            "例田　次郎",
            "JIRO@mihon.example",
            ContractKind.WORKS,
            OptionalLong.of(1),
            "市道1024号線 舗装修繕工事",
            TODAY);
    assertThat(gaps(ALL, otherwise)).isEmpty();
  }

  @Test
  @DisplayName("契約日は、始めの日と最後の日を含む")
  void includesBothEnds() {
    assertThat(gaps(ALL, on(FIRST))).isEmpty();
    assertThat(gaps(ALL, on(LAST))).isEmpty();
    assertThat(gaps(ALL, on(FIRST.minusDays(1)))).containsExactly(NOT_YET);
    assertThat(gaps(ALL, on(LAST.plusDays(1)))).containsExactly(OVER);
  }

  @Test
  @DisplayName("上限は含み、金額のない契約は、上限があると確かめられない")
  void comparesTheSum() {
    var limited = scope(Set.of(), OptionalLong.of(5_000_000), "");
    assertThat(gaps(limited, of(OptionalLong.of(5_000_000)))).isEmpty();
    assertThat(gaps(limited, of(OptionalLong.of(5_000_001)))).containsExactly(AMOUNT);
    assertThat(gaps(limited, of(OptionalLong.empty()))).containsExactly(AMOUNT_UNKNOWN);
    assertThat(gaps(ALL, of(OptionalLong.empty()))).isEmpty();
  }

  @Test
  @DisplayName("種別を選んだ委任は、選んだ種別だけに使える")
  void goesByKind() {
    for (var given : ContractKind.values()) {
      for (var asked : ContractKind.values()) {
        var found = gaps(scope(Set.of(given), OptionalLong.empty(), ""), of(asked));
        assertThat(found)
            .as("%s %s", given, asked)
            .isEqualTo(given == asked ? List.of() : List.of(KIND));
      }
    }
  }

  @Test
  @DisplayName("一件だけの委任は、その件名の契約だけに使え、空白の違いは問わない")
  void goesByTitle() {
    var one = scope(Set.of(), OptionalLong.empty(), "市道1024号線　舗装修繕工事");
    assertThat(gaps(one, asked())).isEmpty();
    assertThat(gaps(scope(Set.of(), OptionalLong.empty(), "別の工事"), asked()))
        .containsExactly(OTHER_CONTRACT);
  }

  @Test
  @DisplayName("契約の締結のない委任、別の方、別の相手方、使わない相手方には使えない")
  void asksWhoAndForWhat() {
    var scope =
        new Mandate.Scope(
            EnumSet.complementOf(EnumSet.of(Power.CONCLUDE)),
            Set.of(),
            OptionalLong.empty(),
            "",
            FIRST,
            LAST);
    assertThat(gaps(scope, asked())).containsExactly(NOT_TO_CONCLUDE);
    var a = asked();
    assertThat(
            gaps(
                ALL,
                new Coverage.Asked(
                    "榛名設計 株式会社", "例田 三郎", a.mail(), a.kind(), a.amount(), a.title(), a.day())))
        .containsExactly(OTHER_HOLDER, OTHER_PERSON);
    assertThat(
            gaps(
                ALL,
                new Coverage.Asked(
                    a.organisation(),
                    a.name(),
                    "x@mihon.example",
                    a.kind(),
                    a.amount(),
                    a.title(),
                    a.day())))
        .containsExactly(OTHER_PERSON);
    var ended = mandate(ALL, Optional.empty(), Optional.empty(), false);
    assertThat(Coverage.gaps(new Mandate.Chain(ended, Optional.empty()), asked(), TODAY))
        .containsExactly(OTHER_HOLDER);
  }

  @Test
  @DisplayName("解任は、その日から効き、契約日を前にしても、その日を過ぎれば使えない")
  void endsOnTheDay() {
    for (var day : List.of(-2, -1, 0, 1, 2)) {
      for (var today : List.of(-2, -1, 0, 1, 2)) {
        var ended = mandate(ALL, Optional.of(TODAY), Optional.empty(), true);
        var found =
            Coverage.gaps(
                new Mandate.Chain(ended, Optional.empty()),
                on(TODAY.plusDays(day)),
                TODAY.plusDays(today));
        assertThat(found)
            .as("contract %d, today %d", day, today)
            .isEqualTo(day < 0 && today < 0 ? List.of() : List.of(ENDED));
      }
    }
  }

  @Test
  @DisplayName("復代理は、もとの委任も覆うときだけ覆う（すべての組合せ）")
  void reachesNoFurtherThanItsParent() {
    var scopes = scopes();
    var checked = 0;
    for (var own : scopes) {
      for (var parent : scopes) {
        for (var asked :
            List.of(
                asked(), of(OptionalLong.empty()), of(ContractKind.GOODS), on(LAST), on(FIRST))) {
          var above = mandate(parent, Optional.empty(), Optional.empty(), true);
          var below = mandate(own, Optional.empty(), Optional.of(above.id()), true);
          var found = Coverage.gaps(new Mandate.Chain(below, Optional.of(above)), asked, TODAY);
          var both =
              gaps(own, asked).isEmpty()
                  && gaps(parent, asked).isEmpty()
                  && parent.powers().contains(Power.SUBSTITUTE);
          assertThat(found.isEmpty()).as("%s below %s", own, parent).isEqualTo(both);
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(scopes.size() * scopes.size() * 5);
  }

  @Test
  @DisplayName("範囲を超えない復代理は、覆う契約がもとの委任より多くない（すべての組合せ）")
  void coversNoMoreWhenItKeepsWithin() {
    for (var own : scopes()) {
      for (var parent : scopes()) {
        if (Excess.of(own, parent).isEmpty()) {
          for (var asked :
              List.of(
                  asked(), of(OptionalLong.empty()), of(ContractKind.GOODS), on(LAST), on(FIRST))) {
            assertThat(gaps(own, asked).isEmpty() && !gaps(parent, asked).isEmpty())
                .as("%s within %s for %s", own, parent, asked)
                .isFalse();
          }
        }
      }
    }
  }

  @Test
  @DisplayName("もとの代理人が解任されるか、復代理人を選べないと、復代理は使えない")
  void endsWithItsParent() {
    var above = mandate(ALL, Optional.of(TODAY), Optional.empty(), true);
    var below = mandate(ALL, Optional.empty(), Optional.of(above.id()), true);
    assertThat(Coverage.gaps(new Mandate.Chain(below, Optional.of(above)), asked(), TODAY))
        .containsExactly(PARENT_ENDED);
    var bare =
        mandate(
            new Mandate.Scope(
                EnumSet.of(Power.CONCLUDE), Set.of(), OptionalLong.empty(), "", FIRST, LAST),
            Optional.empty(),
            Optional.empty(),
            true);
    assertThat(
            Coverage.gaps(
                new Mandate.Chain(
                    mandate(ALL, Optional.empty(), Optional.of(bare.id()), true),
                    Optional.of(bare)),
                asked(),
                TODAY))
        .containsExactly(NOT_TO_SUBSTITUTE);
    assertThat(Coverage.mayAppoint(below)).isFalse();
    assertThat(Coverage.mayAppoint(bare)).isFalse();
  }

  @Test
  @DisplayName("復代理が超えた点を、一つずつ言う")
  void namesEachExcess() {
    var parent =
        new Mandate.Scope(
            EnumSet.of(Power.CONCLUDE, Power.SUBSTITUTE),
            Set.of(ContractKind.WORKS),
            OptionalLong.of(100),
            "甲",
            FIRST,
            LAST);
    var own =
        new Mandate.Scope(
            EnumSet.of(Power.COLLECT),
            Set.of(),
            OptionalLong.empty(),
            "",
            FIRST.minusDays(1),
            LAST.plusDays(1));
    assertThat(Excess.of(own, parent)).containsExactly(Excess.values());
    assertThat(
            Excess.of(
                new Mandate.Scope(
                    EnumSet.of(Power.CONCLUDE),
                    Set.of(ContractKind.WORKS),
                    OptionalLong.of(100),
                    "甲",
                    FIRST,
                    LAST),
                parent))
        .isEmpty();
    assertThat(Excess.of(parent, parent)).containsExactly(Excess.POWERS);
  }

  @Test
  @DisplayName("今年度は4月1日から3月31日までで、引継ぎは翌日から年度の終わりまで")
  void knowsTheFiscalYear() {
    assertThat(Year.of(LocalDate.of(2027, 3, 31))).isEqualTo(new Year(FIRST, LAST));
    assertThat(Year.of(FIRST)).isEqualTo(new Year(FIRST, LAST));
    assertThat(Year.after(LAST))
        .isEqualTo(new Year(LocalDate.of(2027, 4, 1), LocalDate.of(2028, 3, 31)));
    assertThat(Year.after(LocalDate.of(2027, 12, 31)))
        .isEqualTo(new Year(LocalDate.of(2028, 1, 1), LocalDate.of(2028, 3, 31)));
  }

  private static List<Mandate.Scope> scopes() {
    var all = new ArrayList<Mandate.Scope>();
    for (var powers :
        List.of(
            EnumSet.allOf(Power.class),
            EnumSet.of(Power.CONCLUDE),
            EnumSet.of(Power.BID, Power.SUBSTITUTE))) {
      for (var kinds : List.of(Set.<ContractKind>of(), Set.of(ContractKind.WORKS))) {
        for (var most :
            List.of(OptionalLong.empty(), OptionalLong.of(10), OptionalLong.of(2_000))) {
          for (var single : List.of("", "別の工事")) {
            for (var until : List.of(LAST, TODAY)) {
              all.add(new Mandate.Scope(powers, kinds, most, single, FIRST, until));
            }
          }
        }
      }
    }
    return all;
  }

  private static Mandate.Scope scope(Set<ContractKind> kinds, OptionalLong most, String single) {
    return new Mandate.Scope(EnumSet.allOf(Power.class), kinds, most, single, FIRST, LAST);
  }

  private static List<Coverage.Gap> gaps(Mandate.Scope scope, Coverage.Asked asked) {
    return Coverage.gaps(
        new Mandate.Chain(
            mandate(scope, Optional.empty(), Optional.empty(), true), Optional.empty()),
        asked,
        TODAY);
  }

  private static Mandate mandate(
      Mandate.Scope scope, Optional<LocalDate> ended, Optional<UUID> parent, boolean live) {
    return new Mandate(
        UUID.randomUUID(),
        new Mandate.Holder(UUID.randomUUID(), "株式会社 見本建設", live),
        parent,
        Optional.empty(),
        1,
        new Mandate.Said(
            new Mandate.Principal("代表取締役", "例田 一郎"),
            new Mandate.Agent("高崎支店", "支店長", "例田 次郎", "jiro@mihon.example"),
            scope,
            new Mandate.Paper("12", FIRST, "委任状.pdf", 1, 1, Sha256.of(new byte[1]))),
        Instant.EPOCH,
        ended.map(day -> new Mandate.End(day, "交代", Instant.EPOCH)));
  }

  private static Coverage.Asked asked() {
    return on(TODAY);
  }

  private static Coverage.Asked on(LocalDate day) {
    return asked(ContractKind.WORKS, OptionalLong.of(1_000), day);
  }

  private static Coverage.Asked of(OptionalLong amount) {
    return asked(ContractKind.WORKS, amount, TODAY);
  }

  private static Coverage.Asked of(ContractKind kind) {
    return asked(kind, OptionalLong.of(1_000), TODAY);
  }

  private static Coverage.Asked asked(ContractKind kind, OptionalLong amount, LocalDate day) {
    return new Coverage.Asked(
        "株式会社 見本建設", "例田 次郎", "jiro@mihon.example", kind, amount, "市道1024号線 舗装修繕工事", day);
  }
}
