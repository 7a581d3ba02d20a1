package jp.musubi.manual;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("操作マニュアル")
class ManualTest {
  @Autowired private MockMvc mvc;

  private TestBody body;
  private UUID admin;
  private UUID clerk;

  @BeforeEach
  void aBodyWithPeople() {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    clerk = TestPeople.member(body, "hana", "見本 花", body.section(), "CLERK", body.section());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("どの章にも手順があり、ボタンの名前は画面と同じで、絵がある")
  void saysWhatThePagesSay(Chapter chapter) throws Exception {
    var page = page("/manual/chapters/" + chapter.slug(), clerk);
    assertThat(page.text()).doesNotContain("??", "[[", "]]");
    assertThat(page.select(".musubi-steps")).hasSameSizeAs(chapter.parts());
    assertThat(page.select(".musubi-steps li"))
        .allSatisfy(step -> assertThat(step.text()).endsWith("。"));
    for (var part : chapter.parts()) {
      part.picture()
          .ifPresent(name ->
              assertThat(new ClassPathResource("static/assets/manual/" + name + ".png").exists())
                  .as(name)
                  .isTrue());
    }
    assertThat(page.select(".musubi-screen img[alt]"))
        .hasSize((int) chapter.parts().stream().filter(part -> part.picture().isPresent()).count());
    assertThat(page.select("a[href$=/note]")).isEmpty();
  }

  @Test
  @DisplayName("目次に、いま効いている団体の決まりと、相談先の名前が出る")
  void showsTheRulesInForce() throws Exception {
    mvc.perform(
            post("/settings/contracts")
                .with(csrf())
                .with(TestPeople.as(body, admin))
                .param("answerDays", "21")
                .param("readingYears", "7"))
        .andExpect(status().is3xxRedirection());
    assertThat(page("/manual", clerk).text())
        .contains("契約を送る", "見本 清", "送信から 21日", "締結から 7年間", "制限はありません");
  }

  @Test
  @DisplayName("団体の取り扱いは管理者が書き、職員が章と印刷用の画面で読み、ほかの団体には見えない")
  void holdsWhatTheBodyAdds() throws Exception {
    write(admin, "決裁は財務課を通します。\r\n<b>内線 2010</b>")
        .andExpect(redirectedUrl("/manual/chapters/sending"));
    var read = page("/manual/chapters/sending", clerk);
    assertThat(read.text()).contains("この団体の取り扱い", "決裁は財務課を通します。", "<b>内線 2010</b>");
    assertThat(page("/manual/print", clerk).text()).contains("内線 2010", "困ったとき");

    var other = TestBody.create("-");
    var theirs =
        TestPeople.member(other, "saburo", "見本 三郎", other.section(), "CLERK", other.section());
    assertThat(text("/manual/print", other, theirs)).doesNotContain("内線 2010");

    write(admin, "").andExpect(redirectedUrl("/manual/chapters/sending"));
    assertThat(page("/manual/chapters/sending", clerk).text()).doesNotContain("この団体の取り扱い");
    assertThat(
            TestPeople.text(
                "select string_agg(entry::jsonb ->> 'action', ' ' order by seq) from audit_entry"
                    + " where tenant_id = ? and entry::jsonb ->> 'action' = 'manual.note-changed'",
                body.id().value()))
        .isEqualTo("manual.note-changed manual.note-changed");
  }

  @Test
  @DisplayName("長すぎる取り扱いは、書いたものを残したまま断る。職員は書けない")
  void refusesWhatIsTooLong() throws Exception {
    var refused =
        Jsoup.parse(
            write(admin, "あ".repeat(4_001))
                .andExpect(status().isUnprocessableContent())
                .andReturn()
                .getResponse()
                .getContentAsString(UTF_8));
    assertThat(refused.select("textarea").text()).hasSize(4_001);
    write(clerk, "勝手に").andExpect(status().isForbidden());
    mvc.perform(get("/manual/chapters/nothing").with(TestPeople.as(body, clerk)))
        .andExpect(status().isNotFound());
  }

  private ResultActions write(UUID by, String note) throws Exception {
    return mvc.perform(
        post("/manual/chapters/sending/note")
            .with(csrf())
            .with(TestPeople.as(body, by))
            .param("note", note));
  }

  private Document page(String path, UUID reader) throws Exception {
    return Jsoup.parse(text(path, body, reader));
  }

  private String text(String path, TestBody of, UUID reader) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(of, reader)))
        .andExpect(status().isOk())
        .andReturn()
        .getResponse()
        .getContentAsString(UTF_8);
  }
}
