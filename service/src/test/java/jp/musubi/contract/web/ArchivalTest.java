package jp.musubi.contract.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestDesk;
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
import jp.musubi.evidence.Contents;
import jp.musubi.evidence.ContentsPdf;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.archival.ArchivalReport;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.Loader;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @Autowired Vault vault;

  @TempDir Path folder;

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

  @Test
  @DisplayName("附属書類もPDF/Aなら綴じた一式もPDF/Aと確かめられ、一つでも違えば一式は名乗らず、理由を言う")
  void holdsOfTheWholeWhenItHoldsOfEveryPart() throws Exception {
    demand(new ArchivalRule(ArchivalRule.Demand.DEMAND, 0));
    var desk = TestDesk.open(mvc, body, archivalFile("契約書"));
    desk.parties(List.of("ichiro@mihon.example"));
    assertThat(holds(desk.id())).as("the document alone").isEmpty();

    attach(desk, archivalFile("約款"));
    assertThat(holds(desk.id())).as("not bound yet").containsExactly(true);
    assertThat(desk.page("/archival").text()).contains("附属書類を綴じた一式は、PDF/Aと確かめられていません");
    settle(desk);
    assertThat(whole(desk).claim()).isEqualTo("2b");
    assertThat(whole(desk).conforms()).isTrue();
    assertThat(claims(desk)).isTrue();
    assertThat(holds(desk.id())).isEmpty();
    assertThat(desk.page("/archival").text()).contains("附属書類を綴じた一式も、PDF/A-2bに適合しています");

    attach(desk, TestPdf.contract());
    settle(desk);
    assertThat(whole(desk).conforms()).isFalse();
    assertThat(claims(desk)).as("what is not so is not said").isFalse();
    assertThat(holds(desk.id())).containsExactly(true);
    assertThat(desk.page("/archival").text())
        .contains("附属書類を綴じた一式は、PDF/Aではありません", "色の意味を決める情報がありません");
  }

  private void attach(TestDesk desk, byte[] pdf) throws Exception {
    var added =
        mvc.perform(
                multipart(desk.path() + "/files")
                    .file(new MockMultipartFile("files", UUID.randomUUID() + ".pdf", null, pdf))
                    .param("idempotencyKey", UUID.randomUUID().toString())
                    .param("role", "SIGNED")
                    .param("kind", "TERMS")
                    .with(csrf())
                    .with(TestPeople.as(body, body.clerk())))
            .andReturn()
            .getResponse();
    assertThat(added.getRedirectedUrl()).as(added.getContentAsString()).isNotNull();
  }

  private void settle(TestDesk desk) throws Exception {
    var settled = desk.press("/files/settled");
    assertThat(settled.getRedirectedUrl()).as(settled.getContentAsString()).startsWith(desk.path());
  }

  private ArchivalReport whole(TestDesk desk) {
    return Tenancy.in(
        body.id(),
        () ->
            archival.of(desk.id(), contracts.get(desk.id()).currentFile()).orElseThrow().report());
  }

  /** Whether what will be signed says of itself that it is PDF/A. */
  private boolean claims(TestDesk desk) {
    return Tenancy.in(
        body.id(),
        () ->
            vault.with(
                contracts.get(desk.id()).currentFile(),
                file -> {
                  try (var document = Loader.loadPDF(file.toFile());
                      var packet =
                          document.getDocumentCatalog().getMetadata().createInputStream()) {
                    return new String(packet.readAllBytes(), UTF_8).contains("<pdfaid:part>");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }

  private byte[] archivalFile(String name) throws IOException {
    var file = folder.resolve(name + ".pdf");
    ContentsPdf.write(
        new Contents("上毛市", name, List.of(new Contents.Bound("DOCUMENT", name, 1, 1)), List.of()),
        Instant.EPOCH,
        file);
    return Files.readAllBytes(file);
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
