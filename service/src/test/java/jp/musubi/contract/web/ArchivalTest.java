package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.contract.Archival;
import jp.musubi.contract.ArchivalConversion;
import jp.musubi.contract.ArchivalRegister;
import jp.musubi.contract.ArchivalRule;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.SendingGate;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.Tenancy;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("登録した文書がPDF/Aかどうかは")
class ArchivalTest {
  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Attachments attachments;
  @Autowired Archival archival;
  @Autowired ArchivalConversion conversion;
  @Autowired ArchivalRegister register;
  @Autowired List<SendingGate> gates;

  private TestBody body;

  @BeforeEach
  void aBody() {
    body = TestBody.create("x");
  }

  @Test
  @DisplayName("画面に出て、団体が求めるときだけ送信を止める")
  void isToldAndAskedFor() throws Exception {
    var path = begin();
    var id = id(path);
    assertThat(Jsoup.parse(open(path + "/document").getContentAsString()).text())
        .contains("PDF/Aではありません", "PDF/Aかどうかを見る");
    assertThat(holds(id)).isEmpty();
    demand(new ArchivalRule(ArchivalRule.Demand.WARN, 10));
    assertThat(holds(id)).containsExactly(false);
    demand(new ArchivalRule(ArchivalRule.Demand.DEMAND, 10));
    assertThat(holds(id)).containsExactly(true);
    assertThat(press(path + "/archival/check").getRedirectedUrl()).isEqualTo(path + "/archival");
    assertThat(Jsoup.parse(open(path + "/archival").getContentAsString()).text())
        .contains("PDF/Aではありません");
  }

  @Test
  @DisplayName("変換すれば適合し、元の文書が団体内の資料に残り、人が体裁を確かめるまで送信できない")
  void isConvertedAndLookedAt() throws Exception {
    Assumptions.assumeTrue(
        conversion.isOffered(), "no Ghostscript, or no network namespaces: nothing was converted");
    demand(new ArchivalRule(ArchivalRule.Demand.DEMAND, 0));
    var path = begin();
    var id = id(path);
    var before = Tenancy.in(body.id(), () -> contracts.get(id).document());
    var answer = press(path + "/archival/conversion");
    assertThat(answer.getRedirectedUrl())
        .as(Jsoup.parse(answer.getContentAsString()).text())
        .isEqualTo(path + "/layout");
    var after = Tenancy.in(body.id(), () -> contracts.get(id).document());
    assertThat(after).isNotEqualTo(before);
    assertThat(Tenancy.in(body.id(), () -> archival.of(id, after)).orElseThrow().report().claim())
        .isEqualTo("2b");
    assertThat(Tenancy.in(body.id(), () -> attachments.of(id).attachments()))
        .extracting(Attachment::role, Attachment::sha256)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Attachment.Role.INTERNAL, before));
    // The demand is met; somebody has to look all the same.
    assertThat(holds(id)).containsExactly(true);
    assertThat(Jsoup.parse(open(path + "/layout").getContentAsString()).text())
        .contains("元の文書", "変換したPDF/A");
    mvc.perform(
            post(path + "/layout")
                .param("document", after.hex())
                .with(csrf())
                .with(TestPeople.as(body, body.clerk())))
        .andReturn();
    assertThat(holds(id)).isEmpty();
    assertThat(press(path + "/archival/conversion").getContentAsString())
        .contains("すでにPDF/Aに適合しています");
  }

  private String begin() throws Exception {
    var answer =
        mvc.perform(
                multipart("/contracts")
                    .file(new MockMultipartFile("file", "契約書.pdf", null, TestPdf.contract()))
                    .param("idempotencyKey", UUID.randomUUID().toString())
                    .with(csrf())
                    .with(TestPeople.as(body, body.clerk())))
            .andReturn()
            .getResponse();
    return Objects.requireNonNull(answer.getRedirectedUrl()).replaceAll("/(layout|parties).*$", "");
  }

  private static ContractId id(String path) {
    return new ContractId(UUID.fromString(path.substring("/contracts/".length())));
  }

  private void demand(ArchivalRule rule) {
    Tenancy.in(
        body.id(),
        () -> {
          register.change(rule, new Actor(Actor.Kind.SERVICE, "test", "test"), "192.0.2.1");
          return rule;
        });
  }

  /** Of each gate that says something of PDF/A or of looks, whether it holds. */
  private List<Boolean> holds(ContractId id) {
    return Tenancy.in(
        body.id(),
        () ->
            gates.stream()
                .flatMap(gate -> gate.standing(contracts.get(id)).stream())
                .filter(each -> each.path().matches(".*/(archival|layout)"))
                .map(SendingGate.Standing::holds)
                .toList());
  }

  private MockHttpServletResponse open(String where) throws Exception {
    return mvc.perform(get(where).with(TestPeople.as(body, body.clerk())))
        .andReturn()
        .getResponse();
  }

  private MockHttpServletResponse press(String where) throws Exception {
    return mvc.perform(post(where).with(csrf()).with(TestPeople.as(body, body.clerk())))
        .andReturn()
        .getResponse();
  }
}
