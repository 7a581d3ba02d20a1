package jp.musubi.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionOperations;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

@ServiceTest
@DisplayName("契約の経過は")
class HistoryTest {
  private static final Actor HANAKO = new Actor(Actor.Kind.STAFF, "1", "見本 花子<b>");
  private static final Actor ICHIRO = new Actor(Actor.Kind.COUNTERPARTY, "2", "例田 一郎");

  @Autowired MockMvc mvc;
  @Autowired AuditTrail trail;
  @Autowired TransactionOperations transaction;
  @Autowired Vault vault;
  @TempDir Path folder;

  private TestBody body;
  private TestContract contract;

  @BeforeEach
  void aContractWithSomeHistory() {
    body = TestBody.create("-");
    contract = TestContract.draft(body, vault);
    record(HANAKO, "contract.drafted", Map.of("roles", "CLERK", "file", "契約書.pdf"));
    record(HANAKO, "contract.viewed", Map.of());
    record(ICHIRO, "document.viewed", Map.of("document", "ab"));
    record(ICHIRO, "contract.declined", Map.of("reason", "金額の記載が違うため"));
  }

  @Test
  @DisplayName("だれが、どの権限で、いつ、どこから、何をしたかを、画面に古い順に並べる")
  void standsOnAPage() throws Exception {
    var page = Jsoup.parse(new String(asked("/history"), StandardCharsets.UTF_8));

    assertThat(page.select("tbody tr")).hasSize(3);
    assertThat(page.select("tbody tr").getFirst().text())
        .contains("令和", "下書きを作った", "契約書.pdf", "見本 花子<b>", "担当者", "192.0.2.1");
    assertThat(page.select("tbody tr").getLast().text()).contains("辞退した", "金額の記載が違うため", "相手方");
    assertThat(page.select("tbody b")).isEmpty();
  }

  @Test
  @DisplayName("PDF/A-2uとPDF/UA-1のPDFになり、取り出したことも記録に残る")
  void isTakenAwayAsAPdf() throws Exception {
    var file = Files.write(folder.resolve("history.pdf"), asked("/history.pdf"));
    try (var pdf = Loader.loadPDF(file.toFile())) {
      assertThat(new PDFTextStripper().getText(pdf))
          .contains("契約の経過", "上毛市", "見本 花子", "職員・担当者", "192.0.2.1", "金額の記載が違うため", "令和")
          .contains(
              Tenancy.in(body.id(), () -> trail.steps(contract.id().value())).getFirst().hash());
    }
    assertThat(Tenancy.in(body.id(), () -> trail.steps(contract.id().value())))
        .last()
        .satisfies(entry -> {
          assertThat(entry.action()).isEqualTo("document.downloaded");
          assertThat(entry.details()).containsEntry("kind", "history");
        });
    VeraGreenfieldFoundryProvider.initialise();
    for (var flavour : new PDFAFlavour[] {PDFAFlavour.PDFA_2_U, PDFAFlavour.PDFUA_1}) {
      try (var parser = Foundries.defaultInstance().createParser(file.toFile(), flavour);
          var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
        assertThat(validator.validate(parser).isCompliant()).as(flavour.toString()).isTrue();
      }
    }
  }

  private byte[] asked(String path) throws Exception {
    return mvc.perform(
            get("/contracts/" + contract.id() + path)
                .with(TestPeople.as(body, body.viewer()))
                .accept("text/html", "*/*"))
        .andExpect(status().isOk())
        .andReturn()
        .getResponse()
        .getContentAsByteArray();
  }

  private void record(Actor actor, String action, Map<String, String> details) {
    Tenancy.in(
        body.id(),
        () -> {
          transaction.executeWithoutResult(
              _ -> trail.record(actor, action, contract.id().value(), "192.0.2.1", details));
          return true;
        });
  }
}
