package jp.musubi.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("お知らせ")
class AnnouncementTest {
  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

  @Autowired MockMvc mvc;

  private TestBody home;
  private TestBody body;
  private UUID operator;

  @BeforeEach
  void theOperatorsBody() {
    home = TestBody.operators();
    operator =
        TestPeople.member(home, "a-" + UUID.randomUUID(), "例 運", home.section(), "OPERATOR", null);
    body = TestBody.create("-");
  }

  @AfterEach
  void nothingIsSaidToOtherTests() throws Exception {
    for (var form : page(as(home, operator, "/announcements")).select("form[action$=/end]")) {
      press(form.attr("action"));
    }
  }

  @Test
  @DisplayName("出すと、サインインの画面とどの団体の「今日のしごと」にも出て、終わらせると消える")
  void areReadByEverybodyUntilTheyEnd() throws Exception {
    var title = "12月5日の夜に保守をします " + UUID.randomUUID();
    publish("MAINTENANCE", title, "22時から翌朝6時まで使えません。<b>早めに</b>お済ませください。", "", "")
        .andExpect(redirectedUrl("/announcements"));
    for (var read :
        new Document[] {page(mvc.perform(get("/signin"))), page(as(body, body.clerk(), "/"))}) {
      assertThat(read.text()).contains("保守：" + title, "<b>早めに</b>");
    }
    var list = page(as(home, operator, "/announcements"));
    press(list.select("tr:contains(" + title + ") form").attr("action"));
    assertThat(page(mvc.perform(get("/signin"))).text()).doesNotContain(title);
    assertThat(page(as(home, operator, "/announcements")).text()).contains(title, "終わりました");
  }

  @Test
  @DisplayName("これからの期間のものはまだ出ず、足りないものと逆の期間は入力を残して断る")
  void areShownInTheirTime() throws Exception {
    var title = "来年の案内 " + UUID.randomUUID();
    mvc.perform(
            post("/announcements")
                .with(csrf())
                .with(TestPeople.as(home, operator))
                .param("kind", "NEWS")
                .param("title", title)
                .param("text", "新しい画面になります。")
                .param("fromDay", "2099/1/1")
                .param("fromTime", "9:00")
                .param("untilDay", "2099/2/1")
                .param("untilTime", "9:00"))
        .andExpect(redirectedUrl("/announcements"));
    assertThat(page(mvc.perform(get("/signin"))).text()).doesNotContain(title);
    assertThat(page(as(home, operator, "/announcements")).text()).contains(title, "2月1日");
    var wrong =
        page(
            mvc.perform(
                    post("/announcements")
                        .with(csrf())
                        .with(TestPeople.as(home, operator))
                        .param("kind", "FAULT")
                        .param("title", title)
                        .param("text", "")
                        .param("fromDay", "2099/1/2")
                        .param("fromTime", "9:00")
                        .param("untilDay", "2099/1/1")
                        .param("untilTime", "9:00"))
                .andExpect(status().is(422)));
    assertThat(wrong.text()).contains("入力してください", "終わりが始まりより前です");
    assertThat(wrong.select("input[name=title]").attr("value")).isEqualTo(title);
  }

  @Test
  @DisplayName("団体の管理者や担当者には、出す画面も、終わらせる操作もない")
  void areTheOperatorsOnly() throws Exception {
    as(body, body.clerk(), "/announcements").andExpect(status().isForbidden());
    mvc.perform(
            post("/announcements/" + UUID.randomUUID() + "/end")
                .with(csrf())
                .with(TestPeople.as(body, body.clerk())))
        .andExpect(status().isForbidden());
  }

  @Test
  @DisplayName("終わりの時刻ちょうどには、もう出ない")
  void endExclusively() {
    var announcement =
        new Announcement(
            UUID.randomUUID(), Announcement.Kind.NEWS, "案内", "本文", NOW, NOW.plusSeconds(60));
    assertThat(announcement.isShownAt(NOW.minusSeconds(1))).isFalse();
    assertThat(announcement.isShownAt(NOW)).isTrue();
    assertThat(announcement.isShownAt(NOW.plusSeconds(60))).isFalse();
    assertThat(announcement.isOver(NOW.plusSeconds(60))).isTrue();
  }

  private ResultActions publish(
      String kind, String title, String text, String fromDay, String fromTime) throws Exception {
    return mvc.perform(
        post("/announcements")
            .with(csrf())
            .with(TestPeople.as(home, operator))
            .param("kind", kind)
            .param("title", title)
            .param("text", text)
            .param("fromDay", fromDay)
            .param("fromTime", fromTime));
  }

  private void press(String action) throws Exception {
    mvc.perform(post(action).with(csrf()).with(TestPeople.as(home, operator)))
        .andExpect(redirectedUrl("/announcements"));
  }

  private ResultActions as(TestBody where, UUID who, String path) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(where, who)));
  }

  private static Document page(ResultActions result) throws Exception {
    return Jsoup.parse(result.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
  }
}
