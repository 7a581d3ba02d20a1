package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.vault.Vault;
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
@DisplayName("紙での締結")
class PaperConclusionTest {
  @Autowired private MockMvc mvc;
  @Autowired private Vault vault;

  private TestBody body;
  private UUID id;
  private String path;

  @BeforeEach
  void open() {
    body = TestBody.create("-");
    id = TestContract.draft(body, vault).id().value();
    path = "/contracts/" + id;
  }

  @Test
  @DisplayName("紙に切り替えた契約は、締結した日と原本の置き場所と読み取った画像を持ち、同じ台帳で探せて、CSVにも出る")
  void standsInTheSameRegister() throws Exception {
    toPaper();
    assertThat(page(open(path)).text()).contains("紙での締結は、まだ記録していません");
    record("令和8年4月10日", "建設部書庫 R8-03の箱").andExpect(redirectedUrl(path));
    assertThat(page(open(path)).text()).contains("紙の契約書で、令和8年4月10日", "原本の置き場所：建設部書庫 R8-03の箱");
    var scan = new MockMultipartFile("files", "読み取った契約書.pdf", null, TestPdf.contract());
    mvc.perform(
            multipart(path + "/files")
                .file(scan)
                .param("idempotencyKey", UUID.randomUUID().toString())
                .param("role", "INTERNAL")
                .param("kind", "OTHER")
                .with(csrf())
                .with(TestPeople.as(body, body.clerk())))
        .andExpect(redirectedUrl(path + "/files"));
    assertThat(page(open(path + "/files")).text()).contains("読み取った契約書.pdf");

    assertThat(found("2026-04-10", "2026-04-10")).isTrue();
    assertThat(found("2026-04-11", "2026-04-30")).isFalse();
    assertThat(found("2026-03-01", "2026-04-09")).isFalse();
    assertThat(text(open("/register.csv"))).contains(",2026-04-10,");
  }

  @Test
  @DisplayName("誤った日は記録し直せ、前の記録も残る。同じ送信は一度に数える")
  void isPutRight() throws Exception {
    toPaper();
    record("R8.4.10", "");
    record("R8.4.12", "書庫");
    var form = page(open(path + "/paper-conclusion"));
    assertThat(form.select("[name=concludedOn]").val()).contains("令和8年4月12日");
    var key = form.select("[name=idempotencyKey]").val();
    for (var twice = 0; twice < 2; twice++) {
      send(key, "R8.4.13", "書庫").andExpect(redirectedUrl(path));
    }
    assertThat(
            TestPeople.text(
                "select string_agg(concluded_on::text, ' ' order by number) from paper_conclusion"
                    + " where contract_id = ?",
                id))
        .isEqualTo("2026-04-10 2026-04-12 2026-04-13");
    assertThat(
            TestPeople.text(
                "select count(*)::text from audit_entry where contract_id = ?"
                    + " and action = 'contract.concluded-on-paper'",
                id))
        .isEqualTo("3");
  }

  @Test
  @DisplayName("これからの日、読めない日、紙に切り替えていない契約には記録しない")
  void isNotRecordedOtherwise() throws Exception {
    open(path + "/paper-conclusion").andExpect(status().isConflict());
    record("R8.4.10", "").andExpect(status().isConflict());
    toPaper();
    // The form's reader counts from today, too.
    var tomorrow = LocalDate.now(JapaneseDates.ZONE).plusDays(1);
    for (var day : new String[] {"", "四月ごろ", JapaneseDates.date(tomorrow)}) {
      record(day, "").andExpect(status().isUnprocessableContent());
    }
    record("R8.4.10", "あ".repeat(101)).andExpect(status().isUnprocessableContent());
    assertThat(
            TestPeople.text(
                "select count(*)::text from paper_conclusion where contract_id = ?", id))
        .isEqualTo("0");
  }

  private void toPaper() throws Exception {
    var ask = page(open(path + "/paper"));
    mvc.perform(
            post(path + "/paper")
                .param("idempotencyKey", ask.select("[name=idempotencyKey]").val())
                .param("reason", "相手方が電子契約を使えないため")
                .with(csrf())
                .with(TestPeople.as(body, body.clerk())))
        .andExpect(redirectedUrl(path));
  }

  private ResultActions record(String day, String place) throws Exception {
    return send(UUID.randomUUID().toString(), day, place);
  }

  private ResultActions send(String key, String day, String place) throws Exception {
    return mvc.perform(
        post(path + "/paper-conclusion")
            .param("idempotencyKey", key)
            .param("concludedOn", day)
            .param("keptAt", place)
            .with(csrf())
            .with(TestPeople.as(body, body.clerk())));
  }

  private boolean found(String from, String until) throws Exception {
    var list = open("/register?concludedFrom=%s&concludedUntil=%s".formatted(from, until));
    return !page(list).select("a[href=%s]".formatted(path)).isEmpty();
  }

  private ResultActions open(String address) throws Exception {
    return mvc.perform(get(address).with(TestPeople.as(body, body.clerk())));
  }

  private static Document page(ResultActions answer) throws Exception {
    return Jsoup.parse(text(answer));
  }

  private static String text(ResultActions answer) throws Exception {
    return answer.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8);
  }
}
