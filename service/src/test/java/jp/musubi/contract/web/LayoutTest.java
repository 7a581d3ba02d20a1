package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.OfficeIntake;
import jp.musubi.contract.SendingGate;
import jp.musubi.conversion.OfficeFile;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.Loader;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("WordやExcelから作った文書は")
class LayoutTest {
  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Attachments attachments;
  @Autowired OfficeIntake office;
  @Autowired List<SendingGate> gates;
  @Autowired AuditTrail audit;
  @Autowired Vault vault;
  @Autowired TransactionTemplate transactions;

  private TestBody body;

  @BeforeEach
  void aBody() {
    Assumptions.assumeTrue(
        office.isOffered(), "no LibreOffice, or no network namespaces: nothing was converted");
    body = TestBody.create("x");
  }

  @Test
  @DisplayName("だれかが体裁を確かめるまで送信できず、確かめたことが記録に残る")
  void leavesOnlyWhenSomebodyHasLooked() throws Exception {
    var word = OfficeFile.word("業務委託契約書", "株式会社髙﨑");
    var key = UUID.randomUUID().toString();
    var first = upload("/contracts", "業務委託契約書.docx", word, key);
    assertThat(first.getRedirectedUrl()).endsWith("/layout?next=parties");
    // The same form sent twice makes one draft, though no conversion is like another.
    assertThat(upload("/contracts", "業務委託契約書.docx", word, key).getRedirectedUrl())
        .isEqualTo(first.getRedirectedUrl());
    var path = path(first);
    var id = new ContractId(UUID.fromString(path.substring("/contracts/".length())));

    var page = Jsoup.parse(open(path + "/layout?next=parties").getContentAsString());
    assertThat(page.text()).contains("「業務委託契約書.docx」をPDFにしました", "改行とページの切れ目");
    assertThat(page.select("figure.musubi-page img")).hasSize(1);
    assertThat(open(path + "/pages/1.png").getContentType()).isEqualTo("image/png");
    assertThat(open(path + "/pages/1.txt").getContentAsString()).contains("株式会社髙﨑");
    assertThat(holds(id)).isTrue();

    // Another file than the one that was shown: nobody has looked at this one.
    press(path + "/layout", "document", Sha256.of(word).hex());
    assertThat(holds(id)).isTrue();
    press(path + "/layout", "document", document(id).hex());
    assertThat(holds(id)).isFalse();
    assertThat(open(path + "/layout?next=parties").getRedirectedUrl()).isEqualTo(path + "/parties");
    assertThat(actions(id)).contains("contract.layout-seen");
    // Written anew by us, it still is what the converter made it: PDF/A.
    try (var pdf = Loader.loadPDF(bytes(document(id)))) {
      assertThat(
              new String(
                  pdf.getDocumentCatalog().getMetadata().toByteArray(), StandardCharsets.UTF_8))
          .containsPattern("pdfaid:part(>|=\")2");
    }
    assertThat(Tenancy.in(body.id(), () -> contracts.get(id).fileName())).isEqualTo("業務委託契約書.pdf");
  }

  @Test
  @DisplayName("署名する附属書類でも、差し替えた文書でも、確かめるまで送信できない")
  void isLookedAtInEveryPlace() throws Exception {
    var first = upload("/contracts", "契約書.pdf", TestPdf.contract(), UUID.randomUUID().toString());
    assertThat(first.getRedirectedUrl()).endsWith("/parties");
    var path = path(first);
    var id = new ContractId(UUID.fromString(path.substring("/contracts/".length())));
    assertThat(holds(id)).isFalse();

    mvc.perform(
            multipart(path + "/files")
                .file(new MockMultipartFile("files", "内訳.xlsx", null, OfficeFile.sheet("直接工事費")))
                .param("kind", "BREAKDOWN")
                .param("role", "SIGNED")
                .param("idempotencyKey", UUID.randomUUID().toString())
                .with(csrf())
                .with(TestPeople.as(body, body.clerk())))
        .andReturn();
    var bound = Tenancy.in(body.id(), () -> attachments.of(id)).signed().getFirst();
    assertThat(bound)
        .extracting(Attachment::name, Attachment::mediaType)
        .containsExactly("内訳.pdf", "application/pdf");
    assertThat(holds(id)).isTrue();
    assertThat(Jsoup.parse(open(path + "/layout").getContentAsString()).text())
        .contains("「内訳.xlsx」をPDFにしました");
    press(path + "/layout", "document", bound.sha256().hex());
    assertThat(holds(id)).isFalse();

    upload(path + "/document", "契約書.docx", OfficeFile.word("改めた契約書"), UUID.randomUUID().toString());
    assertThat(holds(id)).isTrue();
    // Put back to a PDF of the office's own, nothing is left to look at.
    upload(path + "/document", "契約書.pdf", TestPdf.contract(), UUID.randomUUID().toString());
    assertThat(holds(id)).isFalse();
  }

  @Test
  @DisplayName("変更履歴が残っていれば、何も保存せずに理由と直し方を示す")
  void isRefusedWithChangesThatNobodyAccepted() throws Exception {
    var answer =
        upload(
            "/contracts",
            "案.docx",
            OfficeFile.wordOf(
                "<w:p><w:del w:author=\"x\"><w:r><w:delText>金百万円</w:delText></w:r></w:del></w:p>",
                ""),
            UUID.randomUUID().toString());
    assertThat(answer.getStatus()).isEqualTo(422);
    assertThat(Jsoup.parse(answer.getContentAsString()).text())
        .contains("「案.docx」は、このままでは使えません", "変更履歴が残っています");
  }

  private boolean holds(ContractId id) {
    return Tenancy.in(
        body.id(),
        () ->
            gates.stream()
                .flatMap(gate -> gate.standing(contracts.get(id)).stream())
                .anyMatch(standing -> standing.path().endsWith("/layout") && standing.holds()));
  }

  private byte[] bytes(Sha256 digest) {
    return Objects.requireNonNull(
        Tenancy.in(
            body.id(), () -> transactions.execute(_ -> vault.with(digest, LayoutTest::read))));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Sha256 document(ContractId id) {
    return Tenancy.in(body.id(), () -> contracts.get(id).document());
  }

  private List<String> actions(ContractId id) {
    return Tenancy.in(
        body.id(), () -> audit.of(id.value()).stream().map(each -> each.action()).toList());
  }

  private static String path(MockHttpServletResponse response) {
    return Objects.requireNonNull(response.getRedirectedUrl())
        .replaceAll("/(layout|parties).*$", "");
  }

  private MockHttpServletResponse upload(String where, String name, byte[] bytes, String key)
      throws Exception {
    return mvc.perform(
            multipart(where)
                .file(new MockMultipartFile("file", name, null, bytes))
                .param("idempotencyKey", key)
                .with(csrf())
                .with(TestPeople.as(body, body.clerk())))
        .andReturn()
        .getResponse();
  }

  private MockHttpServletResponse open(String where) throws Exception {
    return mvc.perform(get(where).with(TestPeople.as(body, body.clerk())))
        .andReturn()
        .getResponse();
  }

  private void press(String where, String name, String value) throws Exception {
    mvc.perform(post(where).param(name, value).with(csrf()).with(TestPeople.as(body, body.clerk())))
        .andReturn();
  }
}
