package jp.musubi.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.contract.ContractId;
import jp.musubi.platform.Tenancy;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("契約台帳の項目")
class RegisterEntryTest {
  @Autowired MockMvc mvc;
  @Autowired Entries entries;
  @Autowired Items items;

  private TestBody body;
  private RegisterHouse house;
  private UUID admin;
  private UUID contract;

  @BeforeEach
  void aBodyWithADraft() {
    body = TestBody.create("-");
    house = new RegisterHouse(mvc, body);
    admin = TestPeople.member(body, "admin", "管理 者", body.section(), "BODY_ADMIN", null);
    contract = house.write("市道の舗装", "見本建設");
  }

  @Test
  @DisplayName("任意項目は、契約情報の手順で聞かれ、必須なら入力するまで進めず、契約の画面に出る")
  void asksForTheBodysOwnItems() throws Exception {
    add("路線名 <b>", "TEXT", "", true);
    add("延長（m）", "NUMBER", "", false);
    add("検査日", "DATE", "", false);
    add("財源", "CHOICE", "一般\n国庫補助\n一般", false);
    var form = terms();
    assertThat(form.select("label").eachText()).anyMatch(label -> label.startsWith("路線名 <b>"));
    var own = form.select("[name^=item-]");
    assertThat(own).hasSize(4);
    assertThat(own.get(3).select("option").eachText()).containsExactly("選んでください", "一般", "国庫補助");
    var name = own.get(0).attr("name");
    var length = own.get(1).attr("name");
    var day = own.get(2).attr("name");
    var source = own.get(3).attr("name");

    var refused =
        house.press(
            body.clerk(),
            path("/terms"),
            typed(length, "1,23", day, "令和8年2月30日", source, "借金", "keeping", "ずっと"));
    assertThat(refused.getStatus()).isEqualTo(422);
    var page = Jsoup.parse(refused.getContentAsString());
    for (var field : List.of(name, length, day, source, "keeping")) {
      assertThat(page.select("[id=" + field + "-error]")).as(field).hasSize(1);
    }
    assertThat(page.select("[name=" + length + "]").attr("value")).isEqualTo("1,23");
    assertThat(entry().version()).isZero();

    var saved =
        house.press(
            body.clerk(),
            path("/terms"),
            typed(
                name,
                "<script>alert(1)</script>",
                length,
                "１，２３４．５",
                day,
                "R8.9.30",
                source,
                "国庫補助",
                "pricing",
                "UNIT_PRICE",
                "longTerm",
                "true",
                "budgetClause",
                "true",
                "fiscalYear",
                "令和7年度",
                "decisionNumber",
                "建設第12号",
                "keeping",
                "１０年"));
    assertThat(saved.getStatus()).isEqualTo(302);
    var shown = house.open(body.viewer(), path("")).getContentAsString();
    assertThat(shown).doesNotContain("<script>alert");
    assertThat(Jsoup.parse(shown).text())
        .contains(
            "総価・単価：単価契約",
            "長期継続契約：あり",
            "年度：令和7年度（2025年度）",
            "決裁番号：建設第12号",
            "保存年限：10年",
            "路線名 <b>：<script>alert(1)</script>",
            "延長（m）：1,234.5",
            "検査日：令和8年9月30日（2026年9月30日）",
            "財源：国庫補助")
        .doesNotContain("債務負担行為による契約：あり");
    var again = terms();
    assertThat(again.select("[name=" + length + "]").attr("value")).isEqualTo("1,234.5");
    assertThat(again.select("#longTerm").hasAttr("checked")).isTrue();
    assertThat(again.select("#debtBurden").hasAttr("checked")).isFalse();
  }

  @Test
  @DisplayName("年度は、入力がなければ契約日の年度")
  void takesTheFiscalYearFromTheContractsDay() throws Exception {
    assertThat(
            house.press(body.clerk(), path("/terms"), typed("contractDate", "R8.3.31")).getStatus())
        .isEqualTo(302);
    assertThat(Jsoup.parse(house.open(body.viewer(), path("")).getContentAsString()).text())
        .contains("年度：令和7年度（2025年度）");
  }

  @Test
  @DisplayName("送った後の訂正は理由が要り、前の値が残り、記録され、契約の版は変わらない")
  void keepsWhatWasCorrected() throws Exception {
    assertThat(house.open(body.clerk(), path("/register")).getStatus())
        .as("a draft")
        .isEqualTo(409);
    house.press(body.clerk(), path("/terms"), typed("keeping", "5年"));
    sent();
    var form = Jsoup.parse(house.open(body.clerk(), path("/register")).getContentAsString());
    assertThat(form.select("#keeping").attr("value")).isEqualTo("5年");
    var version = form.select("[name=version]").attr("value");

    assertThat(
            house
                .press(body.clerk(), path("/register"), "version", version, "keeping", "10年")
                .getStatus())
        .as("without a reason")
        .isEqualTo(422);
    String[] correction = {
      "version", version, "keeping", "10年", "debtBurden", "true", "reason", "入力の<誤り>"
    };
    assertThat(house.press(body.clerk(), path("/register"), correction).getStatus()).isEqualTo(302);
    assertThat(house.press(body.clerk(), path("/register"), correction).getStatus())
        .as("a double click")
        .isEqualTo(302);
    assertThat(
            house
                .press(
                    body.clerk(),
                    path("/register"),
                    "version",
                    version,
                    "keeping",
                    "3年",
                    "reason",
                    "別の人")
                .getStatus())
        .as("somebody else corrected it since")
        .isEqualTo(409);
    assertThat(house.press(body.viewer(), path("/register"), correction).getStatus())
        .isEqualTo(403);

    assertThat(Tenancy.in(body.id(), () -> entries.corrections(new ContractId(contract))))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.by()).isEqualTo("見本 花子");
          assertThat(one.reason()).isEqualTo("入力の<誤り>");
          assertThat(one.changes())
              .containsExactly(
                  new CorrectionStore.Change("債務負担行為による契約", "", "あり"),
                  new CorrectionStore.Change("保存年限", "5年", "10年"));
        });
    var page = Jsoup.parse(house.open(body.clerk(), path("/register")).getContentAsString());
    assertThat(page.text()).contains("保存年限：5年 → 10年", "理由：入力の<誤り>");
    assertThat(Jsoup.parse(house.open(body.viewer(), path("")).getContentAsString()).text())
        .contains("台帳の項目を直しました。理由は「入力の<誤り>」です。");
    assertThatThrownBy(() ->
            Tenancy.in(
                body.id(),
                () -> {
                  mutate("update register_correction set reason = 'x'");
                  return true;
                }))
        .hasMessageContaining("append-only");
  }

  @Test
  @DisplayName("任意項目は、同じ名前で二つは作れず、やめれば聞かれず、入力済みの値は残る")
  void retiresItemsAndKeepsTheirValues() throws Exception {
    add("路線名", "TEXT", "", false);
    assertThat(house.press(admin, "/settings/items", "name", "路線名　", "kind", "TEXT").getStatus())
        .isEqualTo(422);
    assertThat(house.press(admin, "/settings/items", "name", "財源", "kind", "CHOICE").getStatus())
        .as("without choices")
        .isEqualTo(422);
    assertThat(
            house
                .press(admin, "/settings/items", "name", "x".repeat(41), "kind", "TEXT")
                .getStatus())
        .isEqualTo(422);
    var item = Tenancy.in(body.id(), () -> items.open()).getFirst();
    house.press(body.clerk(), path("/terms"), typed(item.field(), "上毛1号線"));
    var huge = house.press(body.clerk(), path("/terms"), typed(item.field(), "線".repeat(201)));
    assertThat(huge.getStatus()).isEqualTo(422);
    var marks =
        house.press(body.clerk(), path("/terms"), typed(item.field(), "か" + "\u3099".repeat(3000)));
    assertThat(marks.getStatus()).isEqualTo(422);

    var change = "/settings/items/" + item.id() + "/change";
    assertThat(
            house
                .press(admin, change, "name", "路線", "kind", "NUMBER", "listed", "true")
                .getStatus())
        .isEqualTo(302);
    assertThat(Tenancy.in(body.id(), () -> items.get(item.id())))
        .isEqualTo(new Item(item.id(), "路線", Item.Kind.TEXT, false, true, List.of(), false));
    assertThat(house.open(body.viewer(), "/register").getContentAsString()).contains("上毛1号線");

    house.press(admin, "/settings/items/" + item.id() + "/retirement");
    house.press(body.clerk(), path("/terms"), typed("keeping", "5"));
    assertThat(entry().entry().values()).isEqualTo(Map.of(item.id(), "上毛1号線"));
    assertThat(terms().select("[name^=item-]")).isEmpty();
    add("路線", "TEXT", "", false);
    for (var n = 2; n <= Items.MOST; n++) {
      add("項目" + n, "TEXT", "", false);
    }
    assertThat(house.press(admin, "/settings/items", "name", "多い", "kind", "TEXT").getStatus())
        .isEqualTo(422);
    assertThat(house.press(body.clerk(), change, "name", "x").getStatus()).isEqualTo(403);
    var foreign = TestBody.create("-");
    assertThat(Tenancy.in(foreign.id(), () -> items.all())).isEmpty();
  }

  @Test
  @DisplayName("任意項目の範囲、選択肢、言葉、値のないものでも探せ、複写に写る")
  void searchesByOwnItems() throws Exception {
    add("延長", "NUMBER", "", false);
    add("検査日", "DATE", "", false);
    add("財源", "CHOICE", "一般\n国庫補助", false);
    add("路線名", "TEXT", "", false);
    var own = Tenancy.in(body.id(), () -> items.open());
    var length = own.get(0).field();
    var day = own.get(1).field();
    var source = own.get(2).field();
    var name = own.get(3).field();
    house.write("別の契約", "例");
    house.press(
        body.clerk(),
        path("/terms"),
        typed(length, "99.5", day, "R8.9.30", source, "一般", name, "髙﨑線"));

    for (var hit :
        List.of(
            List.of(length + "-from", "99.5"),
            List.of(length + "-until", "100"),
            List.of(day + "-from", "R8.9.30", day + "-until", "R8.9.30"),
            List.of(source, "一般"),
            List.of(name, "高崎"))) {
      assertThat(titles(hit)).as("%s", hit).containsExactly("市道の舗装");
    }
    for (var miss :
        List.of(
            List.of(length + "-from", "99.6"),
            List.of(length + "-from", "1", length + "-until", "99"),
            List.of(day + "-from", "R8.10.1"),
            List.of(source, "国庫補助"),
            List.of(name, "前橋"))) {
      assertThat(titles(miss)).as("%s", miss).isEmpty();
    }
    assertThat(titles(List.of("missing", length))).containsExactly("別の契約");

    var copied =
        house.press(body.clerk(), path("/copy"), "idempotencyKey", UUID.randomUUID().toString());
    assertThat(copied.getStatus()).isEqualTo(302);
    assertThat(titles(List.of(name, "高崎"))).containsExactly("市道の舗装", "市道の舗装");
  }

  @Test
  @DisplayName("総価・単価、長期継続、債務負担、予算の条項、年度で探せ、CSVに出る")
  void searchesByMarks() throws Exception {
    house.write("別の契約", "例");
    house.press(
        body.clerk(),
        path("/terms"),
        typed(
            "pricing", "ESTIMATE",
            "longTerm", "true",
            "debtBurden", "true",
            "fiscalYear", "R9",
            "decisionNumber", "建設第12号",
            "keeping", "永年"));
    for (var hit :
        List.of(
            List.of("pricing", "ESTIMATE"),
            List.of("mark", "LONG_TERM"),
            List.of("mark", "DEBT_BURDEN", "pricing", "ESTIMATE"),
            List.of("fiscalYear", "令和9年度"))) {
      assertThat(titles(hit)).as("%s", hit).containsExactly("市道の舗装");
    }
    for (var miss :
        List.of(
            List.of("pricing", "TOTAL"),
            List.of("mark", "BUDGET_CLAUSE"),
            List.of("mark", "LONG_TERM", "pricing", "UNIT_PRICE"),
            List.of("fiscalYear", "令和8年度"))) {
      assertThat(titles(miss)).as("%s", miss).isEmpty();
    }
    for (var missing : List.of("PRICING", "FISCAL_YEAR", "DECISION", "KEEPING")) {
      assertThat(titles(List.of("missing", missing))).as(missing).containsExactly("別の契約");
    }
    var csv = house.open(body.viewer(), "/register.csv", "pricing", "ESTIMATE");
    assertThat(RegisterHouse.lines(csv.getContentAsString()).getLast())
        .contains("概算契約", "令和9年度（2027年度）", "建設第12号", "永年", "○");
  }

  private List<String> titles(List<String> typed) throws Exception {
    var answer = house.open(body.viewer(), "/register", typed.toArray(String[]::new));
    assertThat(answer.getStatus()).isEqualTo(200);
    return Jsoup.parse(answer.getContentAsString()).select("tbody th a").eachText();
  }

  private void add(String name, String kind, String choices, boolean mandatory) throws Exception {
    assertThat(
            house
                .press(
                    admin,
                    "/settings/items",
                    "name",
                    name,
                    "kind",
                    kind,
                    "choices",
                    choices,
                    "mandatory",
                    String.valueOf(mandatory))
                .getStatus())
        .isEqualTo(302);
  }

  private void sent() {
    TestPeople.run(
        """
        update contract set state = 'WITHDRAWN', ended_at = now(), end_reason = 'x', office_id = ?,
               prepared_sha256 = document_sha256, dispatched_at = now()
         where id = ?
        """,
        body.office(),
        contract);
  }

  private static void mutate(String sql) {
    TestPeople.run(sql);
  }

  private EntryStore.Stored entry() {
    return Tenancy.in(body.id(), () -> entries.find(new ContractId(contract)));
  }

  private org.jsoup.nodes.Document terms() throws Exception {
    return Jsoup.parse(house.open(body.clerk(), path("/terms")).getContentAsString());
  }

  private String path(String below) {
    return "/contracts/" + contract + below;
  }

  private static String[] typed(String... beside) {
    var typed =
        new ArrayList<>(
            List.of(
                "title", "市道の舗装",
                "kind", "WORKS",
                "deadline", "令和80年1月1日",
                "deadlineTime", "17:00",
                "readingYears", "10"));
    // The deadline may lie a year ahead at most; the service under test reads the same clock.
    typed.set(
        5, java.time.LocalDate.now(java.time.ZoneId.of("Asia/Tokyo")).plusDays(20).toString());
    typed.addAll(List.of(beside));
    return typed.toArray(String[]::new);
  }
}
