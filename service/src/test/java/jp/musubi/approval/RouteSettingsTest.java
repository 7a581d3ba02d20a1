package jp.musubi.approval;

import static jp.musubi.approval.ApprovalHouse.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestPeople;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("承認の設定")
class RouteSettingsTest {
  private static final String LIST = "/settings/approval";

  @Autowired MockMvc mvc;
  @Autowired Vault vault;

  private ApprovalHouse house;
  private UUID admin;

  @BeforeEach
  void aBodyWithAnAdministrator() {
    house = new ApprovalHouse(mvc);
    admin =
        TestPeople.member(house.body, "kiyoshi", "見本 清", house.body.section(), "BODY_ADMIN", null);
  }

  private ResultActions make(String name, String least, String most) throws Exception {
    return house.press(
        admin,
        LIST + "/routes",
        "name",
        name,
        "section",
        house.body.section().toString(),
        "kind",
        "WORKS",
        "least",
        least,
        "most",
        most,
        "post0-0",
        house.chiefPost.toString(),
        "rule0",
        "ALL",
        // The step between is left empty on purpose: what remains is the order.
        "post2-0",
        house.treasurerPost.toString(),
        "post2-1",
        house.chiefPost.toString(),
        "rule2",
        "ANY");
  }

  @Test
  @DisplayName("経路を作り、変え、終わらせられ、どの経路になるかを前もって確かめられる")
  void areMadeChangedAndEnded() throws Exception {
    assertThat(house.page(admin, LIST).text()).contains("経路はまだありません", "承認なしで送信できます");
    assertThat(house.page(admin, "/settings").select("a[href=" + LIST + "]")).hasSize(1);
    make("高額の工事", "5,000,000", "").andExpect(redirectedUrl(LIST));

    var list = house.page(admin, LIST);
    assertThat(list.select("tbody").text())
        .contains("高額の工事", "建設部", "工事", "5,000,000円", "道路課長", "財政部　財政課長か");
    var section = "?section=" + house.body.section() + "&kind=WORKS&amount=";
    assertThat(house.page(admin, LIST + section + "5000000").text())
        .contains("経路「高額の工事」になります", "見本 課長", "見本 財政");
    assertThat(house.page(admin, LIST + section + "4999999").text()).contains("承認なしで送信できます");

    var path = list.select("tbody th a").attr("href");
    var form = house.page(admin, path);
    assertThat(form.select("input[name=name]").val()).isEqualTo("高額の工事");
    assertThat(form.select("select[name=post1-0] option[selected]").val())
        .isEqualTo(house.treasurerPost.toString());
    house
        .press(admin, path, "name", "すべての契約", "post0-0", house.chiefPost.toString())
        .andExpect(redirectedUrl(LIST));
    // The route that was changed can be neither changed nor ended again.
    house.press(admin, path + "/end").andExpect(status().isNotFound());
    var after = house.page(admin, LIST);
    assertThat(after.select("tbody tr")).hasSize(1);
    assertThat(after.select("tbody").text()).contains("すべての契約", "団体の全体");
    house
        .press(admin, after.select("tbody th a").attr("href") + "/end")
        .andExpect(redirectedUrl(LIST));
    assertThat(house.page(admin, LIST).text()).contains("経路はまだありません");
    assertThat(
            ApprovalHouse.value(
                "select count(*) from audit_entry where tenant_id = ? and action like 'settings.approval-route-%'",
                house.body.id().value()))
        .isEqualTo("3");
  }

  @Test
  @DisplayName("どちらになるか決まらない経路と、読めない入力は断る")
  void refuseWhatCannotBeDecided() throws Exception {
    make("高額", "5000000", "").andExpect(status().is3xxRedirection());
    assertThat(page(make("重なる", "", "5000000").andExpect(status().isConflict())).text())
        .contains("経路「高額」と", "入力した内容は消えていません");
    make("小口", "", "4999999").andExpect(status().is3xxRedirection());
    assertThat(page(make("逆", "500", "100").andExpect(status().isUnprocessableContent())).text())
        .contains("範囲を確かめてください");
    assertThat(
            page(house
                    .press(admin, LIST + "/routes", "name", "空", "post0-0", "")
                    .andExpect(status().isUnprocessableContent()))
                .text())
        .contains("承認する職を一つは選んでください");
    assertThat(
            page(house
                    .press(
                        admin,
                        LIST + "/routes",
                        "name",
                        "別の団体",
                        "post0-0",
                        new ApprovalHouse(mvc).chiefPost.toString())
                    .andExpect(status().isUnprocessableContent()))
                .text())
        .contains("選んでください");
  }

  @Test
  @DisplayName("待っている承認は、経路が終わっても求めたときの経路のまま進む")
  void leaveWhatWaitsAsItBegan() throws Exception {
    house.route(house.chiefPost);
    var draft = house.draft(vault);
    house.ask(draft);
    var path = house.page(admin, LIST).select("tbody th a").attr("href");
    house.press(admin, path + "/end").andExpect(redirectedUrl(LIST));
    house.approve(house.chief, draft).andExpect(status().is3xxRedirection());
    assertThat(ApprovalHouse.state(draft)).isEqualTo("APPROVED");
  }

  @Test
  @DisplayName("承認の決まりを変えると、設定の画面に出る")
  void showThePolicy() throws Exception {
    house.press(admin, LIST + "/policy", "required", "true").andExpect(redirectedUrl(LIST));
    assertThat(house.page(admin, LIST).text()).contains("あてはまらない契約は、送信できません");
    house.press(admin, LIST + "/policy").andExpect(redirectedUrl(LIST));
    assertThat(house.page(admin, LIST).text()).contains("承認なしで送信できます");
  }

  @Test
  @DisplayName("承認者は自分の代理を立て、すぐに終わらせられる。輪になる代理は断る")
  void letApproversNameStandIns() throws Exception {
    var path = "/approvals/stand-ins";
    var form = house.page(house.chief, path + "/new");
    assertThat(form.select("select[name=deputy] option").eachText())
        .anyMatch(option -> option.contains("見本 代理"))
        .noneMatch(option -> option.contains("見本 課長") || option.contains("見本 花子"));
    name(house.chief, house.deputy).andExpect(redirectedUrl(path));
    assertThat(house.page(house.deputy, path).select("tbody").text()).contains("見本 課長", "見本 代理");
    assertThat(page(name(house.deputy, house.chief).andExpect(status().isConflict())).text())
        .contains("代理が輪になります");
    // Who cannot approve cannot be named, whatever the form says.
    name(house.chief, house.body.viewer()).andExpect(status().isUnprocessableContent());

    var end = house.page(house.chief, path).select("form[action$=/end]").attr("action");
    house.press(house.deputy, end).andExpect(status().isNotFound());
    house.press(house.chief, end).andExpect(redirectedUrl(path));
    assertThat(house.page(house.deputy, path).text()).contains("代理は立てられていません");
  }

  private ResultActions name(UUID who, UUID deputy) throws Exception {
    return house.press(
        who,
        "/approvals/stand-ins",
        "deputy",
        deputy.toString(),
        "from",
        ApprovalHouse.day(0),
        "last",
        ApprovalHouse.day(1),
        "reason",
        "出張");
  }
}
