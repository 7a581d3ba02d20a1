package jp.musubi.counterparty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import org.hamcrest.Matchers;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("利用申出の画面")
class ApplyPagesTest {
  @Autowired MockMvc mvc;
  @Autowired Applications applications;
  @Autowired SupplierRegister register;
  @Autowired CounterpartyRules rules;

  private TestBody body;
  private String signatory;
  private String clerk;
  private String network;
  private String page;

  @BeforeEach
  void aBodyThatTakesApplications() throws Exception {
    body = TestBody.create("-");
    page = "/s/" + body.code() + "/application";
    signatory = "ichiro-" + UUID.randomUUID() + "@mihon.example";
    clerk = "jiro-" + UUID.randomUUID() + "@mihon.example";
    network = "203.0.113.7";
    var admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    mvc.perform(
            post("/settings/counterparties")
                .with(csrf())
                .with(TestPeople.as(body, admin))
                .param("open", "true"))
        .andExpect(status().isFound());
  }

  @Test
  @DisplayName("申出からメールの往復、受理、台帳への登録まで、すべて記録とともに進む")
  void leadFromTheFormToTheRegister() throws Exception {
    assertThat(page(open(page).andExpect(status().isOk())).text())
        .contains("上毛市 電子契約の利用申出", "同意していただくこと");
    submit(fields()).andExpect(status().isOk());

    var first = OutsideMail.await(signatory, 1).getFirst();
    assertThat(page(open(first.link())).text()).contains("株式会社 見本建設", "代表取締役 例田 一郎", clerk);
    assertThat(page(answer(first.link())).select("h1").text()).isEqualTo("このアドレスの確認がすみました");
    assertThat(states()).containsExactly("SUBMITTED");
    assertThat(staff("/applications").text()).doesNotContain("見本建設");
    var second = OutsideMail.await(clerk, 1).getFirst();
    assertThat(page(answer(second.link())).select("h1").text()).isEqualTo("申出を受け付けました");
    assertThat(states()).containsExactly("CONFIRMED");

    var list = staff("/applications");
    var path = Objects.requireNonNull(list.selectFirst("tbody a")).attr("href");
    var shown = staff(path);
    var text = shown.select("dd:contains(利用申出書 兼 同意書)").select("span").text();
    assertThat(shown.text()).contains("審査待ち", network, "SHA-256 " + digestOf(text(path)));
    assertThat(text).contains("同意します");

    assertThat(staff(path + "/acceptance").select("option[selected]").val()).isEqualTo("new");
    decide(path + "/acceptance", "supplier", "new").andExpect(status().isFound());
    assertThat(OutsideMail.await(signatory, 2).getLast().subject())
        .isEqualTo("【上毛市】電子契約の利用申出を受理しました");
    OutsideMail.await(clerk, 2);
    var supplier = Tenancy.in(body.id(), () -> register.search("見本建設", false, 9)).getFirst();
    assertThat(supplier.contacts())
        .extracting(each -> each.person().mail() + each.person().capacity())
        .containsExactlyInAnyOrder(signatory + "REPRESENTATIVE", clerk + "CLERK");
    assertThat(staff("/suppliers/" + supplier.id()).text()).contains("受理済");
    decide(path + "/acceptance", "supplier", "new").andExpect(status().isConflict());
    decide(path + "/rejection", "reason", "遅い").andExpect(status().isConflict());
    assertThat(actions())
        .containsSubsequence(
            "application.submitted",
            "application.address-proved",
            "application.address-proved",
            "application.confirmed",
            "application.accepted");
  }

  @Test
  @DisplayName("却下は理由とともに知らせ、理由なしではできない")
  void tellWhyItWasRejected() throws Exception {
    var path = confirmed();
    decide(path + "/rejection", "reason", " ").andExpect(status().isUnprocessableContent());
    decide(path + "/rejection", "reason", "委任の期間が読み取れません。").andExpect(status().isFound());
    var letter = OutsideMail.await(signatory, 2).getLast();
    assertThat(letter.text()).contains("委任の期間が読み取れません。");
    assertThat(states()).containsExactly("REJECTED");
    assertThat(Tenancy.in(body.id(), () -> register.search("", false, 9))).isEmpty();
  }

  @Test
  @DisplayName("同じ相手方が台帳にあれば、それを選んで受理でき、二重に登録しない")
  void joinTheSupplierThatIsThere() throws Exception {
    mvc.perform(
            post("/suppliers")
                .with(csrf())
                .with(TestPeople.as(body, body.clerk()))
                .param("idempotencyKey", UUID.randomUUID().toString())
                .param("organisation", "（株）見本建設"))
        .andExpect(status().isFound());
    var path = confirmed();
    var form = staff(path + "/acceptance");
    assertThat(form.text()).contains("よく似た登録があります", "（株）見本建設");
    decide(path + "/acceptance", "supplier", "").andExpect(status().isUnprocessableContent());
    decide(path + "/acceptance", "supplier", UUID.randomUUID().toString())
        .andExpect(status().isNotFound());
    decide(path + "/acceptance", "supplier", form.select("option").get(1).val())
        .andExpect(status().isFound());
    var suppliers = Tenancy.in(body.id(), () -> register.search("", false, 9));
    assertThat(suppliers).hasSize(1);
    assertThat(suppliers.getFirst().contacts()).hasSize(1);
  }

  @Test
  @DisplayName("リンクを50回見ても何も変わらず、押すのは一度だけ効き、秘密は保存されない")
  void changeNothingWhenScannersLook() throws Exception {
    submit(fields("clerkName", "", "clerkMail", "")).andExpect(status().isOk());
    var link = OutsideMail.await(signatory, 1).getFirst().link();
    var before = actions();
    for (var i = 0; i < 25; i++) {
      open(link).andExpect(status().isOk());
      mvc.perform(head(link)).andExpect(status().isOk());
    }
    assertThat(states()).containsExactly("SUBMITTED");
    assertThat(actions()).isEqualTo(before);
    mvc.perform(post(link)).andExpect(status().isForbidden());
    assertThat(states()).containsExactly("SUBMITTED");
    answer(link).andExpect(status().isOk());
    answer(link).andExpect(status().isOk());
    assertThat(actions()).filteredOn("application.address-proved"::equals).hasSize(1);
    var secret = link.substring(link.lastIndexOf('/') + 1);
    assertThat(stored("application_proof").toString()).doesNotContain(secret);
    assertThat(stored("mail").toString()).doesNotContain(secret);
  }

  @Test
  @DisplayName("違う秘密、ほかの団体、契約のリンクの場所では開かず、期限が過ぎれば終わる")
  void openForTheirOwnSecretOnly() throws Exception {
    submit(fields("clerkName", "", "clerkMail", "")).andExpect(status().isOk());
    var link = OutsideMail.await(signatory, 1).getFirst().link();
    var other = TestBody.create("-");
    for (var wrong :
        List.of(
            link.substring(0, link.length() - 1) + (link.endsWith("A") ? "B" : "A"),
            link.replace(body.code(), other.code()),
            link.replace(body.code(), "000000"),
            link.replace("/application/", "/consent/"),
            page + "/" + UUID.randomUUID() + "/" + "A".repeat(32),
            page + "/no-id/" + "A".repeat(32))) {
      open(wrong).andExpect(status().isNotFound());
      answer(wrong).andExpect(status().is4xxClientError());
    }
    assertThat(states()).containsExactly("SUBMITTED");
    TestPeople.run(
        "update application_proof set expires_at = now() - interval '1 second' where tenant_id = ?",
        body.id().value());
    open(link).andExpect(status().isGone());
    answer(link).andExpect(status().isGone());
    assertThat(states()).containsExactly("SUBMITTED");
  }

  @Test
  @DisplayName("書かれた文字は、画面では文字のまま、確認のメールには一切載らない")
  void carryNobodysWordsToAStranger() throws Exception {
    var hostile = "<script>alert(1)</script>http://evil.example ${7*7} {link:x} {0}";
    submit(fields("organisation", hostile, "title", "当選\tおめでとう".replace("\t", " ")))
        .andExpect(status().isOk());
    var letter = OutsideMail.await(signatory, 1).getFirst();
    assertThat(letter.subject()).isEqualTo("【上毛市】電子契約の利用申出：メールアドレスのご確認");
    assertThat(letter.text()).doesNotContain("evil", "script", "当選", "例田");
    var shown = page(open(letter.link()));
    assertThat(shown.select("main script")).isEmpty();
    assertThat(shown.text()).contains("<script>alert(1)</script>http://evil.example ${7*7}");
    for (var wrong :
        List.of(
            fields("mail", "ichiro@mihon.example\r\nBcc: all@mihon.example"),
            fields("mail", "a@mihon.example, b@mihon.example"),
            fields("organisation", "見本\u202e建設"),
            fields("authority", "KING"),
            fields("authority", "AGENT"),
            fields("scope", "ONE"),
            fields("clerkMail", ""),
            fields("validUntil", "令和2年3月31日"),
            fields("validUntil", "令和99年3月31日"),
            fields("number", "1000012050002"),
            fields("agreed", ""))) {
      submit(wrong).andExpect(status().isUnprocessableContent());
    }
    assertThat(states()).hasSize(1);
  }

  @Test
  @DisplayName("同じ送信は一度、一つの宛先へは一日3通、一つの回線からは一時間に10件まで")
  void keepFloodsOut() throws Exception {
    var once = fields();
    submit(once).andExpect(status().isOk());
    submit(once).andExpect(status().isOk());
    assertThat(states()).hasSize(1);
    submit(fields()).andExpect(status().isOk());
    submit(fields()).andExpect(status().isOk());
    submit(fields()).andExpect(status().isTooManyRequests());
    assertThat(states()).hasSize(3);
    for (var i = 0; i < 7; i++) {
      submit(
              fields(
                  "mail",
                  "a" + UUID.randomUUID() + "@mihon.example",
                  "clerkName",
                  "",
                  "clerkMail",
                  ""))
          .andExpect(status().isOk());
    }
    var another =
        fields(
            "mail", "b" + UUID.randomUUID() + "@mihon.example", "clerkName", "", "clerkMail", "");
    submit(another).andExpect(status().isTooManyRequests());
    network = "203.0.113.8";
    submit(another).andExpect(status().isOk());
    OutsideMail.await(signatory, 3);
    assertThat(OutsideMail.of(signatory)).hasSize(3);
  }

  @Test
  @DisplayName("閉じた団体、ない団体では受け付けず、守りのヘッダーが付き、記録は書き換えられない")
  void areShutWhereTheBodySaysSo() throws Exception {
    open(page)
        .andExpect(
            header()
                .string("Content-Security-Policy", Matchers.containsString("default-src 'none'")))
        .andExpect(header().string("Referrer-Policy", "no-referrer"))
        .andExpect(header().string("X-Robots-Tag", Matchers.containsString("noindex")));
    submit(fields()).andExpect(status().isOk());
    var shut = TestBody.create("-");
    for (var code : List.of(shut.code(), "000000", "x")) {
      open("/s/" + code + "/application").andExpect(status().isNotFound());
      mvc.perform(with(post("/s/" + code + "/application").with(csrf()), fields()))
          .andExpect(status().isNotFound());
    }
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(() ->
                Tenancy.in(
                    body.id(), () -> jdbc.sql("update application set text_shown = 'x'").update())))
        .hasStackTraceContaining("permission denied");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> Tenancy.in(body.id(), () -> jdbc.sql("delete from application").update())))
        .hasStackTraceContaining("permission denied");
  }

  @Autowired org.springframework.jdbc.core.simple.JdbcClient jdbc;

  private String confirmed() throws Exception {
    submit(fields("clerkName", "", "clerkMail", "")).andExpect(status().isOk());
    answer(OutsideMail.await(signatory, 1).getFirst().link()).andExpect(status().isOk());
    return Objects.requireNonNull(staff("/applications").selectFirst("tbody a")).attr("href");
  }

  private Map<String, String> fields(String... other) {
    var fields = new HashMap<String, String>();
    fields.put("idempotencyKey", UUID.randomUUID().toString());
    fields.put("organisation", "株式会社 見本建設");
    fields.put("number", "7000012050002");
    fields.put("address", "上毛市本町1-1");
    fields.put("phone", "027-000-0100");
    fields.put("name", "例田 一郎");
    fields.put("title", "代表取締役");
    fields.put("mail", signatory);
    fields.put("authority", "REPRESENTATIVE");
    fields.put("clerkName", "例田 次郎");
    fields.put("clerkMail", clerk);
    fields.put("scope", "STANDING");
    // Counted from today, as the service does.
    fields.put("validUntil", JapaneseDates.date(LocalDate.now(JapaneseDates.ZONE).plusDays(90)));
    fields.put("agreed", "true");
    for (var i = 0; i < other.length; i += 2) {
      fields.put(other[i], other[i + 1]);
    }
    return fields;
  }

  private ResultActions submit(Map<String, String> fields) throws Exception {
    return mvc.perform(with(post(page).with(csrf()), fields));
  }

  private org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder with(
      org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder asked,
      Map<String, String> fields) {
    fields.forEach(asked::param);
    return asked.with(request -> {
      request.setRemoteAddr(network);
      return request;
    });
  }

  private ResultActions open(String path) throws Exception {
    return mvc.perform(get(path));
  }

  private ResultActions answer(String link) throws Exception {
    return mvc.perform(with(post(link).with(csrf()), Map.of()));
  }

  private ResultActions decide(String path, String field, String value) throws Exception {
    return mvc.perform(
        post(path).with(csrf()).with(TestPeople.as(body, body.clerk())).param(field, value));
  }

  private Document staff(String path) throws Exception {
    return page(
        mvc.perform(get(path).with(TestPeople.as(body, body.clerk()))).andExpect(status().isOk()));
  }

  private String text(String path) {
    var id = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    return Tenancy.in(body.id(), () -> applications.get(id)).text();
  }

  private static String digestOf(String text) {
    return Texts.digest(text).hex();
  }

  private static Document page(ResultActions answer) throws Exception {
    var text = answer.andReturn().getResponse().getContentAsString();
    assertThat(text).doesNotContain("??");
    return Jsoup.parse(text);
  }

  private List<String> states() throws SQLException {
    return rows("select state from application where tenant_id = ? order by submitted_at");
  }

  private List<String> actions() throws SQLException {
    return rows("select action from audit_entry where tenant_id = ? order by seq");
  }

  private List<String> stored(String table) throws SQLException {
    return rows("select t::text from " + table + " t where tenant_id = ?");
  }

  private List<String> rows(String sql) throws SQLException {
    var found = new java.util.ArrayList<String>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, body.id().value());
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          found.add(row.getString(1));
        }
      }
    }
    return found;
  }
}
