package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.IdentificationFloor;
import jp.musubi.contract.IdentificationRegister;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("相手方の本人確認の下限の画面")
class IdentificationPagesTest {
  private static final String SETTINGS = "/settings/identification";

  @Autowired MockMvc mvc;
  @Autowired PasswordEncoder passwords;
  @Autowired Contracts contracts;
  @Autowired IdentificationRegister register;

  private TestBody body;
  private UUID admin;

  @BeforeEach
  void aBodyWithAnAdministrator() {
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("団体管理者だけが下限を変え、入力したとおりに出て、前と後が記録に残る")
  void keepTheFloorOfABody() throws Exception {
    assertThat(page(open("/settings", admin)).select("a[href=" + SETTINGS + "]")).hasSize(1);
    change("least", "L1", "fromYen", "１，０００万円", "dear", "L2", "kind-WORKS", "L2")
        .andExpect(status().isUnprocessableContent());
    change("least", "L1", "fromYen", "10000000", "dear", "L2", "kind-WORKS", "L2")
        .andExpect(redirectedUrl("/settings"));
    var shown = page(open(SETTINGS, admin));
    assertThat(chosen(shown, "least") + chosen(shown, "dear") + chosen(shown, "kind-WORKS"))
        .isEqualTo("L1L2L2");
    assertThat(chosen(shown, "kind-GOODS")).isEqualTo("SAME");
    assertThat(value(shown, "fromYen")).isEqualTo("10,000,000");
    assertThat(recorded())
        .singleElement()
        .asString()
        .contains("none → 10000000 L2", "none → {WORKS=L2}");
    mvc.perform(post(SETTINGS).with(csrf()).with(TestPeople.as(body, body.clerk())))
        .andExpect(status().isForbidden());
    var other = TestBody.create(passwords.encode(TestBody.PASSWORD));
    assertThat(Tenancy.in(other.id(), register::current)).isEqualTo(IdentificationFloor.DEFAULT);
  }

  @Test
  @DisplayName("片方だけの入力や、ない水準は、項目のそばで断る")
  void refuseHalfARule() throws Exception {
    for (var typed :
        List.of(
            List.of("fromYen", "1000", "least", "L1", "fromYen", "1000"),
            List.of("fromYen", "", "least", "L1", "dear", "L2"),
            List.of("fromYen", "0", "least", "L1", "fromYen", "0", "dear", "L2"))) {
      var page =
          page(
              change(typed.subList(2, typed.size()).toArray(String[]::new))
                  .andExpect(status().isUnprocessableContent()));
      assertThat(page.select("[aria-invalid=true]")).hasSize(1);
    }
    change("least", "L9").andExpect(status().isUnprocessableContent());
    assertThat(Tenancy.in(body.id(), register::current)).isEqualTo(IdentificationFloor.DEFAULT);
  }

  @Test
  @DisplayName("下限に足りない方法は画面に出ず、送られてきても理由を言って断る。送信した契約は変わらない")
  void holdBackWhatIsTooWeak() throws Exception {
    var sent = draft();
    dispatch(sent, page(open(sent + "/review", body.clerk()))).andExpect(redirectedUrl(sent));

    var path = draft();
    var review = page(open(path + "/review", body.clerk()));
    change("least", "L1", "fromYen", "10000000", "dear", "L2")
        .andExpect(redirectedUrl("/settings"));
    assertThat(state(sent)).isEqualTo("AWAITING_AGREEMENTS");
    var refused = page(dispatch(path, review).andExpect(status().isConflict()));
    assertThat(refused.text()).contains("下限に足りないため、送信できませんでした");
    assertThat(state(path)).isEqualTo("DRAFT");
    var held = page(open(path + "/review", body.clerk()));
    assertThat(held.text()).contains("本人確認の方法が、団体の決まりの下限に足りません");
    assertThat(held.select("form[action$=/dispatch]")).isEmpty();

    var parties = page(open(path + "/parties", body.clerk()));
    assertThat(parties.select("#identity-1 option, [name=identity-1]").eachAttr("value"))
        .contains("access-code")
        .doesNotContain("mail", "mail-code");
    var weak = page(parties(path, "mail-code").andExpect(status().isUnprocessableContent()));
    assertThat(weak.text()).contains("水準L2以上の方法で確かめます");
    parties(path, "access-code").andExpect(redirectedUrl(path + "/terms"));
    dispatch(path, page(open(path + "/review", body.clerk()))).andExpect(status().isOk());
    assertThat(state(path)).isEqualTo("AWAITING_AGREEMENTS");
  }

  // --- 道具 --------------------------------------------------------------------------------

  private ResultActions change(String... typed) throws Exception {
    return send(SETTINGS, admin, List.of(typed));
  }

  private String draft(String... otherwise) throws Exception {
    var location =
        mvc.perform(
                multipart("/contracts")
                    .file(
                        new MockMultipartFile(
                            "file", "委託契約書.pdf", "application/pdf", TestPdf.contract()))
                    .param("idempotencyKey", UUID.randomUUID().toString())
                    .with(csrf())
                    .with(TestPeople.as(body, body.clerk())))
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    var path = Objects.requireNonNull(location).replaceFirst("/parties$", "");
    parties(path, "mail").andExpect(redirectedUrl(path + "/terms"));
    enter(path, otherwise).andExpect(redirectedUrl(path + "/review"));
    return path;
  }

  private ResultActions parties(String path, String identity) throws Exception {
    return send(
        path + "/parties",
        body.clerk(),
        List.of(
            "organisation-1", "株式会社 見本建設",
            "title-1", "代表取締役",
            "name-1", "例田 一郎",
            "mail-1", "ichiro@mihon.example",
            "identity-1", identity,
            "office", body.office().toString(),
            "officePlace", "last"));
  }

  private ResultActions enter(String path, String... otherwise) throws Exception {
    var typed =
        new LinkedHashMap<String, String>(
            Map.of(
                "title", "庁舎清掃業務委託",
                "kind", "SERVICES",
                "amount", "12980000",
                "contractDate", "R8.12.4",
                "periodFrom", "R8.12.7",
                "periodUntil", "2027/3/19",
                // A deadline lies ahead of the service's own clock.
                "deadline",
                    JapaneseDates.era(
                        LocalDate.ofInstant(Instant.now(), JapaneseDates.ZONE).plusDays(14)),
                "deadlineTime", "17:00",
                "readingYears", "10"));
    for (var i = 0; i < otherwise.length; i += 2) {
      typed.put(otherwise[i], otherwise[i + 1]);
    }
    var flat = new ArrayList<String>();
    typed.forEach((name, value) -> flat.addAll(List.of(name, value)));
    return send(path + "/terms", body.clerk(), flat);
  }

  private ResultActions dispatch(String path, Document review) throws Exception {
    return send(
        path + "/dispatch",
        body.clerk(),
        List.of(
            "idempotencyKey", value(review, "idempotencyKey"),
            "seed", value(review, "seed"),
            "version", value(review, "version"),
            "document", value(review, "document")));
  }

  private ResultActions open(String path, UUID staff) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(body, staff))).andExpect(status().isOk());
  }

  private ResultActions send(String path, UUID staff, List<String> typed) throws Exception {
    var request = post(path).with(csrf()).with(TestPeople.as(body, staff));
    for (var i = 0; i < typed.size(); i += 2) {
      request.param(typed.get(i), typed.get(i + 1));
    }
    return mvc.perform(request);
  }

  private String state(String path) {
    return Tenancy.in(body.id(), () -> contracts.get(id(path))).state();
  }

  private static ContractId id(String path) {
    return new ContractId(UUID.fromString(path.substring("/contracts/".length())));
  }

  private List<String> recorded() throws Exception {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var query =
            connection.prepareStatement(
                """
                select entry from audit_entry
                 where tenant_id = ? and action = 'settings.identification-changed' order by seq
                """)) {
      query.setObject(1, body.id().value());
      var found = new ArrayList<String>();
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  private static Document page(ResultActions result) throws Exception {
    return Jsoup.parse(result.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
  }

  private static String value(Document page, String name) {
    return page.select("input[name=" + name + "]").attr("value");
  }

  private static String chosen(Document page, String name) {
    return page.select("#" + name + " option[selected]").attr("value");
  }
}
