package jp.musubi.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.EligibilityRules;
import jp.musubi.contract.Identification;
import jp.musubi.contract.IdentificationFloor;
import jp.musubi.platform.CsvTable;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.appearance.Misfit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("一括送信の検査")
class PlanningTest {
  private static final MergeField SUM = field("契約金額", MergeField.Type.MONEY);
  private static final MergeField DAY = field("契約日", MergeField.Type.DAY);
  private static final MergeField AS_TYPED = field("契約日", MergeField.Type.TEXT);
  private static final MergeField PLACE = field("納入場所", MergeField.Type.TEXT);
  private static final Template TEMPLATE =
      new Template(
          UUID.randomUUID(),
          "単価契約",
          ContractKind.UNIT_PRICE,
          Optional.empty(),
          false,
          false,
          new Drafts.Document("form.pdf", Sha256.of(new byte[0]), 1),
          Optional.empty(),
          Optional.empty(),
          List.of(SUM, DAY, AS_TYPED, PLACE));

  private static MergeField field(String name, MergeField.Type type) {
    return new MergeField(UUID.randomUUID(), name, type, true, 20, 1, 100, 100, 500, 80, 105);
  }

  private static Planning planning(EligibilityRules rules, Misfit... misfits) {
    return new Planning(TEMPLATE, rules, IdentificationFloor.DEFAULT, _ -> List.of(misfits));
  }

  private static final List<String> GOOD =
      List.of(
          "件名",
          "株式会社 髙﨑",
          "",
          "例田 𠮷郎",
          "Ｋ１@mihon.example",
          "￥１，２３４",
          "R9.4.1",
          "",
          "",
          "なし",
          "庁舎");

  @Test
  @DisplayName("列は契約情報のものと、ひな形だけのもの。同じ名前は一つの列")
  void hasOneColumnAName() {
    assertThat(TEMPLATE.headings())
        .containsExactly(
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
            "納入場所");
  }

  @Test
  @DisplayName("一つの列は、契約情報にも、枠ごとの書き方でも入る")
  void readsALineForTheDraftAndForTheBoxes() {
    var outcome = planning(EligibilityRules.DEFAULT).of(2, GOOD);

    assertThat(outcome).isInstanceOf(Planning.Outcome.Fits.class);
    var row = ((Planning.Outcome.Fits) outcome).row();
    assertThat(row.amount()).isEqualTo(OptionalLong.of(1_234));
    assertThat(row.contractDate()).contains(LocalDate.of(2027, 4, 1));
    assertThat(row.counterparty().identification()).isEqualTo(Identification.BY_MAIL);
    assertThat(row.counterparty().mail()).isEqualTo("K1@mihon.example");
    assertThat(row.texts())
        .isEqualTo(
            Map.of(
                SUM.id().toString(), "￥1,234",
                DAY.id().toString(), "令和9年4月1日",
                AS_TYPED.id().toString(), "R9.4.1",
                PLACE.id().toString(), "庁舎"));
  }

  @Test
  @DisplayName("本人確認の下限に足りない行は、アクセスコードの列の誤り。金額の決まらない行は高額とみなす")
  void tellsWhatIsIdentifiedTooLittle() {
    var floor =
        new IdentificationFloor(
            Identification.Level.L1, Map.of(), OptionalLong.of(1_000), Identification.Level.L2);
    var planning = new Planning(TEMPLATE, EligibilityRules.DEFAULT, floor, _ -> List.of());

    assertThat(findings(planning)).containsExactly("2 アクセスコード bulk.wrong.weak");
  }

  @Test
  @DisplayName("枠に入らない字は列の誤り、対象にならない契約は件名の誤り")
  void tellsWhatDoesNotFitAndWhatMayNotBeElectronic() {
    assertThat(findings(planning(EligibilityRules.DEFAULT, new Misfit.TooLong(PLACE.id() + ""))))
        .containsExactly("2 納入場所 bulk.wrong.tooLong");
    var onPaper =
        new EligibilityRules(
            OptionalInt.empty(),
            0,
            OptionalLong.empty(),
            false,
            false,
            Set.of(ContractKind.UNIT_PRICE));
    assertThat(findings(planning(onPaper))).containsExactly("2 件名 bulk.wrong.notElectronic");
  }

  @Test
  @DisplayName("同じ行は二つめを誤りにし、セルの数の違う行も数える")
  void tellsLinesThatAreThereTwice() {
    var plan =
        planning(EligibilityRules.DEFAULT)
            .of(
                List.of(
                    new CsvTable.Line(2, 11, Optional.of(GOOD)),
                    new CsvTable.Line(3, 4, Optional.empty()),
                    new CsvTable.Line(4, 11, Optional.of(GOOD))));
    assertThat(plan.findings())
        .extracting(finding -> finding.line() + " " + finding.reason().key())
        .containsExactly("3 bulk.wrong.columns", "4 bulk.wrong.twice");
  }

  private static List<String> findings(Planning planning) {
    return planning.of(List.of(new CsvTable.Line(2, 11, Optional.of(GOOD)))).findings().stream()
        .map(finding -> finding.line() + " " + finding.field() + " " + finding.reason().key())
        .toList();
  }
}
