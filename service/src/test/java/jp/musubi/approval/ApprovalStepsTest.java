package jp.musubi.approval;

import static jp.musubi.approval.ApprovalHouse.contractState;
import static jp.musubi.approval.ApprovalHouse.mailTo;
import static jp.musubi.approval.ApprovalHouse.page;
import static jp.musubi.approval.ApprovalHouse.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("承認の手順")
class ApprovalStepsTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;

  private ApprovalHouse house;
  private TestContract draft;
  private String path;

  @BeforeEach
  void aDraftOfABody() {
    house = new ApprovalHouse(mvc);
    draft = house.draft(vault);
    path = "/contracts/" + draft.id();
  }

  private ResultActions dispatch() throws Exception {
    return house.press(
        house.body.clerk(),
        path + "/dispatch",
        "idempotencyKey",
        UUID.randomUUID().toString(),
        "seed",
        "0123456789abcdef0123456789abcdef",
        "version",
        String.valueOf(
            ApprovalHouse.value("select version from contract where id = ?", draft.id().value())),
        "document",
        draft.prepared().hex());
  }

  @Test
  @DisplayName("経路のない団体では、いままでどおり送信できる")
  void leavesABodyWithoutRoutesAsItWas() throws Exception {
    var review = house.page(house.body.clerk(), path + "/review");
    assertThat(review.select("form[action$=/dispatch]")).hasSize(1);
    assertThat(review.text()).doesNotContain("承認");
    dispatch().andExpect(redirectedUrl(path));
    assertThat(contractState(draft)).isEqualTo("AWAITING_AGREEMENTS");
  }

  @Test
  @DisplayName("経路があれば、承認が済むまで送信できない")
  void keepsADraftInTheHouseUntilItIsApproved() throws Exception {
    house.route(house.chiefPost, house.treasurerPost);
    var review = house.page(house.body.clerk(), path + "/review");
    assertThat(review.select("form[action$=/dispatch]")).isEmpty();
    assertThat(review.text()).contains("送信する前に承認が必要です", "承認を求める");
    assertThat(page(dispatch().andExpect(status().isConflict())).text())
        .contains("承認が済んでいないため、送信できませんでした");

    house.ask(draft).andExpect(redirectedUrl(path + "/approval"));
    assertThat(waiting()).as("in the list of what waits for approval").contains("承認待ち");
    assertThat(
            house.page(house.body.clerk(), "/").select(".musubi-counts a[href$=approval]").text())
        .contains("1");
    dispatch().andExpect(status().isConflict());
    assertThat(mailTo(house.chief, draft)).contains("承認のお願い");
    assertThat(mailTo(house.treasurer, draft)).isNull();
    house.approve(house.chief, draft).andExpect(redirectedUrl(path + "/approval"));
    dispatch().andExpect(status().isConflict());
    assertThat(mailTo(house.treasurer, draft)).contains("承認のお願い");
    assertThat(mailTo(house.body.clerk(), draft)).isNull();
    house.approve(house.treasurer, draft).andExpect(redirectedUrl(path + "/approval"));
    assertThat(state(draft)).isEqualTo("APPROVED");
    assertThat(waiting()).isEmpty();
    assertThat(mailTo(house.body.clerk(), draft)).contains("承認が済みました");

    assertThat(house.page(house.body.clerk(), path + "/review").select("form[action$=/dispatch]"))
        .hasSize(1);
    dispatch().andExpect(redirectedUrl(path));
    assertThat(contractState(draft)).isEqualTo("AWAITING_AGREEMENTS");
    assertThat(house.page(house.body.clerk(), path).text())
        .contains(
            "見本 花子さんが承認を求めました", "見本 課長さんが承認しました（建設部　道路課長）", "見本 財政さんが承認しました（財政部　財政課長）", "承認が済みました");
  }

  private String waiting() throws Exception {
    return house.page(house.body.clerk(), "/contracts?filter=approval").select("tbody tr").text();
  }

  @Test
  @DisplayName("承認待ちの下書きは直せず、引き戻すと直せる")
  void keepsTheDraftAsItWasReviewed() throws Exception {
    house.route(house.chiefPost);
    house.ask(draft);
    var version =
        ApprovalHouse.value("select version from contract where id = ?", draft.id().value());
    var refused = page(terms("別の件名").andExpect(status().isConflict()));
    assertThat(refused.text()).contains("承認待ちのため、行えませんでした", "引き戻す");
    house
        .press(
            house.body.clerk(),
            path + "/parties",
            "organisation-1",
            "株式会社 見本建設",
            "name-1",
            "例田 一郎",
            "mail-1",
            "ichiro@mihon.example",
            "identity-1",
            "mail",
            "office",
            house.body.office().toString(),
            "officePlace",
            "last")
        .andExpect(status().isConflict());
    assertThat(ApprovalHouse.value("select version from contract where id = ?", draft.id().value()))
        .isEqualTo(version);

    house
        .press(
            house.body.clerk(),
            path + "/paper",
            "idempotencyKey",
            UUID.randomUUID().toString(),
            "reason",
            "紙で締結するため")
        .andExpect(status().isConflict());

    var page = house.page(house.body.clerk(), path + "/approval");
    house.submit(house.body.clerk(), page, path + "/approval/recall");
    assertThat(state(draft)).isEqualTo("RECALLED");
    terms("別の件名").andExpect(redirectedUrl(path + "/review"));
  }

  private ResultActions terms(String title) throws Exception {
    return house.press(
        house.body.clerk(),
        path + "/terms",
        "title",
        title,
        "amount",
        "100",
        "kind",
        "WORKS",
        "deadline",
        ApprovalHouse.day(14),
        "deadlineTime",
        "17:00",
        "readingYears",
        "10");
  }

  @Test
  @DisplayName("承認の後で直した下書きは、もう一度承認を求めるまで送信できない")
  void wantsApprovalAnewForWhatWasChangedAfterwards() throws Exception {
    house.route(house.chiefPost);
    house.ask(draft);
    house.approve(house.chief, draft);
    terms("直した件名").andExpect(status().is3xxRedirection());
    assertThat(page(dispatch().andExpect(status().isConflict())).text())
        .contains("承認された内容と、いまの内容が違うため");
    // What the version does not show, the digest of terms and parties does.
    house.ask(draft);
    house.approve(house.chief, draft);
    assertThat(state(draft)).isEqualTo("APPROVED");
    TestPeople.run("update contract set amount = 999 where id = ?", draft.id().value());
    dispatch().andExpect(status().isConflict());
    assertThat(contractState(draft)).isEqualTo("DRAFT");
  }

  @Test
  @DisplayName("差し戻すには理由が要り、理由は担当者に届く")
  void isReturnedWithAReason() throws Exception {
    house.route(house.chiefPost);
    house.ask(draft);
    house.sendBack(house.chief, draft, " ").andExpect(status().isUnprocessableContent());
    assertThat(state(draft)).isEqualTo("UNDER_WAY");
    house.sendBack(house.chief, draft, "金額が予算と違います").andExpect(status().is3xxRedirection());
    assertThat(mailTo(house.body.clerk(), draft)).contains("差し戻されました");
    assertThat(house.page(house.body.clerk(), path + "/approval").text())
        .contains("差戻し", "金額が予算と違います");
    assertThat(house.page(house.body.clerk(), path + "/review").text()).contains("差し戻されました");
    assertThat(house.page(house.body.clerk(), "/").text()).contains("差戻し");
    dispatch().andExpect(status().isConflict());
  }

  @Test
  @DisplayName("承認のない契約を送らない団体では、経路のない契約は送信できない")
  void isHeldWhereTheBodySendsNothingWithoutApproval() throws Exception {
    house.policy(true, false);
    assertThat(house.page(house.body.clerk(), path + "/review").text())
        .contains("承認の経路がないため、送信できません");
    assertThat(page(dispatch().andExpect(status().isConflict())).text())
        .contains("あてはまる承認の経路がありません");
    house.route(house.chiefPost);
    house.ask(draft);
    house.approve(house.chief, draft);
    dispatch().andExpect(redirectedUrl(path));
  }

  @Test
  @DisplayName("終わった承認と一度した承認は、データベースでも変えられない")
  void isSettledForGoodInTheDatabaseToo() throws Exception {
    house.route(house.chiefPost);
    house.ask(draft);
    house.approve(house.chief, draft);
    for (var sql :
        new String[] {
          "update approval set state = 'RETURNED', comment = 'x' where contract_id = ?",
          "update approval_seat set given_by = null, given_at = null where approval_id = "
              + "(select id from approval where contract_id = ?)"
        }) {
      assertThatThrownBy(() -> TestPeople.run(sql, draft.id().value()))
          .hasMessageContaining("approval");
    }
  }
}
