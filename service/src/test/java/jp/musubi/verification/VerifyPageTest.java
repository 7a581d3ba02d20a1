package jp.musubi.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("原本照合のページ")
class VerifyPageTest {
  private static final byte[] FINAL = "締結版".getBytes(UTF_8);
  private static final byte[] CERTIFICATE = "締結証明書".getBytes(UTF_8);
  private static final byte[] MASKED = "相手方への締結証明書".getBytes(UTF_8);

  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  private TestBody body;
  private TestContract contract;
  private String number;

  @BeforeEach
  void aConcludedContract() throws SQLException {
    body = TestBody.create("-");
    contract = TestContract.draft(body, vault);
    number = concluded();
  }

  @Test
  @DisplayName("だれでも開けて、証明書の番号から来れば、団体と番号が入っている")
  void isOpenAndFilledByTheCertificatesAddress() throws Exception {
    var page = page(get("/verify").param("body", body.code()).param("number", number));
    assertThat(page.select("input[name=number]").val()).isEqualTo(number);
    assertThat(page.select("option[selected]").val()).isEqualTo(body.code());
    assertThat(page.select("form").attr("enctype")).isEqualTo("multipart/form-data");
    assertThat(page.text()).contains("ファイルは送られません");
  }

  @Test
  @DisplayName("要約値だけで、契約書か証明書に一致、不一致、不明を答え、契約の中身は言わない")
  void answersByTheDigestAlone() throws Exception {
    for (var known : List.of(FINAL, CERTIFICATE, MASKED)) {
      var page = asked(body, number, Sha256.of(known).hex(), HttpStatus.OK);
      assertThat(banner(page)).contains("一致：", number);
      assertThat(page.text()).doesNotContain("市道1024号線", "例田", "見本建設");
    }
    assertThat(banner(asked(body, number, Sha256.of(FINAL).hex(), HttpStatus.OK)))
        .contains("締結された契約書です");
    assertThat(banner(asked(body, number, Sha256.of(MASKED).hex(), HttpStatus.OK)))
        .contains("締結証明書です");
    var other = Sha256.of("別の契約書".getBytes(UTF_8)).hex();
    assertThat(banner(asked(body, number, other, HttpStatus.OK))).contains("不一致");
    assertThat(banner(asked(body, "R8-999999", Sha256.of(FINAL).hex(), HttpStatus.OK)))
        .contains("不明");
    var elsewhere = TestBody.create("-");
    assertThat(banner(asked(elsewhere, number, Sha256.of(FINAL).hex(), HttpStatus.OK)))
        .contains("不明");
    var draft = TestContract.draft(body, vault);
    assertThat(
            banner(
                asked(body, numberOf(draft.id().value()), draft.prepared().hex(), HttpStatus.OK)))
        .contains("不明");
  }

  @Test
  @DisplayName("英語でも同じ答えを読める")
  void answersInEnglish() throws Exception {
    var page =
        page(
            question(body, number, Sha256.of(FINAL).hex())
                .cookie(new Cookie("musubi-reading", "en.normal")));
    assertThat(banner(page)).contains("Match: this is the concluded contract", number);
    assertThat(page.text()).contains("the file is not sent");
  }

  @Test
  @DisplayName("職員は、見られる契約について、手元のファイルが契約のどの版かまで分かる")
  void tellsStaffWhichFileItIs() throws Exception {
    var viewer = TestPeople.member(body, "miru", "閲覧 みる", body.section(), "VIEWER", null);
    var path = "/contracts/" + contract.id() + "/original";
    assertThat(page(get("/contracts/" + contract.id()).with(TestPeople.as(body, viewer))).html())
        .contains(path);
    var said = new ArrayList<String>();
    for (var digest :
        List.of(Sha256.of(FINAL), Sha256.of(CERTIFICATE), Sha256.of(MASKED), contract.prepared())) {
      said.add(
          banner(
              page(
                  multipart(path)
                      .param("sha256", digest.hex())
                      .with(csrf())
                      .with(TestPeople.as(body, viewer)))));
    }
    assertThat(said.get(0)).contains("締結版です");
    assertThat(said.get(1)).contains("締結証明書です");
    assertThat(said.get(2)).contains("相手方への締結証明書です");
    assertThat(said.get(3)).contains("送ったときのもの");
    var sent =
        page(
            multipart(path)
                .file(new MockMultipartFile("file", "x.pdf", "application/pdf", new byte[] {1}))
                .with(csrf())
                .with(TestPeople.as(body, viewer)));
    assertThat(banner(sent)).contains("不一致");
  }

  @Test
  @DisplayName("スクリプトがなければ、送られたファイルの要約値を計算し、何も残さない")
  void digestsAFileThatIsSent() throws Exception {
    var before = count("select count(*) from vault_object");
    var answer =
        mvc.perform(
                multipart("/verify")
                    .file(new MockMultipartFile("file", "契約書.pdf", "application/pdf", FINAL))
                    .param("body", body.code())
                    .param("number", number)
                    .param("sha256", "")
                    .with(csrf()))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsString(UTF_8);
    assertThat(banner(Jsoup.parse(answer))).contains("一致：", Sha256.of(FINAL).hex());
    assertThat(count("select count(*) from vault_object")).isEqualTo(before);

    var nothing = asked(body, "", "", HttpStatus.UNPROCESSABLE_CONTENT);
    assertThat(nothing.text()).contains("確かめるファイルを選んでください");
  }

  @Test
  @DisplayName("一つのところから一時間に60回まで、ほかのところは止めない")
  void isNotToBeGuessedAt() throws Exception {
    var digest = Sha256.of(FINAL).hex();
    asked(body, number, digest, HttpStatus.OK);
    TestPeople.run(
        """
        insert into file_inquiry (tenant_id, id, client_net, asked_at)
        select tenant_id, gen_random_uuid(), client_net, now()
          from file_inquiry, generate_series(1, 59) where tenant_id = ?
        """,
        body.id().value());
    assertThat(banner(asked(body, number, digest, HttpStatus.TOO_MANY_REQUESTS)))
        .contains("しばらく待ってください");
    mvc.perform(question(body, number, digest).with(from("198.51.100.9")))
        .andExpect(status().isOk());
    TestPeople.run(
        "update file_inquiry set asked_at = now() - interval '25 hours' where tenant_id = ?",
        body.id().value());
    asked(body, number, digest, HttpStatus.OK);
    assertThat(count("select count(*) from file_inquiry")).isEqualTo(1);
  }

  private Document asked(TestBody of, String wanted, String digest, HttpStatus expected)
      throws Exception {
    return Jsoup.parse(
        mvc.perform(question(of, wanted, digest))
            .andExpect(status().is(expected.value()))
            .andReturn()
            .getResponse()
            .getContentAsString(UTF_8));
  }

  private static org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder
      question(TestBody of, String wanted, String digest) {
    var asked = multipart("/verify");
    asked.param("body", of.code()).param("number", wanted).param("sha256", digest).with(csrf());
    return asked;
  }

  private Document page(org.springframework.test.web.servlet.RequestBuilder asked)
      throws Exception {
    return Jsoup.parse(
        mvc.perform(asked)
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsString(UTF_8));
  }

  private static String banner(Document page) {
    return page.select(".dads-notification-banner").text();
  }

  private static RequestPostProcessor from(String address) {
    return request -> {
      request.setRemoteAddr(address);
      return request;
    };
  }

  private String numberOf(UUID contract) {
    return Objects.requireNonNull(
        Tenancy.in(
            body.id(),
            () ->
                transaction.execute(_ ->
                    jdbc.sql("select number from contract where id = :id")
                        .param("id", contract)
                        .query(String.class)
                        .single())));
  }

  private int count(String sql) {
    return Objects.requireNonNull(
        Tenancy.in(
            body.id(),
            () -> transaction.execute(_ -> jdbc.sql(sql).query(Integer.class).single())));
  }

  /** As if it had been concluded, with files of known digests. */
  private String concluded() throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement =
            connection.prepareStatement(
                """
                update contract
                   set state = 'CONCLUDED', final_sha256 = ?, certificate_sha256 = ?,
                       certificate_masked_sha256 = ?, dispatched_at = now(),
                       deadline = now() + interval '1 day', concluded_at = now()
                 where id = ?
                """)) {
      connection.setAutoCommit(false);
      try (var plain = connection.createStatement()) {
        plain.execute("set local session_replication_role = replica");
      }
      statement.setString(1, Sha256.of(FINAL).hex());
      statement.setString(2, Sha256.of(CERTIFICATE).hex());
      statement.setString(3, Sha256.of(MASKED).hex());
      statement.setObject(4, contract.id().value());
      statement.execute();
      connection.commit();
    }
    return numberOf(contract.id().value());
  }
}
