package jp.musubi.counterparty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.JapaneseDates;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServiceTest
@DisplayName("利用申出を英語で")
class ApplyInEnglishTest {
  private static final Pattern KANA = Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}]");

  @Autowired MockMvc mvc;

  @Test
  @DisplayName("申出から確認まで英語で進み、保管される文面は日本語のままで、訳文が添えられる")
  void leadsFromTheFormToTheConfirmation() throws Exception {
    var body = TestBody.create("-");
    var admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    mvc.perform(
            post("/settings/counterparties")
                .with(csrf())
                .with(TestPeople.as(body, admin))
                .param("open", "true"))
        .andExpect(status().isFound());
    var path = "/s/" + body.code() + "/application";
    var form = english(ask(get(path)), "上毛市: application to use e-contracts");
    assertThat(form.select("main [lang=ja]").text()).contains("電磁的記録で結ぶことに同意します");

    english(ask(post(path).with(csrf())), "上毛市: application to use e-contracts");
    var mail = "ichiro-" + UUID.randomUUID() + "@mihon.example";
    english(
        ask(
            post(path)
                .with(csrf())
                .param("idempotencyKey", UUID.randomUUID().toString())
                .param("organisation", "株式会社 見本建設")
                .param("address", "上毛市北町二丁目3番4号")
                .param("phone", "027-000-0003")
                .param("name", "例田 一郎")
                .param("title", "代表取締役")
                .param("mail", mail)
                .param("authority", "REPRESENTATIVE")
                .param("scope", "STANDING")
                // Within three years of today, as the form wants.
                .param("validUntil", LocalDate.now(JapaneseDates.ZONE).plusYears(1).toString())
                .param("agreed", "true")),
        "We have sent mails to confirm");

    var letter = OutsideMail.await(mail, 1).getFirst();
    var landing = english(ask(get(letter.link())), "Please confirm this application");
    assertThat(landing.select("main [lang=ja]").text()).contains("利用申出書 兼 同意書");
    assertThat(landing.select("main").text()).contains("2 The mail addresses above");
    english(ask(post(letter.link()).with(csrf())), "We have received the application");
  }

  private ResultActions ask(MockHttpServletRequestBuilder asked) throws Exception {
    return mvc.perform(asked.cookie(new Cookie("musubi-reading", "en.normal")).accept("text/html"));
  }

  private static Document english(ResultActions answer, String heading) throws Exception {
    var page = Jsoup.parse(answer.andReturn().getResponse().getContentAsString());
    assertThat(page.select("h1").text()).isEqualTo(heading);
    assertThat(page.select("html").attr("lang")).isEqualTo("en");
    var words = page.clone();
    words.select("[lang=ja]").remove();
    assertThat(words.text()).doesNotContain("??").doesNotContainPattern(KANA);
    return page;
  }
}
