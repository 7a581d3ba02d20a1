package jp.musubi.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.imageio.ImageIO;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.TestSeals;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Decision;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.Actor;
import jp.musubi.input.InputHouse;
import jp.musubi.logo.PictureTest;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("印影・氏名の表示は")
class MarkTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("MAIL_LINK", "L1", "同意して署名する", "192.0.2.1", "");

  /** Of the picture that the tests give. */
  private static final int BLUE = 0x0017C1;

  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;

  private InputHouse house;
  private UUID admin;

  @BeforeEach
  void aDraft() throws Exception {
    house = InputHouse.open(mvc, 1);
    admin =
        TestPeople.member(
            house.body(), "kanri", "例 管理", house.body().section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("送信の前に文書に描かれ、どの署名の後も変わらず、送信したら動かせない")
  void standsBeforeTheFirstSealAndUnderEverySeal() throws Exception {
    var plain = contract().currentFile();
    assertThat(house.page("").text()).contains("電子署名は、文書の上には表示されません");
    give(house.body().office(), PictureTest.png(120, 120));
    put("2", "PICTURE");
    put("1", "NAME");
    put("0", "NAME");
    var marks = marks();
    assertThat(marks).hasSize(3);
    place("2", "20", "200", "24", "24", marks.get(2));

    var prepared = contract().currentFile();
    assertThat(prepared).isNotEqualTo(plain);
    assertThat(text(prepared)).contains("電子署名の欄", "株式会社 見本建設", "例田 一郎").doesNotContain("見本 太郎");
    assertThat(pixel(prepared, 1, 20 + 12, 200 + 12)).isEqualTo(BLUE);
    assertThat(pixel(plain, 1, 20 + 12, 200 + 12)).isEqualTo(0xFFFFFF);
    assertThat(house.page("").text())
        .contains("株式会社 見本建設 代表取締役 例田 一郎（氏名の枠）：2ページ", "上毛市長 見本 太郎（印影）：2ページ");

    assertThat(dispatch().getStatus()).isEqualTo(302);
    for (var n = 0; n < 3; n++) {
      var seals = n;
      TestSeals.await(
          contracts,
          house.body(),
          house.id(),
          PATIENCE,
          p -> p.revisions().size() == seals + 1 || p.state().equals("CONCLUDED"));
      var current = contract().currentFile();
      assertThat(pixel(current, 1, 20 + 12, 200 + 12)).isEqualTo(BLUE);
      assertThat(text(current)).isEqualTo(text(prepared));
      if (n < 2) {
        var party = contract().parties().get(n + 1);
        assertThat(
                Tenancy.in(
                    house.body().id(),
                    () -> contracts.agree(house.id(), party, current, actor(), MANNER)))
            .isInstanceOf(Decision.Accepted.class);
      }
    }
    // Both validators have judged the file before it is concluded.
    TestSeals.await(
        contracts, house.body(), house.id(), PATIENCE, p -> p.state().equals("CONCLUDED"));
    var agreements = Tenancy.in(house.body().id(), () -> contracts.agreements(house.id()));
    assertThat(agreements.getFirst().document()).isEqualTo(prepared);
    assertThat(new String(bytes(contract().currentFile()), StandardCharsets.ISO_8859_1))
        .startsWith(new String(bytes(prepared), StandardCharsets.ISO_8859_1));

    for (var sql : List.of("update mark set page = 1", "delete from mark")) {
      assertThat(catchThrowable(() -> Tenancy.in(house.body().id(), () -> update(sql))))
          .as(sql)
          .hasStackTraceContaining("is settled");
    }
    assertThat(house.look("/marks").getStatus()).isEqualTo(409);
    assertThat(house.press("/marks", "party", "0", "look", "NAME").getStatus()).isEqualTo(409);
    assertThat(audited("mark.put")).isEqualTo("3");
    assertThat(audited("mark.moved")).isEqualTo("1");
    assertThat(audited("office.imprint-set")).isEqualTo("1");
    assertThat(house.page("/history").text()).contains("印影・氏名の表示を加えた");
  }

  @Test
  @DisplayName("置けない位置なら、理由を言葉で返し、入力した数字を残し、文書を変えない")
  void staysWhereItIsWhenItCannotStandThere() throws Exception {
    put("1", "NAME");
    put("2", "NAME");
    var before = contract().currentFile();
    var marks = marks();

    var outside = press("1", "200", "10", "80", "20", marks.get(0));
    assertThat(outside.getStatus()).isEqualTo(422);
    assertThat(InputHouse.html(outside).select("[aria-invalid=true]").eachAttr("name"))
        .containsExactly("left-" + marks.get(0));
    assertThat(InputHouse.html(outside).select("[name=left-" + marks.get(0) + "]").val())
        .isEqualTo("200");
    assertThat(InputHouse.html(press("3", "10", "10", "80", "20", marks.get(0))).text())
        .contains("入力を確かめてください");
    assertThat(InputHouse.html(press("1", "十", "-1", "0.1", "1e9", marks.get(0))).text())
        .contains("4か所の入力を確かめてください");
    var wide = press("1", "10", "10", "190", "20", marks.get(0));
    assertThat(InputHouse.html(wide).text()).contains("印の一辺は");
    place("1", "10", "10", "80", "20", marks.get(1));
    var settled = contract().currentFile();
    assertThat(settled).isNotEqualTo(before);
    var over = press("1", "60", "20", "80", "20", marks.get(0));
    assertThat(over.getStatus()).isEqualTo(422);
    assertThat(InputHouse.html(over).text()).contains("ほかの当事者の印と重なっています");
    assertThat(contract().currentFile()).isEqualTo(settled);
    assertThat(InputHouse.html(press("1", "100", "100", "20", "8", marks.get(0))).text())
        .contains("いちばん小さい文字（5ポイント）でも収まりません");
    assertThat(contract().currentFile()).isEqualTo(settled);

    assertThat(house.press("/marks", "party", "9", "look", "NAME").getStatus()).isEqualTo(422);
    assertThat(house.press("/marks", "party", "1", "look", "PICTURE").getStatus()).isEqualTo(422);
    assertThat(house.press("/marks/" + UUID.randomUUID() + "/removal").getStatus()).isEqualTo(404);
    // Without script the page's own picture shows the boxes.
    var framed = house.look("/marks/pages/1.png");
    var image = ImageIO.read(new ByteArrayInputStream(framed.getContentAsByteArray()));
    assertThat(
            image.getRGB(
                    Math.round(10 * image.getWidth() / 210f),
                    Math.round(20 * image.getWidth() / 210f))
                & 0xFF)
        .isGreaterThan(0xA0);
    assertThat(house.look("/marks/pages/3.png").getStatus()).isEqualTo(404);
  }

  @Test
  @DisplayName("印影は、その契約の契約名義の、いま登録されているものでなければ、描かれず送信もできない")
  void neverShowsTheSealOfAnotherOffice() throws Exception {
    assertThat(house.press("/marks", "party", "2", "look", "PICTURE").getStatus()).isEqualTo(422);
    give(house.body().office(), PictureTest.png(120, 120));
    var wrong = house.press("/marks", "party", "1", "look", "PICTURE");
    assertThat(InputHouse.html(wrong).text()).contains("印影にできるのは、契約名義の欄だけです");
    put("2", "PICTURE");
    place("2", "20", "200", "24", "24", marks().getFirst());
    assertThat(pixel(contract().currentFile(), 1, 32, 212)).isEqualTo(BLUE);

    // Another office signs after all.
    var acting = UUID.randomUUID();
    TestPeople.run(
        "insert into office (tenant_id, id, title) values (?, ?, '上毛市水道事業管理者')",
        house.body().id().value(),
        acting);
    TestPeople.run(
        "insert into office_term (tenant_id, office_id, from_date, holder_id, holder_name)"
            + " values (?, ?, date '2020-04-01', ?, '見本 太郎')",
        house.body().id().value(),
        acting,
        house.body().mayor());
    parties(acting);
    assertThat(pixel(contract().currentFile(), 1, 32, 212)).isEqualTo(0xFFFFFF);
    assertThat(house.page("/review").text()).contains("印影・氏名の表示を直す必要があります");
    assertThat(dispatch().getStatus()).isEqualTo(409);

    parties(house.body().office());
    assertThat(pixel(contract().currentFile(), 1, 32, 212)).isEqualTo(BLUE);
    assertThat(house.page("/review").text()).doesNotContain("印影・氏名の表示を直す必要があります");

    // The seal was made anew.
    give(house.body().office(), PictureTest.png(60, 60));
    var refused = dispatch();
    assertThat(refused.getStatus()).isEqualTo(409);
    assertThat(InputHouse.html(refused).text()).contains("文書に描けませんでした", "上毛市長 見本 太郎（印影）");
    assertThat(house.page("/marks").text()).contains("このままでは描かれず、送信できません");
    assertThat(house.press("/marks/" + marks().getFirst() + "/removal").getStatus()).isEqualTo(302);
    assertThat(house.page("/marks").text()).contains("まだありません");
    put("2", "PICTURE");
    assertThat(dispatch().getStatus()).isEqualTo(302);
  }

  @Test
  @DisplayName("複写しても同じ位置に残り、当事者が減って相手のいない枠は送信を止める")
  void isCopiedAndToldWhenItIsNobodys() throws Exception {
    put("1", "NAME");
    place("1", "20", "30", "80", "20", marks().getFirst());
    var form = house.page("/copy");
    var copied = house.press("/copy", "idempotencyKey", form.select("[name=idempotencyKey]").val());
    var copy =
        new InputHouse(
            house.desk().of(Objects.requireNonNull(copied.getRedirectedUrl())), house.mails());
    assertThat(copy.page("/marks").select("[name^=top-]").val()).isEqualTo("30");
    var alone =
        house.press(
            "/parties",
            "alone",
            "true",
            "office",
            house.body().office().toString(),
            "officePlace",
            "last");
    assertThat(alone.getStatus()).isEqualTo(302);
    assertThat(house.page("/marks").text()).contains("いまの当事者にいません", "送信できません");
    assertThat(dispatch().getStatus()).isEqualTo(409);
  }

  @Test
  @DisplayName("印影は画像として描き直して登録し、使えなければ前のものが残り、ほかの団体には見えない")
  void isKeptByTheAdministrator() throws Exception {
    assertThat(
            give(house.body().office(), "GIF89a".repeat(10).getBytes(StandardCharsets.US_ASCII))
                .getStatus())
        .isEqualTo(422);
    assertThat(give(UUID.randomUUID(), PictureTest.png(40, 40)).getStatus()).isEqualTo(422);
    assertThat(give(house.body().office(), PictureTest.png(1600, 1600)).getStatus()).isEqualTo(302);
    var path = settings().select("main img").attr("src");
    var image =
        ImageIO.read(
            new ByteArrayInputStream(
                mvc.perform(get(path).with(TestPeople.as(house.body(), admin)))
                    .andReturn()
                    .getResponse()
                    .getContentAsByteArray()));
    assertThat(image.getWidth()).isEqualTo(800);
    give(house.body().office(), new byte[10]);
    assertThat(settings().select("main img").attr("src")).isEqualTo(path);

    var other = TestBody.create("-");
    var foreign = TestPeople.member(other, "kanri", "別 管理", other.section(), "BODY_ADMIN", null);
    assertThat(
            mvc.perform(get(path).with(TestPeople.as(other, foreign)))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(404);
    var removal = path.replace(".png", "/removal");
    mvc.perform(post(removal).with(csrf()).with(TestPeople.as(other, foreign))).andReturn();
    assertThat(settings().select("main img")).hasSize(1);
    mvc.perform(post(removal).with(csrf()).with(TestPeople.as(house.body(), admin))).andReturn();
    assertThat(settings().select("main img")).isEmpty();
    assertThat(audited("office.imprint-removed")).isEqualTo("1");
  }

  private void put(String party, String look) throws Exception {
    var answer = house.press("/marks", "party", party, "look", look);
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(302);
  }

  private void place(String page, String left, String top, String width, String height, String mark)
      throws Exception {
    var answer = press(page, left, top, width, height, mark);
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(302);
  }

  private MockHttpServletResponse press(
      String page, String left, String top, String width, String height, String mark)
      throws Exception {
    return house.press(
        "/marks/places",
        "page-" + mark,
        page,
        "left-" + mark,
        left,
        "top-" + mark,
        top,
        "width-" + mark,
        width,
        "height-" + mark,
        height);
  }

  /** The keys of the marks, as the page has them: sender, counterparties, office. */
  private List<String> marks() throws Exception {
    return house.page("/marks").select("[data-box]").eachAttr("data-box");
  }

  private void parties(UUID office) throws Exception {
    var typed =
        new ArrayList<>(
            List.of(
                "office",
                office.toString(),
                "officePlace",
                "last",
                "organisation-1",
                "株式会社 見本建設",
                "name-1",
                "例田 一郎",
                "mail-1",
                house.mails().getFirst(),
                "identity-1",
                "mail",
                "place-1",
                "1"));
    var answer = house.press("/parties", typed.toArray(String[]::new));
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(302);
  }

  private MockHttpServletResponse give(UUID office, byte[] file) throws Exception {
    return mvc.perform(
            multipart("/settings/imprints")
                .file(new MockMultipartFile("file", "印影.png", "image/png", file))
                .param("office", office.toString())
                .with(csrf())
                .with(TestPeople.as(house.body(), admin)))
        .andReturn()
        .getResponse();
  }

  private org.jsoup.nodes.Document settings() throws Exception {
    return InputHouse.html(
        mvc.perform(get("/settings/imprints").with(TestPeople.as(house.body(), admin)))
            .andReturn()
            .getResponse());
  }

  private MockHttpServletResponse dispatch() throws Exception {
    return house.press(
        "/dispatch",
        "idempotencyKey",
        "k" + UUID.randomUUID(),
        "seed",
        "0123456789abcdef0123456789abcdef",
        "version",
        String.valueOf(contract().version()),
        "document",
        contract().currentFile().hex());
  }

  private Particulars contract() {
    return Tenancy.in(house.body().id(), () -> contracts.get(house.id()));
  }

  private byte[] bytes(Sha256 file) {
    return Tenancy.in(
        house.body().id(),
        () ->
            Objects.requireNonNull(
                transactions.execute(_ ->
                    vault.with(
                        file,
                        path -> {
                          try {
                            return Files.readAllBytes(path);
                          } catch (IOException e) {
                            throw new UncheckedIOException(e);
                          }
                        }))));
  }

  private String text(Sha256 file) throws IOException {
    try (var document = Loader.loadPDF(bytes(file))) {
      return new PDFTextStripper().getText(document);
    }
  }

  /** What is seen at a point of a page, in millimetres from its upper left corner. */
  private int pixel(Sha256 file, int page, int left, int top) throws IOException {
    try (var document = Loader.loadPDF(bytes(file))) {
      var image = new PDFRenderer(document).renderImageWithDPI(page, 254 / 10f * 4);
      return image.getRGB(left * 4, top * 4) & 0xFFFFFF;
    }
  }

  private String audited(String action) {
    return String.valueOf(
        TestPeople.text(
            "select count(*)::text from audit_entry where tenant_id = ? and action = ?",
            house.body().id().value(),
            action));
  }

  private int update(String sql) {
    return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql(sql).update()));
  }

  private static Actor actor() {
    return new Actor(Actor.Kind.COUNTERPARTY, "1", "例田 一郎");
  }
}
