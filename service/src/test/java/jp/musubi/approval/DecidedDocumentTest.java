package jp.musubi.approval;

import static jp.musubi.approval.ApprovalHouse.mailTo;
import static jp.musubi.approval.ApprovalHouse.page;
import static jp.musubi.approval.ApprovalHouse.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("決裁した文書との照合")
class DecidedDocumentTest {
  private static final String OTHER = "0".repeat(64);

  @Autowired MockMvc mvc;
  @Autowired Vault vault;

  private ApprovalHouse house;
  private TestContract draft;
  private String path;

  @BeforeEach
  void aDraftWithARoute() {
    house = new ApprovalHouse(mvc);
    house.route(house.chiefPost);
    draft = house.draft(vault);
    path = "/contracts/" + draft.id() + "/approval";
  }

  @Test
  @DisplayName("番号と日と一致が承認の画面に出る")
  void isShownToTheApprover() throws Exception {
    house.ask(
        draft,
        "number",
        "建道第123号",
        "day",
        "R8.4.1",
        // As a document system shows it: in upper case, wide, broken over lines.
        "digest",
        " " + draft.prepared().hex().toUpperCase(java.util.Locale.ROOT) + "\n");
    var shown = house.page(house.chief, path);
    assertThat(shown.text()).contains("建道第123号", "令和8年4月1日", "一致", "12,980,000円", "株式会社 見本建設");
    assertThat(shown.select("img[src$=/pages/1.png]")).hasSize(1);
    house.approve(house.chief, draft).andExpect(status().is3xxRedirection());
    assertThat(state(draft)).isEqualTo("APPROVED");
  }

  @Test
  @DisplayName("不一致なら承認できず、差し戻すことはできる")
  void blocksApprovalUntilTheMismatchIsReturned() throws Exception {
    house.ask(draft, "digest", OTHER);
    var shown = house.page(house.chief, path);
    assertThat(shown.text()).contains("不一致", "承認できません");
    assertThat(shown.select("form[action$=/consent]")).isEmpty();
    var refused =
        house
            .press(
                house.chief,
                path + "/consent",
                "idempotencyKey",
                UUID.randomUUID().toString(),
                "approval",
                shown.select("input[name=approval]").attr("value"))
            .andExpect(status().isConflict());
    assertThat(page(refused).text()).contains("決裁した文書と契約書が違う");
    assertThat(state(draft)).isEqualTo("UNDER_WAY");
    house.sendBack(house.chief, draft, "決裁した文書と違います").andExpect(status().is3xxRedirection());
    assertThat(state(draft)).isEqualTo("RETURNED");
    assertThat(mailTo(house.body.clerk(), draft)).contains("差し戻されました");
  }

  @Test
  @DisplayName("形の違う値や、先の日付は理由を示して断り、承認は求められない")
  void refusesWhatIsNoDigest() throws Exception {
    var refused =
        page(
            house
                .ask(draft, "digest", "abc", "day", "2099/4/1")
                .andExpect(status().isUnprocessableContent()));
    assertThat(refused.text()).contains("64文字", "今日より先の日です");
    assertThat(state(draft)).isNull();
  }

  @Test
  @DisplayName("アップロードした元のファイルの値を控え、書き直した後でも決裁した文書と一致する")
  void comparesWithTheUploadAsItWasBeforeItWasWrittenAnew() throws Exception {
    var upload = pdf();
    var id = UUID.fromString(uploaded(upload));
    var original = Sha256.of(upload).hex();
    assertThat(ApprovalHouse.value("select original_sha256 from contract where id = ?", id))
        .isEqualTo(original);
    assertThat(ApprovalHouse.value("select document_sha256 from contract where id = ?", id))
        .isNotEqualTo(original);
    var clerk = house.body.clerk();
    house.press(
        clerk,
        "/contracts/" + id + "/parties",
        "organisation-1",
        "株式会社 見本建設",
        "title-1",
        "",
        "name-1",
        "例田 一郎",
        "mail-1",
        "ichiro@mihon.example",
        "identity-1",
        "mail",
        "office",
        house.body.office().toString(),
        "officePlace",
        "last");
    house.press(
        clerk,
        "/contracts/" + id + "/terms",
        "title",
        "市道1024号線 舗装修繕工事",
        "kind",
        "WORKS",
        "deadline",
        ApprovalHouse.day(14),
        "deadlineTime",
        "17:00",
        "readingYears",
        "10");
    var request = "/contracts/" + id + "/approval/request";
    var hidden =
        house
            .page(clerk, request)
            .select("form[action=" + request + "] input[type=hidden]:not([name=_csrf])");
    assertThat(hidden.eachAttr("name")).contains("version", "document");
    // The clerk drops the very file that was decided; only its digest is kept.
    var sent =
        multipart(request)
            .file(new MockMultipartFile("decided", "決裁.pdf", "application/pdf", upload))
            .with(csrf())
            .with(TestPeople.as(house.body, clerk));
    hidden.forEach(input -> sent.param(input.attr("name"), input.val()));
    mvc.perform(sent).andExpect(status().is3xxRedirection());
    assertThat(ApprovalHouse.value("select decided_sha256 from approval where contract_id = ?", id))
        .isEqualTo(original);
    assertThat(house.page(house.chief, "/contracts/" + id + "/approval").text())
        .contains("一致")
        .doesNotContain("不一致");
  }

  private String uploaded(byte[] upload) throws Exception {
    var location =
        mvc.perform(
                multipart("/contracts")
                    .file(new MockMultipartFile("file", "契約書.pdf", "application/pdf", upload))
                    .param("idempotencyKey", UUID.randomUUID().toString())
                    .with(csrf())
                    .with(TestPeople.as(house.body, house.body.clerk())))
            .andExpect(status().is3xxRedirection())
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    return String.valueOf(location).replaceAll("/contracts/([0-9a-f-]{36})/.*", "$1");
  }

  private static byte[] pdf() throws IOException {
    try (var document = new PDDocument()) {
      document.addPage(new PDPage(PDRectangle.A4));
      var bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }
}
