package jp.musubi.approval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.musubi.approval.ApprovalHouse.mailTo;
import static jp.musubi.approval.ApprovalHouse.page;
import static jp.musubi.approval.ApprovalHouse.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.staff.TransferRow;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("承認する人")
class ApproverTest {
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

  @Test
  @DisplayName("自分で作った契約は、団体が認めるまで自分で承認できない")
  void isNotApprovedByWhoeverMadeIt() throws Exception {
    TestPeople.run(
        """
        insert into role_grant (tenant_id, id, staff_id, role, section_id, from_at)
        values (?, gen_random_uuid(), ?, 'APPROVER', ?, now())
        """,
        house.body.id().value(),
        house.body.clerk(),
        house.body.section());
    house.route(house.postOf("工務係長", house.body.section(), house.body.clerk()));
    house.ask(draft);
    assertThat(mailTo(house.body.clerk(), draft)).isNull();
    var page = house.page(house.body.clerk(), path + "/approval");
    assertThat(page.select("form[action$=/consent]")).isEmpty();
    var approval = page.select("input[name=approval]").attr("value");
    assertThat(page(consent(house.body.clerk(), approval).andExpect(status().isConflict())).text())
        .contains("自分で作った契約");
    house.policy(false, true);
    consent(house.body.clerk(), approval).andExpect(status().is3xxRedirection());
    assertThat(state(draft)).isEqualTo("APPROVED");
  }

  private ResultActions consent(UUID who, String approval) throws Exception {
    return house.press(
        who,
        path + "/approval/consent",
        "idempotencyKey",
        UUID.randomUUID().toString(),
        "approval",
        approval);
  }

  @Test
  @DisplayName("代理の人は期間の中だけ代決でき、だれの代わりかが記録に残る")
  void isApprovedByAStandInWithinThePeriod() throws Exception {
    house.route(house.chiefPost);
    house.standIn(house.chief, house.deputy, -5, 0);
    house.ask(draft);
    // Of another section, and not in force: to them there is no such contract.
    house.open(house.deputy, path + "/approval").andExpect(status().isNotFound());
    assertThat(house.page(house.deputy, "/approvals").text()).contains("承認を待っている契約はありません");
    house.standIn(house.chief, house.deputy, 0, 1);
    assertThat(house.page(house.deputy, "/approvals").text()).contains("市道1024号線");
    assertThat(house.page(house.deputy, path + "/approval").text()).contains("見本 課長さんの代理として承認します");
    house.approve(house.deputy, draft).andExpect(status().is3xxRedirection());
    assertThat(state(draft)).isEqualTo("APPROVED");
    assertThat(house.page(house.body.clerk(), path).text())
        .contains("見本 代理さんが代決しました（建設部　道路課長、見本 課長さんの代理）");
  }

  @Test
  @DisplayName("人事異動で職を継いだ人が、待っている承認を引き継ぎ、前の人はもう承認できない")
  void isWhoeverHoldsThePostNow() throws Exception {
    var section = house.body.section();
    var admin = TestPeople.member(house.body, "kiyoshi", "見本 清", section, "BODY_ADMIN", null);
    var next = TestPeople.member(house.body, "nobuko", "見本 信子", house.finance, null, null);
    house.route(house.chiefPost);
    house.ask(draft);

    transfer(
        admin,
        "異動,%s,,,20,,,\r\n異動,nobuko,,,10,道路課長,,\r\n"
            .formatted(TestPeople.text("select login_id from staff where id = ?", house.chief)));

    house.open(house.chief, path + "/approval").andExpect(status().isNotFound());
    assertThat(house.page(next, "/approvals").text()).contains("市道1024号線");
    house.approve(next, draft).andExpect(status().is3xxRedirection());
    assertThat(state(draft)).isEqualTo("APPROVED");
  }

  /** Has a list take effect today. */
  private void transfer(UUID admin, String lines) throws Exception {
    var csv = String.join(",", TransferRow.HEADINGS) + "\r\n" + lines;
    var checked =
        mvc.perform(
                multipart("/transfers")
                    .file(new MockMultipartFile("file", "異動.csv", "text/csv", csv.getBytes(UTF_8)))
                    .param("on", ApprovalHouse.day(0))
                    .with(csrf())
                    .with(TestPeople.as(house.body, admin)))
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    var page = house.page(admin, String.valueOf(checked));
    house.submit(admin, page, checked + "/reservation").andExpect(status().is3xxRedirection());
    var id = UUID.fromString(String.valueOf(checked).replaceFirst(".*/", ""));
    for (var i = 0; i < 300; i++) {
      if ("APPLIED".equals(ApprovalHouse.value("select state from transfer where id = ?", id))) {
        return;
      }
      // A job of the service's, which nothing announces.
      Thread.sleep(100);
    }
    throw new AssertionError("the transfer did not take effect");
  }

  @Test
  @DisplayName("ほかの課の承認者に見えるのは、承認を求められた契約だけ")
  void isShownToApproversOfOtherSectionsOnlyWhenAsked() throws Exception {
    house.route(house.treasurerPost);
    var other = house.draft(vault);
    house.open(house.treasurer, path).andExpect(status().isNotFound());
    house.ask(draft);
    house.open(house.treasurer, path).andExpect(status().isOk());
    house.open(house.treasurer, "/contracts/" + other.id()).andExpect(status().isNotFound());
    assertThat(house.page(house.treasurer, "/contracts").select("tbody tr")).hasSize(1);
    var stranger = new ApprovalHouse(mvc);
    stranger.open(stranger.chief, path + "/approval").andExpect(status().isNotFound());
  }

  @Test
  @DisplayName("待っている承認の経路は管理者だけが理由を付けて変えられ、1段階目から始まる")
  void areOthersAfterAnAdministratorChangedTheRoute() throws Exception {
    house.route(house.chiefPost, house.chiefPost);
    house.ask(draft);
    house.approve(house.chief, draft);
    var other = house.route(house.treasurerPost);
    var admin =
        TestPeople.member(house.body, "kiyoshi", "見本 清", house.body.section(), "BODY_ADMIN", null);
    house.open(house.body.clerk(), path + "/approval/route").andExpect(status().isForbidden());
    assertThat(house.page(admin, path + "/approval").select("a[href$=/approval/route]")).hasSize(1);
    var form = house.page(admin, path + "/approval/route");
    var action = form.select("form[action*=/approval/route]").attr("action");
    house
        .press(admin, action, "route", other.toString(), "reason", "")
        .andExpect(status().isUnprocessableContent());
    house
        .press(admin, action, "route", other.toString(), "reason", "組織改正のため")
        .andExpect(status().is3xxRedirection());
    // Pressed twice, what was shown is settled.
    house
        .press(admin, action, "route", other.toString(), "reason", "組織改正のため")
        .andExpect(status().isConflict());
    assertThat(state(draft)).isEqualTo("UNDER_WAY");
    assertThat(house.page(house.chief, path + "/approval").select("form[action$=/consent]"))
        .isEmpty();
    assertThat(mailTo(house.treasurer, draft)).contains("承認のお願い");
    house.approve(house.treasurer, draft).andExpect(status().is3xxRedirection());
    assertThat(state(draft)).isEqualTo("APPROVED");
    assertThat(house.page(house.body.clerk(), path).text())
        .contains("見本 清さんが承認の経路を変えました。理由「組織改正のため」");
  }
}
