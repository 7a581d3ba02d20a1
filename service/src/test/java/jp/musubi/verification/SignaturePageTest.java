package jp.musubi.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestClamd;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.TestRound;
import jp.musubi.TestSeals;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Contracts;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.AddressRange;
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
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder;

@ServiceTest
@DisplayName("署名の検証のページ")
class SignaturePageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("PASSWORD", "L3", "同意して電子署名します。", "192.0.2.1", "test");
  private static final int SEALS = 3;
  private static final AtomicInteger NETWORK = new AtomicInteger();

  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired Contracts contracts;

  private TestBody home;
  private String network;

  @BeforeEach
  void somewhere() {
    home = TestBody.operators();
    // Each test asks from a place of its own: how often is counted.
    network = "198.51.%d.7".formatted(100 + NETWORK.incrementAndGet());
  }

  @Test
  @DisplayName("締結した契約書は有効と言い、だれの証明書で、いつ署名されたかを示す。英語でも同じ")
  void tellsWhoSignedAndWhen() throws Exception {
    var concluded = concluded();

    var page = page(asked(concluded), HttpStatus.OK);
    assertThat(page.select(".dads-notification-banner[data-type=success]").text())
        .contains("有効", Sha256.of(concluded).hex());
    assertThat(page.select("section.musubi-card dl.dads-description-list")).hasSize(SEALS + 1);
    assertThat(page.text()).contains("署名1", "署名の証明書の名義", "PAdES-BASELINE-LTA", "長期保存のためのタイムスタンプ");

    var english =
        page(asked(concluded).cookie(new Cookie("musubi-reading", "en.normal")), HttpStatus.OK);
    assertThat(english.select(".dads-notification-banner[data-type=success]").text())
        .contains("Valid", "Japan time");

    var changed = concluded.clone();
    changed[changed.length / 3] ^= 1;
    var broken = page(asked(changed), HttpStatus.OK);
    assertThat(broken.select(".dads-notification-banner[data-type=error]").text())
        .contains("無効", "元のファイルをもう一度求めてください");
  }

  @Test
  @DisplayName("署名がない、PDFでない、害がある、選んでいない、そのどれかを言い、何も残さない")
  void tellsWhatItCannotJudge() throws Exception {
    var body = TestBody.create("-");
    var contract = TestContract.draft(body, vault);
    var unsigned =
        Tenancy.in(body.id(), () -> vault.with(contract.prepared(), SignaturePageTest::bytes));

    assertThat(page(asked(unsigned), HttpStatus.OK).text()).contains("署名がありません");
    assertThat(page(asked("これはPDFではない".getBytes(UTF_8)), HttpStatus.UNPROCESSABLE_CONTENT).text())
        .contains("PDFとして読めません");
    assertThat(
            page(asked(TestClamd.EICAR.getBytes(UTF_8)), HttpStatus.UNPROCESSABLE_CONTENT).text())
        .contains("ウイルス検査で止まりました");
    assertThat(page(asked(new byte[0]), HttpStatus.UNPROCESSABLE_CONTENT).text())
        .contains("確かめるファイルを選んでください");
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(
              files.filter(
                  file -> file.getFileName().toString().startsWith("musubi-signature-check")))
          .isEmpty();
    }
  }

  @Test
  @DisplayName("同じところから続けば、何も開かずに断る")
  void isNotAskedForEver() throws Exception {
    for (var i = 0; i < 30; i++) {
      TestPeople.run(
          """
          insert into file_inquiry (tenant_id, id, client_net, asked_at)
          values ('%s', gen_random_uuid(), '%s', now())
          """
              .formatted(home.id(), AddressRange.network(network)));
    }

    assertThat(page(asked("%PDF-".getBytes(UTF_8)), HttpStatus.TOO_MANY_REQUESTS).text())
        .contains("一時間ほど待って");
  }

  @Test
  @DisplayName("署名に書かれた名前は、短く、向きも改行もない一行になる")
  void doesNotLetAFileSpeakForThePage() {
    assertThat(SignatureSheet.plain("上毛市長\u202e\n有効\u200b")).isEqualTo("上毛市長  有効");
    assertThat(SignatureSheet.plain("𠮷".repeat(300))).isEqualTo("𠮷".repeat(200) + "…");
    assertThat(SignatureSheet.subject("CN=むすび\\, 署名,OU=x,O=上毛市,C=JP")).isEqualTo("むすび, 署名、上毛市");
    assertThat(SignatureSheet.subject("no name")).isEqualTo("no name");
  }

  private byte[] concluded() {
    var body = TestBody.create("-");
    var round = TestRound.begin(body, vault, contracts, Instant.now().plus(Duration.ofDays(7)));
    round.agree(contracts);
    TestSeals.await(
        contracts, body, round.id(), PATIENCE, contract -> contract.revisions().size() == 2);
    var now = round.particulars(contracts);
    Tenancy.in(
        body.id(),
        () ->
            contracts.agree(
                round.id(),
                now.parties().get(2),
                now.currentFile(),
                new Actor(Actor.Kind.STAFF, "1", "見本 花子"),
                MANNER));
    TestSeals.await(
        contracts, body, round.id(), PATIENCE, contract -> contract.finalFile().isPresent());
    var file = round.particulars(contracts).finalFile().orElseThrow();
    return Tenancy.in(body.id(), () -> vault.with(file, SignaturePageTest::bytes));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MockMultipartHttpServletRequestBuilder asked(byte[] pdf) {
    var request =
        multipart("/verify/signatures")
            .file(new MockMultipartFile("file", "契約書.pdf", "application/pdf", pdf));
    request
        .with(csrf())
        .with(sent -> {
          sent.setRemoteAddr(network);
          return sent;
        });
    return request;
  }

  private Document page(MockMultipartHttpServletRequestBuilder request, HttpStatus expected)
      throws Exception {
    return Jsoup.parse(
        mvc.perform(request)
            .andExpect(status().is(expected.value()))
            .andReturn()
            .getResponse()
            .getContentAsString(UTF_8));
  }
}
