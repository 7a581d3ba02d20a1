package jp.musubi.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
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
@DisplayName("監査記録の保存期間は")
class KeepingTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;

  private TestBody body;
  private UUID admin;

  @BeforeEach
  void aBodyWithAnAdministrator() {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("団体の管理者が決め、監査記録の画面に示し、変えたことが記録に残る")
  void isChosenByTheBodyAndShown() throws Exception {
    assertThat(page("/audit").text()).contains("記録した日から10年間は、だれも消せません", "自動で消えることはありません");
    choose("15").andExpect(redirectedUrl("/settings"));
    assertThat(page("/audit").text()).contains("記録した日から15年間は");
    assertThat(
            TestPeople.text(
                "select entry from audit_entry where tenant_id = ?"
                    + " and action = 'settings.record-keeping-changed'",
                body.id().value()))
        .contains("10 → 15");
    var auditor = TestPeople.member(body, "kanako", "監査 佳奈子", body.section(), "AUDITOR", null);
    var seen = Jsoup.parse(text(mvc.perform(get("/audit").with(TestPeople.as(body, auditor)))));
    assertThat(seen.text()).contains("記録した日から15年間は");
    assertThat(seen.select("a[href=/settings/record-keeping]")).isEmpty();
  }

  @Test
  @DisplayName("5年より短くも、いちばん長い契約より短くもできず、契約が長くなれば延びる")
  void isNeverShorterThanAnyContract() throws Exception {
    choose("4").andExpect(status().isUnprocessableContent());
    choose("5").andExpect(redirectedUrl("/settings"));
    assertThat(page("/audit").text()).contains("記録した日から5年間は");

    var contract = TestContract.draft(body, vault).id().value();
    TestPeople.run("update contract set reading_years = 30 where id = ?", contract);
    assertThat(page("/audit").text()).contains("記録した日から30年間は");
    choose("29").andExpect(status().isUnprocessableContent());
    choose("いつまでも").andExpect(status().isUnprocessableContent());
    choose("31").andExpect(redirectedUrl("/settings"));
    assertThat(page("/audit").text()).contains("記録した日から31年間は");
  }

  private ResultActions choose(String years) throws Exception {
    return mvc.perform(
        post("/settings/record-keeping")
            .param("years", years)
            .with(TestPeople.as(body, admin))
            .with(csrf()));
  }

  private Document page(String path) throws Exception {
    return Jsoup.parse(text(mvc.perform(get(path).with(TestPeople.as(body, admin)))));
  }

  private static String text(ResultActions result) throws Exception {
    return result.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8);
  }
}
