package jp.musubi.approval;

import static jp.musubi.approval.ApprovalHouse.page;
import static jp.musubi.approval.ApprovalHouse.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.ServiceTest;
import jp.musubi.TestContract;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("一括承認")
class BulkApprovalTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;

  private ApprovalHouse house;

  @BeforeEach
  void aBodyWithARoute() {
    house = new ApprovalHouse(mvc);
    house.route(house.chiefPost);
  }

  private TestContract asked(String digest) throws Exception {
    var draft = house.draft(vault);
    house.ask(draft, "digest", digest.isEmpty() ? draft.prepared().hex() : digest);
    return draft;
  }

  @Test
  @DisplayName("違いのあるものが先に並び、印を付けられるのは承認できるものだけ")
  void showsExceptionsFirst() throws Exception {
    asked("");
    var differs = asked("0".repeat(64));
    var list = house.page(house.chief, "/approvals");
    var rows = list.select("tbody tr");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).text()).contains("不一致");
    assertThat(rows.get(0).select("a").attr("href")).contains(differs.id().toString());
    assertThat(list.select("input[name=picked]")).hasSize(1);
    assertThat(house.page(house.chief, "/").text()).contains("2承認待ち");
    assertThat(house.page(house.treasurer, "/approvals").select("tbody tr")).isEmpty();
  }

  @Test
  @DisplayName("一度の送信で一件ずつ答え、二度送っても同じ答えで二度は承認しない")
  void answersForEachRowAndTakesEffectOnce() throws Exception {
    var first = asked("");
    var second = asked("");
    var recalled = asked("");
    var differs = asked("0".repeat(64));
    var list = house.page(house.chief, "/approvals");
    var form = new ArrayList<String>();
    form.addAll(
        List.of(
            "idempotencyKey",
            list.select("form[action=/approvals] input[name=idempotencyKey]").attr("value")));
    for (var draft : List.of(first, second, recalled, differs)) {
      form.addAll(
          List.of(
              "picked",
              String.valueOf(
                  ApprovalHouse.value(
                      "select id from approval where contract_id = ?", draft.id().value()))));
    }
    var clerk = house.body.clerk();
    var path = "/contracts/" + recalled.id() + "/approval";
    house.submit(clerk, house.page(clerk, path), path + "/recall");

    for (var round = 0; round < 2; round++) {
      var answers =
          page(
              house
                  .press(house.chief, "/approvals", form.toArray(String[]::new))
                  .andExpect(status().isOk()));
      assertThat(answers.text()).contains("2件を承認し、2件は承認しませんでした", "もう終わっています", "決裁した文書と契約書が違う");
      assertThat(answers.select("tbody tr")).hasSize(4);
    }
    assertThat(List.of(first, second)).allMatch(draft -> "APPROVED".equals(state(draft)));
    assertThat(state(recalled)).isEqualTo("RECALLED");
    assertThat(state(differs)).isEqualTo("UNDER_WAY");
    assertThat(
            ApprovalHouse.value(
                "select count(*) from audit_entry where contract_id = ? and action = 'approval.given'",
                first.id().value()))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("自分の職に求められていない承認は、番号を知っていても何も見えない")
  void showsNothingOfWhatConcernsOthers() throws Exception {
    var draft = asked("");
    var list = house.page(house.chief, "/approvals");
    var id = list.select("input[name=picked]").attr("value");
    var refused =
        house
            .press(
                house.treasurer,
                "/approvals",
                "idempotencyKey",
                "0123456789abcdef0123456789abcdef",
                "picked",
                id)
            .andExpect(status().isNotFound());
    assertThat(page(refused).text()).doesNotContain("市道1024号線");
    assertThat(state(draft)).isEqualTo("UNDER_WAY");
  }

  @Test
  @DisplayName("印がなければ何もせず、選ぶように伝える")
  void doesNothingWithoutATick() throws Exception {
    var draft = asked("");
    var list = house.page(house.chief, "/approvals");
    var refused =
        page(
            house
                .submit(house.chief, list, "/approvals")
                .andExpect(status().isUnprocessableContent()));
    assertThat(refused.text()).contains("契約が選ばれていません");
    assertThat(state(draft)).isEqualTo("UNDER_WAY");
  }
}
