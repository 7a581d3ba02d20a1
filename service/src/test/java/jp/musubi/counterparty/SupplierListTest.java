package jp.musubi.counterparty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
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
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("相手方の一括登録")
class SupplierListTest {
  private static final String HEADINGS = String.join(",", SupplierRow.HEADINGS) + "\r\n";
  private static final String TWO =
      HEADINGS
          + "株式会社 見本建設,7000012050002,上毛市本町1-1,027-000-0100,,例田 一郎,代表取締役,ichiro@mihon.example,代表者,\r\n"
          + "株式会社 見本建設,7000012050002,,,,例田 次郎,主任,jiro@mihon.example,担当者,\r\n"
          + "赤城設計,,,,個人事業主,,,,,\r\n";

  @Autowired MockMvc mvc;

  private TestBody body;
  private UUID admin;

  @BeforeEach
  void anAdministrator() {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("見ただけでは何も変わらず、見たとおりに登録し、二度目は何も変えない")
  void changesNothingUntilItIsTold() throws Exception {
    var list = upload(TWO.getBytes(StandardCharsets.UTF_8));
    var shown = page(open(list));
    assertThat(shown.select("tbody tr")).hasSize(4);
    assertThat(shown.text()).contains("相手方の登録", "連絡先の追加", "4行目");
    assertThat(suppliers()).isEmpty();

    take(list, shown).andExpect(redirectedUrl(list));
    assertThat(suppliers()).containsExactlyInAnyOrder("株式会社 見本建設", "赤城設計");
    assertThat(page(open(list)).text()).contains("登録済み");
    take(list, shown).andExpect(status().isConflict());

    var again = page(open(upload(TWO.getBytes(StandardCharsets.UTF_8))));
    assertThat(again.text()).contains("変更なし").doesNotContain("相手方の登録 ");
    assertThat(suppliers()).hasSize(2);
  }

  @Test
  @DisplayName("CP932で書かれた一覧は、書かれた欄だけを変え、前の内容を並べて見せる")
  void changesOnlyWhatIsWritten() throws Exception {
    var first = upload(TWO.getBytes(StandardCharsets.UTF_8));
    take(first, page(open(first)));
    var list =
        upload(
            (HEADINGS
                    + "株式会社 見本建設工業,7000012050002,,027-000-0200,,例田 一郎,取締役会長,ICHIRO@mihon.example,,令和9年3月31日\r\n")
                .getBytes(Charset.forName("windows-31j")));
    var shown = page(open(list));
    assertThat(shown.text())
        .contains("相手方の変更", "連絡先の変更", "いま：株式会社 見本建設　7000012050002　上毛市本町1-1　027-000-0100");
    take(list, shown).andExpect(redirectedUrl(list));
    assertThat(suppliers()).contains("株式会社 見本建設工業");
    var supplier =
        page(open("/suppliers")).select("tbody a").stream()
            .filter(link -> link.text().contains("見本建設工業"))
            .findFirst()
            .orElseThrow();
    assertThat(page(open(supplier.attr("href"))).text())
        .contains("上毛市本町1-1", "027-000-0200", "取締役会長", "令和9年3月31日", "例田 次郎");
  }

  @Test
  @DisplayName("誤りは行と欄と言葉で示し、一つでもあれば何も登録しない")
  void namesEachErrorAndChangesNothing() throws Exception {
    var wrong =
        HEADINGS
            + ",,,,,,,,,\r\n"
            + ",1,,,,,,,,\r\n"
            + "見本設備,1000012050002,,,,例田,,,,\r\n"
            + "見本電気,,,,,,,a@b,社長,いつか\r\n"
            + "見\u202e本,,,,,,,,,\r\n"
            + "足りない行,\r\n"
            + "見本造園,,,,,例田 三郎,,saburo@mihon.example,,\r\n"
            + "見本造園,,,,,例田 三郎,,saburo@mihon.example,,\r\n"
            + "見本造園,,高崎市,,,,,,,\r\n";
    var list = upload(wrong.getBytes(StandardCharsets.UTF_8));
    var shown = page(open(list));
    assertThat(shown.text())
        .contains(
            "3行目 名称 名称がありません",
            "3行目 法人番号 法人番号の桁か検査数字が合いません",
            "4行目 メール 氏名があるのにメールがありません",
            "5行目 メール メールアドレスとして読めません",
            "5行目 氏名 メールがあるのに氏名がありません",
            "5行目 立場",
            "5行目 いつまで",
            "6行目 名称 使えない文字があるか、長すぎます",
            "7行目 名称 欄の数が見出しと違います",
            "9行目 メール 同じ相手方の同じメールが二度書かれています",
            "10行目 名称 同じ相手方について、前の行と違うことが書かれています");
    assertThat(shown.select("form[action$=/effect]")).isEmpty();
    send(list + "/effect", "looked", "0".repeat(64)).andExpect(status().isConflict());
    assertThat(suppliers()).isEmpty();
  }

  @Test
  @DisplayName("似た登録を違いの中で知らせ、見たあとに台帳が変われば、もう一度見せる")
  void showsWhatIsAlikeAndIsLookedAtAgain() throws Exception {
    send("/suppliers", "organisation", "（株）見本建設", "idempotencyKey", UUID.randomUUID().toString())
        .andExpect(status().isFound());
    var list = upload(TWO.getBytes(StandardCharsets.UTF_8));
    var shown = page(open(list));
    assertThat(shown.text()).contains("よく似た登録があります", "（株）見本建設（名称が同じか、書き方だけが違う）");
    send("/suppliers", "organisation", "赤城設計", "idempotencyKey", UUID.randomUUID().toString())
        .andExpect(status().isFound());
    var refused = page(take(list, shown).andExpect(status().isConflict()));
    assertThat(refused.select("[role=alert]").text()).contains("お見せしたあとに台帳が変わりました");
    assertThat(suppliers()).hasSize(2);
    take(list, refused).andExpect(redirectedUrl(list));
    assertThat(suppliers()).hasSize(3);
  }

  @Test
  @DisplayName("CSVでないもの、見出しの足りないものは断り、取りやめた一覧は登録できない")
  void refusesOtherFiles() throws Exception {
    for (var wrong :
        List.of(
            new byte[] {(byte) 0xff, 0, 1, (byte) 0x80},
            "名称,メール\r\n見本,\r\n".getBytes(StandardCharsets.UTF_8),
            new byte[0])) {
      mvc.perform(
              multipart("/suppliers/import")
                  .file(new MockMultipartFile("file", "../x\u0000.csv", "text/csv", wrong))
                  .with(csrf())
                  .with(TestPeople.as(body, admin)))
          .andExpect(status().isUnprocessableContent());
    }
    var list = upload(TWO.getBytes(StandardCharsets.UTF_8));
    var shown = page(open(list));
    send(list + "/cancellation").andExpect(redirectedUrl(list));
    take(list, shown).andExpect(status().isConflict());
    assertThat(suppliers()).isEmpty();
    var other = TestBody.create("-");
    var stranger = TestPeople.member(other, "k", "見本 清", other.section(), "BODY_ADMIN", null);
    mvc.perform(get(list).with(TestPeople.as(other, stranger))).andExpect(status().isNotFound());
  }

  private List<String> suppliers() throws Exception {
    return page(open("/suppliers")).select("tbody th a").stream().map(e -> e.text()).toList();
  }

  private String upload(byte[] file) throws Exception {
    return Objects.requireNonNull(
        mvc.perform(
                multipart("/suppliers/import")
                    .file(new MockMultipartFile("file", "相手方.csv", "text/csv", file))
                    .with(csrf())
                    .with(TestPeople.as(body, admin)))
            .andExpect(status().isFound())
            .andReturn()
            .getResponse()
            .getRedirectedUrl());
  }

  private ResultActions take(String list, Document shown) throws Exception {
    return send(
        list + "/effect",
        "looked",
        Objects.requireNonNull(shown.selectFirst("[name=looked]")).val());
  }

  private ResultActions open(String path) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(body, admin)));
  }

  private ResultActions send(String path, String... fields) throws Exception {
    var asked = post(path).with(csrf()).with(TestPeople.as(body, admin));
    for (var i = 0; i < fields.length; i += 2) {
      asked.param(fields[i], fields[i + 1]);
    }
    return mvc.perform(asked);
  }

  private static Document page(ResultActions answer) throws Exception {
    var text = answer.andReturn().getResponse().getContentAsString();
    assertThat(text).doesNotContain("??");
    return Jsoup.parse(text);
  }
}
