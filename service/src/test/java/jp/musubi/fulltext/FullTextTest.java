package jp.musubi.fulltext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("本文の検索")
class FullTextTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired Reading reading;
  @Autowired TransactionTemplate transaction;

  private TestBody body;
  private UUID admin;
  private UUID other;

  @BeforeEach
  void aBodyWithTwoSections() {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "f-admin", "見本 管子", body.section(), "BODY_ADMIN", null);
    other = TestPeople.section(body, "20", "福祉部", null);
  }

  @Test
  @DisplayName("はじめは使わず、使うと決めるまで何も読み取らない。やめれば文字はすべて消える")
  void isOffUntilWanted() throws Exception {
    concluded(body.section(), "契約保証金は免除する。");
    assertThat(read()).isZero();
    assertThat(register(body.clerk(), "fullText=true&words=保証金").text()).doesNotContain("本文「");
    assertThat(register(body.clerk(), "").select("[name=fullText]")).isEmpty();

    change(true);
    assertThat(read()).isEqualTo(1);
    assertThat(read()).isZero();
    assertThat(register(body.clerk(), "").select("[name=fullText]")).hasSize(1);
    assertThat(page(open(admin, "/settings/fulltext")).text()).contains("1件のうち1件", "使う");

    change(false);
    assertThat(count("contract_text")).isEqualTo("0");
    assertThat(read()).isZero();
    assertThat(
            TestPeople.text(
                "select count(*)::text from audit_entry where tenant_id = ?"
                    + " and action = 'settings.fulltext-changed'",
                body.id().value()))
        .isEqualTo("2");
  }

  @Test
  @DisplayName("字の形やかな、行のまたがりを問わず見つけ、どこにあるかを示す。印を付けなければ本文は探さない")
  void findsByWhatIsWritten() throws Exception {
    change(true);
    concluded(body.section(), "第三条　ｺﾋﾟｰ機の保守は、髙崎営業所が", "行うものとし<b>する。</b>", "");
    read();
    for (var words : List.of("コピー機", "高崎", "こぴー", "が行うもの", "保守")) {
      assertThat(register(body.clerk(), "fullText=true&words=" + words).text())
          .as(words)
          .contains("見本契約", "本文「");
      assertThat(register(body.clerk(), "words=" + words).text()).as(words).doesNotContain("見本契約");
    }
    // 件名 and 本文 together: each word somewhere.
    assertThat(register(body.clerk(), "fullText=true&words=見本契約 コピー機").text()).contains("見本契約");
    assertThat(register(body.clerk(), "fullText=true&words=コピー機 どこにもない").text())
        .doesNotContain("見本契約");
    var shown = register(body.clerk(), "fullText=true&words=行うものとし");
    assertThat(shown.text()).contains("本文「行うものとし<b>する。</b>」");
    assertThat(shown.select("main b")).isEmpty();
    assertThat(text(open(body.clerk(), "/register.csv?fullText=true&words=高崎"))).contains("見本契約");
  }

  @Test
  @DisplayName("見てよい契約だけから見つける。ほかの所属、ほかの団体、親展の契約は、件数にも出ない")
  void findsNothingThatOneMayNotKnowOf() throws Exception {
    change(true);
    concluded(other, "秘密の保守契約の本文");
    concluded(body.section(), "秘密ではない保守契約の本文");
    read();
    var stranger = TestBody.create("-");
    assertThat(register(body.clerk(), "fullText=true&words=保守契約の本文").text())
        .contains("1件", "秘密ではない")
        .doesNotContain("秘密の保守");
    assertThat(register(admin, "fullText=true&words=保守契約の本文").text()).contains("2件");
    var foreign =
        mvc.perform(
            get("/register")
                .param("fullText", "true")
                .param("words", "保守契約の本文")
                .with(TestPeople.as(stranger, stranger.clerk())));
    assertThat(page(foreign).text()).contains("あてはまる契約はありません");
  }

  @Test
  @DisplayName("文字のないPDFはそう言い、壊れた原本はほかを止めない")
  void saysWhatHasNoLetters() throws Exception {
    change(true);
    var scan = concluded(body.section());
    read();
    assertThat(page(open(body.clerk(), "/contracts/" + scan)).text())
        .contains("文字がありません", "本文の検索では見つかりません");
    assertThat(page(open(admin, "/settings/fulltext")).text()).contains("1件のうち1件");
    assertThat(TestPeople.text("select outcome from contract_text where contract_id = ?", scan))
        .isEqualTo("NONE");
  }

  @Test
  @DisplayName("PostgreSQLが持てない文字は落とし、空白だけは文字がないとする")
  void keepsWhatCanBeKept() {
    assertThat(Reading.storable("a\u0000b\uD800c")).isEqualTo("abc");
    assertThat(Reading.storable(" \n\u3000")).isEmpty();
  }

  private int read() {
    return Tenancy.in(body.id(), reading::run);
  }

  private void change(boolean enabled) throws Exception {
    mvc.perform(
            post("/settings/fulltext")
                .param("enabled", String.valueOf(enabled))
                .with(csrf())
                .with(TestPeople.as(body, admin)))
        .andExpect(status().is3xxRedirection());
  }

  private Document register(UUID reader, String query) throws Exception {
    return page(
        open(reader, query.isEmpty() ? "/register" : "/register?" + query)
            .andExpect(status().isOk()));
  }

  /** A contract with a file of its own, which says this; without words it is a scan. */
  private UUID concluded(UUID section, String... lines) {
    var file =
        Tenancy.in(
            body.id(), () -> transaction.execute(_ -> vault.put(pdf(lines), "application/pdf")));
    var id = UUID.randomUUID();
    TestPeople.run(
        """
        insert into contract (tenant_id, id, number, state, title, section_id, clerk_id, file_name,
                              document_sha256, final_sha256, pages, created_at, concluded_at)
        values (?, ?, ?, 'ELSEWHERE', '見本契約', ?, ?, 'x.pdf', ?, ?, 1, now(), now())
        """,
        body.id().value(),
        id,
        "R8-" + id.toString().substring(0, 8),
        section,
        body.clerk(),
        file.hex(),
        file.hex());
    return id;
  }

  private static java.nio.file.Path pdf(String... lines) {
    try (var document = new PDDocument();
        var letters = FullTextTest.class.getResourceAsStream("/fonts/NotoSansJP-Regular.ttf")) {
      var font = PDType0Font.load(document, letters, true);
      var page = new PDPage(PDRectangle.A4);
      document.addPage(page);
      document.getDocumentInformation().setTitle(UUID.randomUUID().toString());
      try (var content = new PDPageContentStream(document, page)) {
        for (var i = 0; i < lines.length; i++) {
          content.beginText();
          content.setFont(font, 12);
          content.newLineAtOffset(72, 700 - 20 * i);
          content.showText(lines[i]);
          content.endText();
        }
      }
      var file = Files.createTempFile("fulltext", ".pdf");
      document.save(file.toFile());
      return file;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String count(String table) {
    return String.valueOf(
        TestPeople.text(
            "select count(*)::text from " + table + " where tenant_id = ?", body.id().value()));
  }

  private ResultActions open(UUID reader, String path) throws Exception {
    return mvc.perform(
        get(org.springframework.web.util.UriComponentsBuilder.fromUriString(path)
                .build()
                .encode()
                .toUri())
            .with(TestPeople.as(body, reader)));
  }

  private static Document page(ResultActions result) throws Exception {
    return Jsoup.parse(text(result));
  }

  private static String text(ResultActions result) throws Exception {
    return result.andReturn().getResponse().getContentAsString(UTF_8);
  }
}
