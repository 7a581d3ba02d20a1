package jp.musubi.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.Tenancy;
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
@DisplayName("対応付けの画面")
class MappingPagesTest {
  private static final String PATH = "/settings/mappings";
  private static final String SAMPLE =
      "登録番号,商号又は名称,法人番号,区分,<b>備考</b>\r\n0012,株式会社 髙﨑,1,A,\r\n0013,赤城設計,,Z,\r\n";

  @Autowired MockMvc mvc;
  @Autowired Mappings mappings;

  private TestBody body;
  private UUID admin;

  @BeforeEach
  void anAdministrator() {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("見本から列を見当づけ、元の内容と取り込む内容を並べて見せ、読めない欄を言葉で示し、保存するまで何も残さない")
  void proposesShowsAndSaves() throws Exception {
    var answer = sample("名簿", SAMPLE);
    assertThat(answer.getStatus()).isEqualTo(200);
    var fields = page(answer);
    assertThat(chosen(fields, "column-CODE")).isEqualTo("h:登録番号");
    assertThat(chosen(fields, "column-NAME")).isEqualTo("h:商号又は名称");
    assertThat(fields.text()).contains("法人番号の13桁と検査数字が合いません", "株式会社 髙﨑", "<b>備考</b>（例：）");
    assertThat(fields.select("main b")).isEmpty();
    assertThat(open()).isZero();

    var typed = typed(fields);
    typed.put("column-NUMBER", "");
    typed.put("column-CAPACITY", "h:区分");
    typed.put("reading-CAPACITY", "CODES");
    typed.put("codes-CAPACITY", "A=代表者\nB 代理人");
    typed.put("step", "save");
    var wrong = send(PATH + "/fields", typed);
    assertThat(wrong.getStatus()).isEqualTo(422);
    assertThat(page(wrong).text()).contains("「B 代理人」を「元のコード=むすびでの内容」の形に");
    assertThat(page(wrong).select("textarea#codes-CAPACITY").val()).isEqualTo("A=代表者\nB 代理人");

    typed.put("codes-CAPACITY", "A=代表者\nB＝代理人");
    typed.put("step", "look");
    var looked = send(PATH + "/fields", typed);
    assertThat(looked.getStatus()).isEqualTo(200);
    assertThat(page(looked).text()).contains("読み替え表にないコードです", "代表者");
    assertThat(open()).isZero();

    typed.put("step", "save");
    var saved = send(PATH + "/fields", typed);
    assertThat(saved.getStatus()).as(saved.getContentAsString()).isEqualTo(302);
    var path = String.valueOf(saved.getRedirectedUrl());
    assertThat(page(at(path)).text())
        .contains("名簿", "商号又は名称", "A=代表者、B=代理人")
        .doesNotContain("法人番号");
    assertThat(send(PATH + "/fields", typed).getStatus()).as("the name is taken").isEqualTo(409);

    assertThat(page(at(path + "/change")).select("#name").val()).isEqualTo("名簿");
    assertThat(send(path + "/end", Map.of()).getStatus()).isEqualTo(302);
    assertThat(at(path).getStatus()).isEqualTo(404);
    assertThat(send(path + "/end", Map.of()).getStatus()).as("twice").isEqualTo(302);
  }

  @Test
  @DisplayName("必須の列がない、見本が壊れている、先に変えられた対応付けは断り、入力は消えない")
  void refusesWithoutLosingWhatWasTyped() throws Exception {
    var typed = typed(page(sample("名簿", SAMPLE)));
    typed.put("step", "save");
    typed.put("column-NAME", "");
    typed.put("column-NOTES", "");
    typed.put("fixed-NOTES", "名簿から");
    var without = send(PATH + "/fields", typed);
    assertThat(without.getStatus()).isEqualTo(422);
    assertThat(page(without).text()).contains("次の項目の列を選んでください：名称");
    assertThat(page(without).select("#fixed-NOTES").val()).isEqualTo("名簿から");
    typed.put("column-NAME", "h:商号又は名称");
    typed.put("column-NOTES", "h:区分");
    assertThat(page(send(PATH + "/fields", typed)).text()).contains("固定の内容を空にしてください");
    typed.put("column-NOTES", "");

    var broken = new LinkedHashMap<>(typed);
    broken.put("sample", "%%%");
    assertThat(page(send(PATH + "/fields", broken)).text()).contains("もう一度ファイルを選んでください");
    assertThat(page(sample("名簿", "a,b\r\n\"x\r\n")).text()).contains("引用符「\"」");
    assertThat(sample("", SAMPLE).getStatus()).isEqualTo(422);

    var path = String.valueOf(send(PATH + "/fields", typed).getRedirectedUrl());
    typed.put("mapping", path.substring(path.lastIndexOf('/') + 1));
    assertThat(send(PATH + "/fields", typed).getStatus()).isEqualTo(302);
    var late = send(PATH + "/fields", typed);
    assertThat(late.getStatus()).isEqualTo(409);
    assertThat(page(late).text()).contains("ほかの職員が先に変えました");
  }

  @Test
  @DisplayName("例から作れ、ほかの団体からは見えず、変えられない")
  void beginsWithAnExampleAndStaysInTheBody() throws Exception {
    var typed = typed(page(at(PATH + "/examples/AWARD")));
    typed.put("step", "save");
    var path = String.valueOf(send(PATH + "/fields", typed).getRedirectedUrl());
    var key = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    assertThat(page(at(PATH)).text()).contains("例：落札結果", "特定の製品の形ではありません");
    assertThat(at(PATH + "/examples/AWARD.csv").getContentAsString(StandardCharsets.UTF_8))
        .startsWith("\uFEFF\"2026041900001\"");
    assertThat(at(PATH + "/examples/NONE").getStatus()).isIn(400, 404);

    var other = TestBody.create("-");
    var stranger = TestPeople.member(other, "k", "見本 清", other.section(), "BODY_ADMIN", null);
    assertThat(
            mvc.perform(get(path).with(TestPeople.as(other, stranger)))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(404);
    assertThat(
            Tenancy.in(
                other.id(), () -> mappings.open().stream().anyMatch(m -> m.id().equals(key))))
        .isFalse();
    assertThat(Tenancy.in(body.id(), () -> mappings.get(key).rules()))
        .isEqualTo(Example.AWARD.rules());
  }

  private int open() {
    return Tenancy.in(body.id(), () -> mappings.open().size());
  }

  private static String chosen(Document page, String select) {
    return page.select("select#" + select + " option[selected]").attr("value");
  }

  private static Map<String, String> typed(Document page) {
    var typed = new LinkedHashMap<String, String>();
    page.select("main form input[type=hidden], main form input[type=text]")
        .forEach(input -> typed.put(input.attr("name"), input.attr("value")));
    page.select("main form select")
        .forEach(select ->
            typed.put(select.attr("name"), select.select("option[selected]").attr("value")));
    return typed;
  }

  private MockHttpServletResponse sample(String name, String csv) throws Exception {
    return mvc.perform(
            multipart(PATH + "/sample")
                .file(
                    new MockMultipartFile(
                        "file", "a.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)))
                .param("name", name)
                .param("target", "SUPPLIERS")
                .param("encoding", "FOUND_OUT")
                .param("separator", "COMMA")
                .param("skipped", "0")
                .param("headed", "true")
                .with(TestPeople.as(body, admin))
                .with(csrf()))
        .andReturn()
        .getResponse();
  }

  private MockHttpServletResponse send(String path, Map<String, String> typed) throws Exception {
    var request = post(path).with(TestPeople.as(body, admin)).with(csrf());
    typed.forEach(request::param);
    return mvc.perform(request).andReturn().getResponse();
  }

  private MockHttpServletResponse at(String path) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(body, admin)).accept("text/html", "*/*"))
        .andReturn()
        .getResponse();
  }

  private static Document page(MockHttpServletResponse answer) throws Exception {
    return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
  }
}
