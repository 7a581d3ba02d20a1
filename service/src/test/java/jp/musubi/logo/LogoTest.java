package jp.musubi.logo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("団体のロゴは")
class LogoTest {
  @Autowired MockMvc web;

  private TestBody body;
  private UUID admin;

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "kanri", "例 管理", body.section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("入れると、だれにでも同じ画像が見え、外すと消え、どちらも記録に残る")
  void isShownUntilItIsTakenAway() throws Exception {
    assertThat(page().select("main img")).isEmpty();
    assertThat(give(PictureTest.png(200, 100)).getRedirectedUrl()).isEqualTo("/settings/logo");
    var path = page().select("main img").attr("src");
    assertThat(path).startsWith("/logos/" + body.code() + "/");
    var image = web.perform(get(path)).andReturn().getResponse();
    assertThat(image.getContentType()).isEqualTo("image/png");
    assertThat(image.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(image.getHeader("Cache-Control")).contains("immutable");

    var other = TestBody.create("-");
    assertThat(status(path.replace(body.code(), other.code()))).isEqualTo(404);
    assertThat(status(path.replaceFirst("[0-9a-f]\\.png$", "-.png"))).isEqualTo(404);
    assertThat(status("/logos/" + body.code() + "/.png")).isEqualTo(404);

    press("/settings/logo/removal");
    assertThat(page().select("main img")).isEmpty();
    assertThat(status(path)).isEqualTo(404);
    for (var action : new String[] {"settings.logo-changed", "settings.logo-removed"}) {
      assertThat(
              TestPeople.text(
                  "select count(*)::text from audit_entry where tenant_id = ? and action = ?",
                  body.id().value(),
                  action))
          .isEqualTo("1");
    }
  }

  @Test
  @DisplayName("使えない画像なら、理由と直し方を示し、前のロゴはそのまま残る")
  void staysWhenAnotherIsRefused() throws Exception {
    give(PictureTest.png(200, 100));
    var before = page().select("main img").attr("src");
    var answer = give("GIF89a".repeat(10).getBytes(StandardCharsets.US_ASCII));
    assertThat(answer.getStatus()).isEqualTo(422);
    assertThat(Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8)).text())
        .contains("PNGで保存し直した画像を選んでください");
    assertThat(page().select("main img").attr("src")).isEqualTo(before);
  }

  private MockHttpServletResponse give(byte[] file) throws Exception {
    return web.perform(
            multipart("/settings/logo")
                .file(new MockMultipartFile("file", "logo.png", "image/png", file))
                .with(csrf())
                .with(TestPeople.as(body, admin)))
        .andReturn()
        .getResponse();
  }

  private void press(String path) throws Exception {
    web.perform(post(path).with(csrf()).with(TestPeople.as(body, admin))).andReturn();
  }

  private int status(String path) throws Exception {
    return web.perform(get(path)).andReturn().getResponse().getStatus();
  }

  private Document page() throws Exception {
    return Jsoup.parse(
        web.perform(get("/settings/logo").with(TestPeople.as(body, admin)))
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8));
  }
}
