package jp.musubi.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.TestSeals;
import jp.musubi.audit.VerificationReports;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.Verdict;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** What reaches a terminal in LGWAN: the original as it is, or a copy that no gateway can break. */
@ServiceTest
@DisplayName("LGWANへの契約書の受け渡し")
class ReferenceCopyTest {
  private static final String LGWAN = "keiyaku.lgwan.example";

  @Autowired MockMvc web;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired VerificationReports reports;

  @TempDir Path folder;

  private TestBody body;

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
  }

  @Test
  @DisplayName("LGWANの名前から受け取った契約書は、保管したままの一バイトも違わないもので、署名は有効")
  void handsTheOriginalOverAsItIs() throws Exception {
    var contract = concluded();
    var answer = get("document.pdf", contract.id(), body, body.clerk());
    assertThat(answer.getStatus()).isEqualTo(200);
    var bytes = answer.getContentAsByteArray();
    assertThat(Sha256.of(bytes)).isEqualTo(contract.finalFile().orElseThrow());
    var file = Files.write(folder.resolve("contract.pdf"), bytes);
    // Its timestamps are of the real time.
    assertThat(reports.of(file, Instant.now()).verdict()).isEqualTo(Verdict.VALID);
  }

  @Test
  @DisplayName("参照用の写しは、原本の要約値と検証結果を先頭に、各ページを画像で載せ、署名を持たない")
  void copiesForReading() throws Exception {
    var contract = concluded();
    var page =
        Jsoup.parse(
            get("", contract.id(), body, body.clerk()).getContentAsString(StandardCharsets.UTF_8));
    assertThat(page.select("a[href$=reference.pdf]").text()).isEqualTo("参照用の写しを受け取る");
    var answer = get("reference.pdf", contract.id(), body, body.clerk());
    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(answer.getContentType()).isEqualTo("application/pdf");
    assertThat(answer.getHeader("Content-Disposition")).startsWith("attachment");
    var file = Files.write(Path.of("target", "reference.pdf"), answer.getContentAsByteArray());
    try (var copy = Loader.loadPDF(file.toFile())) {
      assertThat(copy.getSignatureDictionaries()).isEmpty();
      assertThat(copy.getNumberOfPages()).isEqualTo(1 + contract.pages());
      var text = new PDFTextStripper().getText(copy);
      assertThat(text.replaceAll("\\s", ""))
          .contains(
              "原本ではありません",
              contract.number(),
              contract.finalFile().orElseThrow().hex(),
              "判定有効",
              "例田一郎",
              "PAdES-BASELINE-LTA",
              "https://keiyaku.musubi.example/verify?body=" + body.code());
      for (var number = 1; number <= contract.pages(); number++) {
        var names = copy.getPage(number).getResources().getXObjectNames();
        assertThat(names).as("page " + number).hasSize(1);
      }
    }
    assertThat(complaints(file, "2u")).isEmpty();
    assertThat(complaints(file, "ua1")).isEmpty();
    assertThat(
            TestPeople.text(
                "select entry from audit_entry where tenant_id = ? and action = 'document.downloaded' order by seq desc limit 1",
                body.id().value()))
        .contains("\"kind\":\"reference\"", contract.finalFile().orElseThrow().hex());
  }

  @Test
  @DisplayName("締結前の契約からは作れず、ほかの団体の契約は、あるとも言わない")
  void copiesNothingElse() throws Exception {
    var draft = TestContract.draft(body, vault).id();
    assertThat(get("reference.pdf", draft, body, body.clerk()).getStatus()).isEqualTo(404);
    var other = TestBody.create("-");
    assertThat(get("reference.pdf", draft, other, other.clerk()).getStatus()).isEqualTo(404);
  }

  private Particulars concluded() {
    var id = TestSeals.concluded(contracts, vault, body);
    return Tenancy.in(body.id(), () -> contracts.get(id));
  }

  private MockHttpServletResponse get(String end, ContractId id, TestBody of, UUID staff)
      throws Exception {
    return web.perform(
            MockMvcRequestBuilders.get("/contracts/" + id + (end.isEmpty() ? "" : "/" + end))
                .with(TestPeople.as(of, staff))
                .header("Host", LGWAN))
        .andReturn()
        .getResponse();
  }

  private static List<String> complaints(Path pdf, String flavour) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    var chosen = PDFAFlavour.fromString(flavour);
    try (var parser = Foundries.defaultInstance().createParser(pdf.toFile(), chosen);
        var validator = Foundries.defaultInstance().createValidator(chosen, false)) {
      return validator.validate(parser).getTestAssertions().stream()
          .filter(each -> each.getStatus() == TestAssertion.Status.FAILED)
          .map(each -> each.getRuleId().getClause() + " " + each.getMessage())
          .distinct()
          .toList();
    }
  }
}
