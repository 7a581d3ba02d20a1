package jp.musubi.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.authority.Role;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.BodyCodes;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.staff.StaffRegister;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("参加団体")
class BodiesTest {
  @Autowired MockMvc mvc;
  @Autowired Organisations organisations;
  @Autowired StaffRegister register;
  @Autowired AuditTrail audit;
  @Autowired Vault vault;

  private TestBody home;
  private UUID operator;
  private UUID secretary;

  @BeforeEach
  void theOperatorsBody() {
    home = TestBody.operators();
    operator =
        TestPeople.member(home, "o-" + UUID.randomUUID(), "例 運", home.section(), "OPERATOR", null);
    secretary =
        TestPeople.member(
            home, "s-" + UUID.randomUUID(), "例 務", home.section(), "SECRETARIAT", null);
  }

  @Test
  @DisplayName("運営者が団体を登録すると、管理者が招待され、あとは団体が自分で進める")
  void areOpenedWithAnInvitedAdministrator() throws Exception {
    var code = freeCode();
    send(code, "7000020100005").andExpect(redirectedUrl("/bodies"));
    var body = organisations.bodyByCode(code).orElseThrow();
    var admins = Tenancy.in(body.id(), () -> register.holders(Role.BODY_ADMIN));
    assertThat(admins).singleElement().satisfies(a -> assertThat(a.loginId()).isEqualTo("kanri"));
    assertThat(mailTo(body.id())).isEqualTo(1);
    assertThat(Tenancy.in(body.id(), () -> audit.firstBreak(java.util.List.of()))).isEmpty();
    assertThat(Tenancy.in(home.id(), () -> audit.firstBreak(java.util.List.of()))).isEmpty();
    assertThat(Tenancy.in(home.id(), () -> register.get(operator)).name()).isEqualTo("例 運");
    send(code, "").andExpect(status().isConflict());
  }

  @Test
  @DisplayName("検査数字の合わない団体コードと法人番号は登録しない")
  void areNotOpenedUnderWrongNumbers() throws Exception {
    var before = organisations.bodies().size();
    send("102017", "").andExpect(status().isConflict());
    send(freeCode(), "8000020100005").andExpect(status().isConflict());
    assertThat(organisations.bodies()).hasSize(before);
  }

  @Test
  @DisplayName("運営者と事務局には件数だけが見え、契約の内容は見えない")
  void showCountsOnly() throws Exception {
    var body = TestBody.create("-");
    var contract = TestContract.draft(body, vault);
    for (var who : new UUID[] {operator, secretary}) {
      var page = page(open("/bodies", who).andExpect(status().isOk()));
      assertThat(page.text()).contains(body.code(), "3人").doesNotContain("市道1024号線", "見本 花子");
      open("/contracts/" + contract.id(), who).andExpect(status().isNotFound());
      open("/contracts", who).andExpect(status().isForbidden());
    }
    open("/bodies/new", secretary).andExpect(status().isForbidden());
  }

  @Test
  @DisplayName("開いたばかりの団体には残っている準備が並び、そろうと契約を始められると出る")
  void tellWhatIsStillToBePrepared() throws Exception {
    var code = freeCode();
    send(code, "").andExpect(redirectedUrl("/bodies"));
    assertThat(preparation(code)).isEqualTo("4つのうち0つ残り：管理者が招待を開く、所属を登録する、職員を登録する、契約名義に名義人を決める");

    var body = TestBody.create("-");
    assertThat(preparation(body.code())).isEqualTo("4つのうち2つ残り：管理者が招待を開く、所属を登録する");
    TestPeople.section(body, "20", "財政部", null);
    var admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    TestPeople.run("update staff set password_set_at = now() where id = ?", admin);
    assertThat(preparation(body.code())).isEqualTo("契約を始められます");
  }

  private String preparation(String code) throws Exception {
    var row = page(open("/bodies", operator)).select("tr:has(th:contains(" + code + "))");
    return row.select("td[data-label=準備]").text();
  }

  @Test
  @DisplayName("利用期間の外ではサインインできない")
  void letNobodyInOutsideOfTheTermOfUse() throws Exception {
    var body = TestBody.create("-");
    TestPeople.run(
        "update body set usable_until = current_date - 1 where id = ?", body.id().value());
    mvc.perform(
            post("/signin")
                .with(csrf())
                .param("body", body.code())
                .param("login", "hanako")
                .param("password", TestBody.PASSWORD))
        .andExpect(redirectedUrl("/signin?refused"));
    assertThat(organisations.body(body.id()).orElseThrow().isUsableOn(organisations.today()))
        .isFalse();
  }

  @Test
  @DisplayName("利用期間が終わると、サインインしたままの人も使えない")
  void letNobodyStayBeyondTheTermOfUse() throws Exception {
    var body = TestBody.create("-");
    var signedIn = TestPeople.as(body, body.clerk());
    mvc.perform(get("/contracts").with(signedIn).accept("text/html")).andExpect(status().isOk());
    TestPeople.run(
        "update body set usable_until = current_date - 1 where id = ?", body.id().value());
    mvc.perform(get("/contracts").with(signedIn).accept("text/html"))
        .andExpect(redirectedUrl("/signin?ended"));
  }

  private String freeCode() {
    while (true) {
      var code = "%06d".formatted(ThreadLocalRandom.current().nextInt(10_000, 480_000));
      if (BodyCodes.isBodyCode(code) && organisations.bodyByCode(code).isEmpty()) {
        return code;
      }
    }
  }

  private ResultActions send(String code, String number) throws Exception {
    return mvc.perform(
        post("/bodies")
            .with(csrf())
            .with(TestPeople.as(home, operator))
            .accept("text/html")
            .param("code", code)
            .param("number", number)
            .param("name", "見本町")
            .param("from", "令和8年11月1日")
            .param("section", "総務課")
            .param("login", "kanri")
            .param("adminName", "例 管理")
            .param("mail", "kanri@mihon-machi.example"));
  }

  private int mailTo(TenantId body) throws Exception {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var query = connection.prepareStatement("select count(*) from mail where tenant_id = ?")) {
      query.setObject(1, body.value());
      try (var row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private ResultActions open(String path, UUID who) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(home, who)).accept("text/html"));
  }

  private static Document page(ResultActions result) throws Exception {
    return Jsoup.parse(result.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
  }
}
