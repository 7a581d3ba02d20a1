package jp.musubi.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.counterparty.CorporateNumber;
import jp.musubi.counterparty.Supplier;
import jp.musubi.mapping.Mapped;
import jp.musubi.mapping.Wanted;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("落札結果から一覧へ")
class AwardPlanningTest {
  private static final String NUMBER = "7000012050002";
  private static final List<String> HEADINGS =
      List.of(
          "件名",
          "相手方",
          "役職",
          "氏名",
          "メール",
          "契約金額",
          "契約日",
          "契約期間の開始日",
          "契約期間の終了日",
          "アクセスコード",
          "納入場所",
          "開札日");
  private static final Supplier MIHON = supplier("株式会社 見本建設", NUMBER, "0012", "代表取締役 例田 一郎");
  private static final Supplier AKAGI = supplier("赤城設計", "", "0013", "所長 例田 梅", "支店長 例田 松");
  private static final Supplier NOBODY = supplier("榛名電気", "", "0014");

  @Test
  @DisplayName("相手方は番号で台帳からさがし、名前も宛先も台帳のものにし、枠は同じ名前の列で埋める")
  void takesTheCounterpartyFromTheRegister() {
    var row =
        new Mapped.Row(
            2,
            Map.of(
                Wanted.CASE, "R8-1",
                Wanted.TITLE, "橋りょう補修",
                Wanted.SUPPLIER_CODE, "0012",
                Wanted.WINNER, "㈱見本建設",
                Wanted.AMOUNT, "1000",
                Wanted.OPENED, "令和8年4月1日"),
            Map.of("納入場所", "本庁", "氏名", "だれか", "メール", "dareka@warui.example"),
            List.of());
    var handed = planning().of(new Mapped(List.of(row)));
    assertThat(handed.findings()).isEmpty();
    assertThat(handed.cases()).containsExactly(Map.entry(2, "R8-1"));
    assertThat(handed.lines().getFirst().cells().orElseThrow())
        .containsExactly(
            "橋りょう補修",
            "株式会社 見本建設",
            "代表取締役",
            "例田 一郎",
            "c0@mihon.example",
            "1000",
            "",
            "",
            "",
            "",
            "本庁",
            "令和8年4月1日");
  }

  @Test
  @DisplayName("見つからない、食い違う、決められない相手方は、行の誤りとして何をすればよいかを示す")
  void saysWhatToDoAboutTheCounterparty() {
    assertThat(why(Map.of(Wanted.SUPPLIER_CODE, "9999"))).isEqualTo("bulk.award.unknown");
    assertThat(why(Map.of())).isEqualTo("bulk.award.noNumber");
    assertThat(why(Map.of(Wanted.SUPPLIER_CODE, "0013", Wanted.CORPORATE_NUMBER, NUMBER)))
        .isEqualTo("bulk.award.contradicts");
    assertThat(why(Map.of(Wanted.SUPPLIER_CODE, "0015"))).isEqualTo("bulk.award.several");
    assertThat(why(Map.of(Wanted.SUPPLIER_CODE, "0099", Wanted.CORPORATE_NUMBER, NUMBER)))
        .isEqualTo("bulk.award.contradicts");
    assertThat(why(Map.of(Wanted.CORPORATE_NUMBER, NUMBER))).isEqualTo("-");
    assertThat(why(Map.of(Wanted.SUPPLIER_CODE, "0012", Wanted.CORPORATE_NUMBER, NUMBER)))
        .isEqualTo("-");
    assertThat(why(Map.of(Wanted.SUPPLIER_CODE, "0013"))).isEqualTo("bulk.award.manyPeople");
    assertThat(why(Map.of(Wanted.SUPPLIER_CODE, "0013", Wanted.WINNER_MAIL, "C1@mihon.example")))
        .isEqualTo("-");
    assertThat(why(Map.of(Wanted.SUPPLIER_CODE, "0013", Wanted.WINNER_MAIL, "x@mihon.example")))
        .isEqualTo("bulk.award.nobody");
    assertThat(why(Map.of(Wanted.SUPPLIER_CODE, "0014"))).isEqualTo("bulk.award.nobody");
  }

  @Test
  @DisplayName("種類、担当課、契約名義が違う行は、この一覧に入れない")
  void keepsOutWhatIsOfAnotherList() {
    assertThat(why(with(Wanted.KIND, "工事"))).isEqualTo("-");
    assertThat(why(with(Wanted.KIND, "物品の購入"))).isEqualTo("bulk.award.kind");
    assertThat(why(with(Wanted.SECTION, "税務課"))).isEqualTo("bulk.award.section");
    assertThat(why(with(Wanted.OFFICE, "赤城町長"))).isEqualTo("bulk.award.office");
  }

  private static Map<Wanted, String> with(Wanted wanted, String value) {
    return Map.of(Wanted.SUPPLIER_CODE, "0012", wanted, value);
  }

  private static String why(Map<Wanted, String> values) {
    var handed = planning().of(new Mapped(List.of(new Mapped.Row(5, values, Map.of(), List.of()))));
    assertThat(handed.all()).hasSize(1);
    if (handed.findings().isEmpty()) {
      assertThat(handed.lines()).hasSize(1);
      return "-";
    }
    assertThat(handed.lines()).isEmpty();
    assertThat(handed.unread()).containsExactly(5);
    return handed.findings().getFirst().reason().key();
  }

  private static AwardPlanning planning() {
    return new AwardPlanning(
        HEADINGS,
        new AwardPlanning.Of("工事", "道路課", "上毛市長"),
        List.of(MIHON, AKAGI, NOBODY, supplier("甲", "", "0015"), supplier("乙", "", "0015")),
        LocalDate.of(2026, 4, 1));
  }

  private static Supplier supplier(String name, String number, String code, String... people) {
    var contacts = new ArrayList<Supplier.Contact>();
    for (var person : people) {
      var parts = person.split(" ", 2);
      contacts.add(
          new Supplier.Contact(
              UUID.randomUUID(),
              new Supplier.Person(
                  parts[1],
                  parts[0],
                  "c" + contacts.size() + "@mihon.example",
                  Supplier.Capacity.REPRESENTATIVE,
                  Optional.empty()),
              0,
              Optional.empty()));
    }
    return new Supplier(
        UUID.randomUUID(),
        new Supplier.Details(name, CorporateNumber.parse(number), "", "", "", code),
        0,
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        contacts);
  }
}
