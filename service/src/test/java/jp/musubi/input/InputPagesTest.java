package jp.musubi.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestSeals;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Decision;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("入力項目は")
class InputPagesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("MAIL_LINK", "L1", "同意して署名する", "192.0.2.1", "");

  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired AuditTrail audit;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;

  @Test
  @DisplayName("送信の前に全員が記入し、記入は契約書の一部として全員の署名に覆われ、だれが記入したかが残る")
  void areFilledBeforeAnybodySealsAndLieUnderEverySeal() throws Exception {
    var house = InputHouse.open(mvc, 2);
    house.put("契約番号の枝番", "NUMBER", 0, 40, "least", "1", "most", "99,999");
    house.put("着手日", "DAY", 1, 60, "least", "令和8年12月7日", "most", "R9.3.19");
    house.put("現場代理人", "TEXT", 1, 80, "most", "20");
    house.put("支払の方法", "CHOICE", 2, 100, "choices", "前払\n精算払");
    house.put("内訳書を確認した", "TICK", 2, 120, "page", "2", "width", "10");
    assertThat(dispatch(house).getStatus()).isEqualTo(409);

    assertThat(house.press("/fields/values", value(house, "契約番号の枝番"), "１２,３４５").getStatus())
        .isEqualTo(302);
    var first = house.ask(1);
    var shown = InputHouse.html(house.open(first));
    assertThat(shown.text())
        .contains("庁舎清掃業務委託", "着手日", "現場代理人", "契約番号の枝番 12,345", "これは契約への同意ではありません")
        .doesNotContain("支払の方法");
    assertThat(shown.select("figure img")).hasSize(2);
    assertThat(
            house
                .send(first, value(house, "着手日"), "令和8年12月10日", value(house, "現場代理人"), "髙﨑 𠮷田")
                .getRedirectedUrl())
        .isEqualTo(first + "?filled=yes");
    assertThat(InputHouse.html(house.open(first + "?filled=yes")).text()).contains("記入を受け付けました");

    // Whoever comes later sees what was filled in before.
    var second = house.ask(2);
    assertThat(InputHouse.html(house.open(second)).text())
        .contains("着手日 令和8年12月10日株式会社 見本建設 代表取締役 例田 一郎");
    house.send(second, value(house, "支払の方法"), "精算払", value(house, "内訳書を確認した"), "true");

    var review = house.page("/review");
    assertThat(review.text()).doesNotContain("入力項目の記入が済んでいません");
    var prepared = contracts(house).currentFile();
    assertThat(text(house, prepared)).contains("12,345", "令和8年12月10日", "髙﨑 𠮷田", "精算払", "✓");
    assertThat(dispatch(house).getStatus()).isEqualTo(302);
    for (var n = 0; n < 4; n++) {
      var seals = n;
      TestSeals.await(
          contracts,
          house.body(),
          house.id(),
          PATIENCE,
          p -> p.revisions().size() == seals + 1 || p.state().equals("CONCLUDED"));
      if (n < 3) {
        var party = contracts(house).parties().get(n + 1);
        var current = contracts(house).currentFile();
        assertThat(text(house, current)).contains("12,345", "髙﨑 𠮷田", "精算払");
        assertThat(
                Tenancy.in(
                    house.body().id(),
                    () -> contracts.agree(house.id(), party, current, actor(), MANNER)))
            .isInstanceOf(Decision.Accepted.class);
      }
    }
    TestSeals.await(
        contracts, house.body(), house.id(), PATIENCE, p -> p.state().equals("CONCLUDED"));

    // Every party agreed to bytes in which all of it stands; the first of them are those of all.
    var agreements = Tenancy.in(house.body().id(), () -> contracts.agreements(house.id()));
    assertThat(agreements.getFirst().document()).isEqualTo(prepared);
    var last = bytes(house, contracts(house).currentFile());
    assertThat(new String(last, StandardCharsets.ISO_8859_1))
        .startsWith(new String(bytes(house, prepared), StandardCharsets.ISO_8859_1));
    assertThat(text(house, contracts(house).certificate().orElseThrow()))
        .contains("現場代理人", "髙﨑 𠮷田", "株式会社 見本建設");

    var actions = actions(house);
    assertThat(actions)
        .containsSubsequence(
            "input.put", "input.filled", "input.asked", "input.filled", "contract.dispatched");
    assertThat(house.page("").text())
        .contains("着手日：令和8年12月10日（株式会社 見本建設 代表取締役 例田 一郎", "入力項目に記入しました");
    assertThat(house.page("/history").text()).contains("入力項目に記入した", "現場代理人");
    for (var sql :
        List.of(
            "update input_value set text = 'x'",
            "delete from input_value",
            "update input_field set label = 'x'",
            "delete from input_field")) {
      assertThat(catchThrowable(() -> Tenancy.in(house.body().id(), () -> update(sql))))
          .as(sql)
          .hasStackTraceContaining("is settled");
    }
    assertThat(house.look("/fields").getStatus()).isEqualTo(409);
    assertThat(house.open(first).getStatus()).isEqualTo(410);
    assertThat(house.send(first, value(house, "現場代理人"), "別の者").getStatus()).isEqualTo(410);
  }

  @Test
  @DisplayName("違う記入を、消さずに、どの欄をどう直すかの言葉で返し、そのあいだ何も書き込まない")
  void tellsWhatIsWrongAndLosesNothing() throws Exception {
    var house = InputHouse.open(mvc, 1);
    house.put("数量", "NUMBER", 1, 40, "least", "10", "most", "20");
    house.put("商号", "TEXT", 1, 60, "width", "20", "height", "5", "most", "200");
    house.put("備考", "TEXT", 1, 80, "mandatory", "", "prefilled", "特になし");
    var before = contracts(house).currentFile();
    var link = house.ask(1);
    assertThat(InputHouse.html(house.open(link)).select("input[value=特になし]")).hasSize(1);

    var wrong =
        house.send(
            link,
            value(house, "数量"),
            "二十一",
            value(house, "商号"),
            "",
            value(house, "備考"),
            "<b>備考</b>");
    assertThat(wrong.getStatus()).isEqualTo(422);
    var page = InputHouse.html(wrong);
    assertThat(page.text()).contains("2か所の入力を確かめてください", "整数を数字で入力してください", "入力した内容は消えていません");
    assertThat(page.select("[value=二十一]")).hasSize(1);
    assertThat(page.select("[value=<b>備考</b>]")).hasSize(1);
    assertThat(page.select("main b").text()).isEqualTo("庁舎清掃業務委託");

    assertThat(
            InputHouse.html(
                    house.send(link, value(house, "数量"), "２１", value(house, "商号"), "甲".repeat(200)))
                .text())
        .contains("10から20までの数を入力してください");
    var crowded = house.send(link, value(house, "数量"), "20", value(house, "商号"), "甲".repeat(200));
    assertThat(crowded.getStatus()).isEqualTo(422);
    assertThat(InputHouse.html(crowded).text()).contains("欄に収まりません");
    var strange = house.send(link, value(house, "数量"), "20", value(house, "商号"), "\uE000");
    assertThat(InputHouse.html(strange).text()).contains("の字は、契約書に書き込めません");
    assertThat(contracts(house).currentFile()).isEqualTo(before);

    assertThat(house.send(link, value(house, "数量"), "20", value(house, "商号"), "見本").getStatus())
        .isEqualTo(302);
    var version = contracts(house).version();
    // The same form twice writes once.
    assertThat(house.send(link, value(house, "数量"), "20", value(house, "商号"), "見本").getStatus())
        .isEqualTo(302);
    assertThat(contracts(house).version()).isEqualTo(version);
    assertThat(actions(house)).filteredOn("input.filled"::equals).hasSize(1);
    assertThat(house.send(link, value(house, "数量"), "19", value(house, "商号"), "見本").getStatus())
        .isEqualTo(302);
    assertThat(text(house, contracts(house).currentFile())).contains("19").doesNotContain("20");
  }

  @Test
  @DisplayName("欄は数で動かせ、ページの外や必須の欄の上には置けず、断られた数は画面に残る")
  void moveByNumbers() throws Exception {
    var house = InputHouse.open(mvc, 1);
    house.put("着手日", "DAY", 1, 40);
    house.put("完了日", "DAY", 1, 60);
    var page = house.page("/fields");
    assertThat(page.select("[data-placing]")).hasSize(2);
    assertThat(page.select("[data-placing]").attr("data-width")).isEqualTo("2100");
    assertThat(page.select("[style], script:not([src])")).isEmpty();
    var first = page.select("[data-box]").eachAttr("data-box").getFirst();
    var second = page.select("[data-box]").eachAttr("data-box").getLast();

    var over = house.press("/fields/places", places(second, "30", "42"));
    assertThat(over.getStatus()).isEqualTo(422);
    assertThat(InputHouse.html(over).text()).contains("必須の項目「着手日」の欄と重なっています");
    assertThat(InputHouse.html(over).select("#top-" + second).val()).isEqualTo("42");
    var outside = house.press("/fields/places", places(second, "180.5", "42"));
    assertThat(InputHouse.html(outside).text()).contains("欄がページの外に出ています", "横210mm、縦297mm");
    var word = house.press("/fields/places", places(second, "左", "42"));
    assertThat(InputHouse.html(word).select("#left-" + second).val()).isEqualTo("左");
    assertThat(house.page("/fields").select("#top-" + second).val()).isEqualTo("60");

    assertThat(house.press("/fields/places", places(second, "３０．５", "200")).getStatus())
        .isEqualTo(302);
    assertThat(house.page("/fields").select("#left-" + second).val()).isEqualTo("30.5");
    assertThat(house.page("/fields").select("#top-" + first).val()).isEqualTo("40");

    // For who has no script the picture shows where they are.
    var plain = ImageIO.read(new java.io.ByteArrayInputStream(image(house, "/pages/1.png")));
    var framed =
        ImageIO.read(new java.io.ByteArrayInputStream(image(house, "/fields/pages/1.png")));
    var x = Math.round(30.5f / 210 * plain.getWidth()) + 60;
    var y = Math.round(200f / 297 * plain.getHeight());
    assertThat(framed.getRGB(x, y)).isNotEqualTo(plain.getRGB(x, y));
    assertThat(house.look("/fields/pages/3.png").getStatus()).isEqualTo(404);
  }

  @Test
  @DisplayName("リンクは見るだけでは何も変えず、違う秘密・ほかの団体・前のリンク・替わった相手方では使えない")
  void openOnlyToWhomTheyWereSent() throws Exception {
    var house = InputHouse.open(mvc, 1);
    house.put("商号", "TEXT", 1, 40);
    var old = house.ask(1);
    var link = house.ask(1);
    assertThat(house.open(old).getStatus()).isEqualTo(410);
    for (var i = 0; i < 20; i++) {
      assertThat(house.open(link).getStatus()).isEqualTo(200);
    }
    assertThat(house.open(link + "/pages/1.png").getContentType()).isEqualTo("image/png");
    assertThat(actions(house)).doesNotContain("input.filled").contains("document.page-viewed");
    var other = TestBody.create("-");
    for (var wrong :
        List.of(
            link.substring(0, link.length() - 1) + (link.endsWith("A") ? "B" : "A"),
            link.replace(house.body().code(), other.code()),
            link.replace("/input/", "/input/x"))) {
      assertThat(house.open(wrong).getStatus()).isEqualTo(404);
      assertThat(house.send(wrong, value(house, "商号"), "x").getStatus()).isEqualTo(404);
      assertThat(house.open(wrong + "/pages/1.png").getStatus()).isEqualTo(404);
    }
    house.send(link, value(house, "商号"), "見本");
    assertThat(house.page("/review").text()).doesNotContain("入力項目の記入が済んでいません");

    // Another person takes the party's place: what the first one filled in is not theirs.
    var others = new InputHouse(house.desk(), List.of("b-" + house.mails().getFirst()));
    others.parties();
    assertThat(house.open(link).getStatus()).isEqualTo(410);
    assertThat(house.page("/fields").text()).contains("いまの当事者ではありません");
    assertThat(text(house, contracts(house).currentFile())).doesNotContain("見本");
    assertThat(dispatch(house).getStatus()).isEqualTo(409);
  }

  @Test
  @DisplayName("もとにした契約から欄だけを引き継ぎ、文書に収まらなければ差し替えを断って言葉で示す")
  void areCopiedWithoutWhatWasFilledIn() throws Exception {
    var house = InputHouse.open(mvc, 1);
    house.put("枝番", "TEXT", 0, 40, "page", "2");
    house.press("/fields/values", value(house, "枝番"), "第七号");
    var form = house.page("/copy");
    var copied = house.press("/copy", "idempotencyKey", form.select("[name=idempotencyKey]").val());
    var copy =
        new InputHouse(
            house.desk().of(Objects.requireNonNull(copied.getRedirectedUrl())), house.mails());
    assertThat(copy.page("/fields").text()).contains("枝番", "まだ記入されていません").doesNotContain("第七号");

    var short_ = new ByteArrayOutputStream();
    try (var document = Loader.loadPDF(InputHouse.pdf())) {
      document.removePage(1);
      document.save(short_);
    }
    var refused =
        mvc.perform(
                org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart(
                        house.path() + "/document")
                    .file(
                        new org.springframework.mock.web.MockMultipartFile(
                            "file", "短い.pdf", null, short_.toByteArray()))
                    .param("idempotencyKey", "0123456789abcdef")
                    .with(
                        org.springframework.security.test.web.servlet.request
                            .SecurityMockMvcRequestPostProcessors.csrf())
                    .with(jp.musubi.TestPeople.as(house.body(), house.body().clerk())))
            .andReturn()
            .getResponse();
    assertThat(refused.getStatus()).isEqualTo(409);
    assertThat(InputHouse.html(refused).text()).contains("枝番", "文書に書き込めませんでした");
    assertThat(text(house, contracts(house).currentFile())).contains("第七号");
  }

  private org.springframework.mock.web.MockHttpServletResponse dispatch(InputHouse house)
      throws Exception {
    var contract = contracts(house);
    return house.press(
        "/dispatch",
        "idempotencyKey",
        "k" + java.util.UUID.randomUUID(),
        "seed",
        "0123456789abcdef0123456789abcdef",
        "version",
        String.valueOf(contract.version()),
        "document",
        contract.currentFile().hex());
  }

  private static String[] places(String field, String left, String top) {
    return new String[] {
      "page-" + field,
      "1",
      "left-" + field,
      left,
      "top-" + field,
      top,
      "width-" + field,
      "100",
      "height-" + field,
      "8"
    };
  }

  private static byte[] image(InputHouse house, String step) throws Exception {
    var answer = house.look(step);
    assertThat(answer.getStatus()).isEqualTo(200);
    return answer.getContentAsByteArray();
  }

  /** The name of a field's input. */
  private String value(InputHouse house, String label) {
    return "v-"
        + Tenancy.in(
            house.body().id(),
            () ->
                transactions.execute(_ ->
                    jdbc.sql(
                            "select id::text from input_field where label = :label"
                                + " order by contract_id = :contract desc limit 1")
                        .param("label", label)
                        .param("contract", house.id().value())
                        .query(String.class)
                        .single()));
  }

  private jp.musubi.contract.Particulars contracts(InputHouse house) {
    return Tenancy.in(house.body().id(), () -> contracts.get(house.id()));
  }

  private byte[] bytes(InputHouse house, Sha256 file) {
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
                          } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                          }
                        }))));
  }

  private String text(InputHouse house, Sha256 file) throws Exception {
    try (var document = Loader.loadPDF(bytes(house, file))) {
      return new PDFTextStripper().getText(document);
    }
  }

  private List<String> actions(InputHouse house) {
    return Tenancy.in(
        house.body().id(),
        () -> audit.of(house.id().value()).stream().map(entry -> entry.action()).toList());
  }

  private int update(String sql) {
    return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql(sql).update()));
  }

  private static Actor actor() {
    return new Actor(Actor.Kind.COUNTERPARTY, "1", "例田 一郎");
  }
}
