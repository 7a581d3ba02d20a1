package jp.musubi.elsewhere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestClamd;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.TestSeals;
import jp.musubi.contract.Contracts;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
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
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServiceTest
@DisplayName("他社サービスで締結した契約")
class ElsewhereTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired Contracts contracts;
  @Autowired Receiving receiving;

  private TestBody body;

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
  }

  @Test
  @DisplayName("署名を確かめてから登録し、受け取ったままのファイルと検証の記録を持ち、台帳・CSV・ZIPに出る")
  void isRegisteredAsReceived() throws Exception {
    var signed = signed();
    var path = received(signed);
    var asked = page(open(path).andExpect(status().isOk()));
    assertThat(asked.select(".dads-notification-banner[data-type=success]").text())
        .contains("署名を確かめました", "有効");
    assertThat(asked.text()).contains("見本サイン", "このまま確かめられる期限", "PAdES-BASELINE-LTA");
    assertThat(asked.select("[name=concludedOn], [name=understood]")).isEmpty();

    var contract = registered(path, form(path));
    var id = UUID.fromString(contract.substring("/contracts/".length()));
    var shown = page(open(contract));
    assertThat(shown.text())
        .contains("他社サービスで締結した契約です（見本サイン）", "台帳の訂正", "まで、署名とタイムスタンプをこのまま確かめられます")
        .doesNotContain("まだ同意していません", "建設業法の承諾", "相手方が閲覧できる期間", "原本照合");
    assertThat(shown.select("a[href$=certificate.pdf], a[href$=copy]")).isEmpty();
    perform(post(contract + "/copy").param("idempotencyKey", UUID.randomUUID().toString()))
        .andExpect(status().isConflict());
    assertThat(open(contract + "/document.pdf").andReturn().getResponse().getContentAsByteArray())
        .isEqualTo(signed);
    open(contract + "/certificate.pdf").andExpect(status().isNotFound());
    open(contract + "/pages/1.png").andExpect(status().isOk());
    assertThat(page(open(contract + "/elsewhere")).text())
        .contains("登録したときの検証の記録", "署名1", Sha256.of(signed).hex());

    assertThat(page(open("/register?words=見本橋")).text()).contains("見本橋 補修工事", "他社サービスで締結");
    assertThat(text(open("/register?phase=ELSEWHERE"))).contains("見本橋 補修工事");
    assertThat(text(open("/register?phase=CONCLUDED"))).doesNotContain("見本橋 補修工事");
    assertThat(text(open("/register.csv"))).contains("見本橋 補修工事", "株式会社 見本建設", "他社サービスで締結");
    assertThat(text(open("/contracts?filter=elsewhere"))).contains("見本橋 補修工事");
    var zip = zip("/contracts/download.zip?filter=all");
    assertThat(zip.values()).anySatisfy(file -> assertThat(file).isEqualTo(signed));
    assertThat(zip.keySet())
        .anyMatch(name -> name.startsWith("検証結果/"))
        .noneMatch(name -> name.startsWith("締結証明書/"));
    assertThat(
            TestPeople.text(
                "select string_agg(action, ' ' order by action) from audit_entry"
                    + " where tenant_id = ? and action like 'contract.%elsewhere%'",
                body.id().value()))
        .isEqualTo("contract.elsewhere-received contract.registered-elsewhere");
    assertThat(TestPeople.text("select state from contract where id = ?", id))
        .isEqualTo("ELSEWHERE");
    open(path).andExpect(status().isNotFound());
  }

  @Test
  @DisplayName("変更されたファイル、害のあるファイル、PDFでないものは受け付けず、何も残さない")
  void takesNothingThatMisleads() throws Exception {
    var changed = signed();
    changed[changed.length / 3] ^= 1;
    assertThat(page(send(changed, "契約書.pdf").andExpect(status().isUnprocessableContent())).text())
        .contains("登録できません", "署名の後に変更されています", "無効");
    for (var bytes :
        new byte[][] {"これはPDFではない".getBytes(UTF_8), TestClamd.EICAR.getBytes(UTF_8), {}}) {
      send(bytes, "契約書.pdf").andExpect(status().isUnprocessableContent());
    }
    send(signed(), "契約書.docx").andExpect(status().isUnprocessableContent());
    assertThat(count("elsewhere_upload")).isEqualTo("0");
    assertThat(count("vault_object")).isEqualTo("0");
    assertThat(count("contract")).isEqualTo("0");
  }

  @Test
  @DisplayName("署名のないPDFは、写しと分かったうえで、締結した日を言うときだけ登録する。入力は消えない")
  void isACopyWithoutSignature() throws Exception {
    var path = received(unsigned());
    assertThat(page(open(path)).select(".dads-notification-banner[data-type=warning]").text())
        .contains("写しとして登録します", "原本は締結したサービスにある");
    // The form's reader counts from today, too.
    var tomorrow = JapaneseDates.date(LocalDate.now(JapaneseDates.ZONE).plusDays(1));
    for (var day : new String[] {"", tomorrow}) {
      var wrong =
          page(
              perform(form(path).param("understood", "true").param("concludedOn", day))
                  .andExpect(status().isUnprocessableContent()));
      assertThat(wrong.select("[name=title]").val()).isEqualTo("見本橋 補修工事");
    }
    perform(form(path).param("concludedOn", "令和8年4月10日"))
        .andExpect(status().isUnprocessableContent());
    assertThat(count("contract")).isEqualTo("0");
    var contract =
        registered(path, form(path).param("concludedOn", "令和8年4月10日").param("understood", "true"));
    assertThat(page(open(contract)).select(".dads-notification-banner[data-type=warning]").text())
        .contains("契約の写しです（見本サイン）");
    assertThat(text(open("/register?concludedFrom=2026-04-10&concludedUntil=2026-04-10")))
        .contains("見本橋 補修工事");
  }

  @Test
  @DisplayName("持ってきた人だけが登録でき、やめたものと忘れたものは中身が消える。使われている中身は残る")
  void isErasedUnlessRegistered() throws Exception {
    var given = received(unsigned());
    var other =
        TestPeople.member(body, "e-other", "見本 次郎", body.section(), "CLERK", body.section());
    mvc.perform(get(given).with(TestPeople.as(body, other))).andExpect(status().isNotFound());
    perform(post(given + "/removal")).andExpect(status().is3xxRedirection());
    open(given).andExpect(status().isNotFound());
    assertThat(Tenancy.in(body.id(), receiving::tidy)).isEqualTo(1);
    assertThat(Tenancy.in(body.id(), receiving::tidy)).isZero();
    assertThat(
            TestPeople.text(
                "select count(*)::text from vault_object where tenant_id = ? and erased_at is null",
                body.id().value()))
        .isEqualTo("0");

    // The same bytes anew, once registered and once forgotten: what a contract has, stays.
    registered(
        received(unsigned()),
        form(received(unsigned())).param("concludedOn", "R8.4.10").param("understood", "true"));
    TestPeople.run(
        "update elsewhere_upload set judged_at = judged_at - interval '8 days' where tenant_id = '%s'"
            .formatted(body.id()));
    Tenancy.in(body.id(), receiving::tidy);
    assertThat(
            TestPeople.text(
                "select count(*)::text from vault_object where tenant_id = ? and erased_at is null",
                body.id().value()))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("登録した契約の文書も状態も、データベースが変えさせない")
  void staysAsReceived() throws Exception {
    var contract =
        registered(
            received(unsigned()),
            form(received(unsigned())).param("concludedOn", "R8.4.10").param("understood", "true"));
    var id = contract.substring("/contracts/".length());
    for (var change :
        new String[] {
          "final_sha256 = null", "state = 'DRAFT'", "state = 'DISPOSED'", "state = 'CONCLUDED'"
        }) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> TestPeople.run("update contract set " + change + " where id = '" + id + "'"))
          .as(change)
          .isNotNull();
    }
  }

  private byte[] signed() {
    var other = TestBody.create("-");
    var id = TestSeals.concluded(contracts, vault, other);
    return Tenancy.in(
        other.id(),
        () -> vault.with(contracts.get(id).finalFile().orElseThrow(), ElsewhereTest::bytes));
  }

  private byte[] unsigned() {
    var other = TestBody.create("-");
    var draft = TestContract.draft(other, vault);
    return Tenancy.in(other.id(), () -> vault.with(draft.prepared(), ElsewhereTest::bytes));
  }

  private String received(byte[] file) throws Exception {
    return String.valueOf(
        send(file, "契約書.pdf")
            .andExpect(status().is3xxRedirection())
            .andReturn()
            .getResponse()
            .getRedirectedUrl());
  }

  private ResultActions send(byte[] file, String name) throws Exception {
    return mvc.perform(
        multipart("/elsewhere")
            .file(new MockMultipartFile("file", name, null, file))
            .param("service", "見本サイン")
            .param("idempotencyKey", UUID.randomUUID().toString())
            .with(csrf())
            .with(TestPeople.as(body, body.clerk())));
  }

  private static MockHttpServletRequestBuilder form(String path) {
    return post(path + "/registration")
        .param("title", "見本橋 補修工事")
        .param("counterparty", "株式会社 見本建設")
        .param("kind", "WORKS")
        .param("amount", "1,100,000")
        .param("periodUntil", "令和9年3月31日");
  }

  /** The path is where the form was asked for; what the form says where it goes. */
  private String registered(String path, MockHttpServletRequestBuilder form) throws Exception {
    assertThat(path).startsWith("/elsewhere/");
    var url = perform(form).andReturn().getResponse().getRedirectedUrl();
    assertThat(url).startsWith("/contracts/");
    return String.valueOf(url);
  }

  private ResultActions perform(MockHttpServletRequestBuilder request) throws Exception {
    return mvc.perform(request.with(csrf()).with(TestPeople.as(body, body.clerk())));
  }

  private ResultActions open(String path) throws Exception {
    return mvc.perform(
        get(java.net.URI.create(encoded(path))).with(TestPeople.as(body, body.clerk())));
  }

  private static String encoded(String path) {
    return org.springframework.web.util.UriComponentsBuilder.fromUriString(path)
        .build()
        .encode()
        .toUriString();
  }

  private String count(String table) {
    return String.valueOf(
        TestPeople.text(
            "select count(*)::text from " + table + " where tenant_id = ?", body.id().value()));
  }

  private Map<String, byte[]> zip(String path) throws Exception {
    var begun = open(path).andReturn();
    var result =
        begun.getRequest().isAsyncStarted()
            ? mvc.perform(
                    org.springframework.test.web.servlet.request.MockMvcRequestBuilders
                        .asyncDispatch(begun))
                .andReturn()
            : begun;
    var files = new TreeMap<String, byte[]>();
    try (var in =
        new ZipInputStream(
            new ByteArrayInputStream(result.getResponse().getContentAsByteArray()))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  private static Document page(ResultActions result) throws Exception {
    return Jsoup.parse(text(result));
  }

  private static String text(ResultActions result) throws Exception {
    return result.andReturn().getResponse().getContentAsString(UTF_8);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
