package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("当事者の画面の、電子署名の方式")
class OwnSignaturePartiesTest {
  @Autowired MockMvc mvc;

  @Test
  @DisplayName("相手方ごとに当事者型を選べ、順番に一人でなければ理由を示し、選んだ相手方の署名欄が文書に用意される")
  void isChosenForACounterpartyThatIsAskedAlone() throws Exception {
    var body = TestBody.create("-");
    var path = draft(body);
    var empty = Jsoup.parse(open(body, path + "/parties").getContentAsString());
    assertThat(empty.select("input[name=own-1][value=service]").hasAttr("checked")).isTrue();
    assertThat(empty.text()).contains("立会人型", "当事者型を併用");

    var together = enter(body, path, "1", "1");
    assertThat(together.getStatus()).isEqualTo(422);
    assertThat(Jsoup.parse(together.getContentAsString()).text())
        .contains("当事者型を併用する相手方は、順番を一人だけにしてください");

    assertThat(enter(body, path, "1", "2").getStatus()).isEqualTo(302);
    var again = Jsoup.parse(open(body, path + "/parties").getContentAsString());
    assertThat(again.select("input[name=own-1][value=own]").hasAttr("checked")).isTrue();
    assertThat(again.select("input[name=own-2][value=service]").hasAttr("checked")).isTrue();
    var file = open(body, path + "/document.pdf").getContentAsByteArray();
    try (var pdf = Loader.loadPDF(file)) {
      var form = pdf.getDocumentCatalog().getAcroForm();
      assertThat(form.getField("own-1")).isNotNull();
      assertThat(form.getField("own-2")).isNull();
    }
    assertThat(Jsoup.parse(open(body, path).getContentAsString()).text())
        .contains("当事者型の署名を待つ相手方：株式会社 見本建設 代表取締役 例田 一郎");
  }

  private String draft(TestBody body) throws Exception {
    try (var document = new PDDocument()) {
      document.getDocumentInformation().setTitle("契約書 " + UUID.randomUUID());
      document.addPage(new PDPage());
      var out = new ByteArrayOutputStream();
      document.save(out);
      var made =
          mvc.perform(
                  multipart("/contracts")
                      .file(new MockMultipartFile("file", "契約書.pdf", null, out.toByteArray()))
                      .param("idempotencyKey", UUID.randomUUID().toString())
                      .with(csrf())
                      .with(TestPeople.as(body, body.clerk())))
              .andReturn()
              .getResponse();
      return String.valueOf(made.getRedirectedUrl()).replace("/parties", "");
    }
  }

  private MockHttpServletResponse open(TestBody body, String path) throws Exception {
    var response =
        mvc.perform(get(path).with(TestPeople.as(body, body.clerk()))).andReturn().getResponse();
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    return response;
  }

  private MockHttpServletResponse enter(TestBody body, String path, String first, String second)
      throws Exception {
    var request =
        post(path + "/parties")
            .with(csrf())
            .with(TestPeople.as(body, body.clerk()))
            .param("office", body.office().toString())
            .param("officePlace", "last")
            .param("own-1", "own")
            .param("own-2", "service");
    var names = java.util.List.of("例田 一郎", "試田 次郎");
    for (var n = 1; n <= 2; n++) {
      request
          .param("organisation-" + n, n == 1 ? "株式会社 見本建設" : "榛名設計 株式会社")
          .param("title-" + n, "代表取締役")
          .param("name-" + n, names.get(n - 1))
          .param("mail-" + n, UUID.randomUUID() + "@mihon.example")
          .param("identity-" + n, "mail")
          .param("place-" + n, n == 1 ? first : second);
    }
    var response = mvc.perform(request).andReturn().getResponse();
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    return response;
  }
}
