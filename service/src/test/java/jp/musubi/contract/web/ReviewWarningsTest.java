package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("送信前の確認の画面は")
class ReviewWarningsTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @TempDir Path folder;

  private TestBody body;
  private TestContract contract;

  @BeforeEach
  void aDraft() {
    body = TestBody.create("-");
    contract = TestContract.draft(body, vault);
    TestPeople.run(
        "update contract set deadline = now() + interval '10 days' where id = ?",
        contract.id().value());
  }

  @Test
  @DisplayName("文書に前の名義人の名前があれば、いまの名義人とともに知らせる")
  void namesAFormerHolderInTheDocument() throws Exception {
    names("Kariya Ichita");
    assertThat(review()).doesNotContain("前の名義人の名前があります");
    formerHolder("Other Person");
    assertThat(review()).doesNotContain("前の名義人の名前があります");
    formerHolder("Kariya Ichita");
    assertThat(review()).contains("文書に、前の名義人の名前があります：Kariya Ichita", "いまの名義人は見本 太郎です");
  }

  @Test
  @DisplayName("名義人と相手方が同じ人なら知らせ、任期中の職務代理者の名義を勧める")
  void proposesTheActingOfficeWhereOnePersonStandsOnBothSides() throws Exception {
    assertThat(review()).contains("市道1024号線").doesNotContain("双方代理");
    TestPeople.run(
        "update party set name = '見本　太郎' where contract_id = ? and kind = 'COUNTERPARTY'",
        contract.id().value());
    assertThat(review()).contains("名義人と相手方が同じ名前です：見本 太郎", "職務代理者の契約名義は登録されていません");
    var acting = UUID.randomUUID();
    TestPeople.run(
        "insert into office (tenant_id, id, title, acting_for) values (?, ?, '上毛市長職務代理者 副市長', ?)",
        body.id().value(),
        acting,
        body.office());
    TestPeople.run(
        """
        insert into office_term (tenant_id, office_id, from_date, holder_id, holder_name)
        values (?, ?, date '2024-04-01', ?, '見本 次郎')
        """,
        body.id().value(),
        acting,
        body.viewer());
    assertThat(review()).contains("代わりに「上毛市長職務代理者 副市長」（見本 次郎）の名義を選べます");
  }

  private int past = 1990;

  private void formerHolder(String name) {
    TestPeople.run(
        """
        insert into office_term (tenant_id, office_id, from_date, until_date, holder_id, holder_name)
        values (?, ?, make_date(?, 4, 1), make_date(?, 4, 1), ?, ?)
        """,
        body.id().value(),
        body.office(),
        past,
        past + 1,
        body.viewer(),
        name);
    past++;
  }

  private void names(String somebody) throws IOException {
    var file = folder.resolve("contract.pdf");
    try (var document = new PDDocument()) {
      var page = new PDPage();
      document.addPage(page);
      try (var content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
        content.newLineAtOffset(72, 700);
        content.showText("Mayor " + somebody);
        content.endText();
      }
      document.save(file.toFile());
    }
    var digest = Tenancy.in(body.id(), () -> vault.put(file, "application/pdf"));
    TestPeople.run(
        "update contract set document_sha256 = ?, prepared_sha256 = ? where id = ?",
        digest.hex(),
        digest.hex(),
        contract.id().value());
  }

  private String review() throws Exception {
    return Jsoup.parse(
            mvc.perform(
                    get("/contracts/" + contract.id() + "/review")
                        .with(TestPeople.as(body, body.clerk())))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8))
        .text();
  }
}
