package jp.musubi.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.evidence.AuditEntry;
import jp.musubi.evidence.AuditQuery;
import jp.musubi.evidence.AuditReading;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("運営者の緊急閲覧は")
class EmergencyAccessTest {
  @Autowired MockMvc mvc;
  @Autowired AuditReading reading;
  @Autowired Vault vault;

  private TestBody home;
  private TestBody body;
  private UUID first;
  private UUID second;
  private UUID admin;
  private UUID contract;
  private String number;

  @BeforeEach
  void twoOperatorsAndABody() {
    home = TestBody.operators();
    first = operator("例 一");
    second = operator("例 二");
    body = TestBody.create("-");
    admin = TestPeople.member(body, "kanri", "管理 花子", body.section(), "BODY_ADMIN", null);
    contract = TestContract.draft(body, vault).id().value();
    number = text("select number from contract where id = '%s'".formatted(contract));
  }

  @Test
  @DisplayName("一人の運営者だけでは、どの道からも見られない")
  void neverOpenToOneOperatorAlone() throws Exception {
    var path = asked();
    refuseContent(path, first);
    refuseContent(path, second);
    send(first, path + "/approval").andExpect(status().isConflict());
    refuseContent(path, first);
    var shown = page(open(path, first), 200);
    assertThat(shown.text()).doesNotContain("市道1024号線", "見本建設");
    assertThat(shown.select("form[action$=/approval]")).isEmpty();
    assertThat(page(open(path, second), 200).select("form[action$=/approval]")).hasSize(1);
    for (var way : List.of("", "/document.pdf", "/pages/1.png", "/history")) {
      open("/contracts/" + contract + way, first).andExpect(status().isNotFound());
    }
    assertThat(actions(body.id()))
        .contains("emergency.asked", "emergency.refused")
        .doesNotContain("emergency.approved", "emergency.viewed");
  }

  @Test
  @DisplayName("二人目の承認で、求めた人だけに、その契約だけを見せ、団体に知らせて記録する")
  void openByASecondOperatorAndOnRecord() throws Exception {
    var path = asked();
    send(second, path + "/approval").andExpect(status().is3xxRedirection());
    var shown = page(open(path + "/contract", first), 200);
    assertThat(shown.text()).contains("市道1024号線", "株式会社 見本建設");
    assertThat(shown.select("main form")).isEmpty();
    var pdf = open(path + "/document.pdf", first).andExpect(status().isOk()).andReturn();
    assertThat(pdf.getResponse().getContentAsByteArray())
        .startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
    refuseContent(path, second);
    refuseContent(path, operator("例 三"));
    var other = TestContract.draft(body, vault).id();
    open("/contracts/" + other, first).andExpect(status().isNotFound());
    open("/contracts/" + contract, first).andExpect(status().isNotFound());
    send(second, path + "/approval").andExpect(status().isConflict());

    var looks =
        entries(body.id()).stream()
            .filter(entry ->
                List.of("emergency.viewed", "emergency.downloaded").contains(entry.action()))
            .toList();
    assertThat(looks)
        .hasSize(2)
        .allSatisfy(entry -> {
          assertThat(entry.contractId()).isEqualTo(contract);
          assertThat(entry.actor().name()).isEqualTo("例 一");
          assertThat(entry.details()).containsEntry("asker", "例 一");
          assertThat(entry.details()).containsEntry("approver", "例 二");
          assertThat(entry.clientIp()).isNotBlank();
        });
    assertThat(actions(home.id())).contains("emergency.asked", "emergency.approved");
    assertThat(mails()).hasSize(2);
    assertThat(mails().getFirst()).contains("管理 花子 様", number, "例 一", "原本の照合", "2026-0102");
    assertThat(mails().getLast())
        .contains("承認した運営者：例 二", "https://keiyaku.musubi.example/emergency-access");
  }

  @Test
  @DisplayName("団体が終わらせれば、次の操作からすぐに見られない")
  void endedByTheBodyAtOnce() throws Exception {
    var path = asked();
    send(second, path + "/approval");
    open(path + "/contract", first).andExpect(status().isOk());
    var list = page(openAs(body, admin, "/emergency-access"), 200);
    assertThat(list.text()).contains(number, "例 一", "例 二", "原本の照合");
    var end = Objects.requireNonNull(list.selectFirst("main form[action$=/end]")).attr("action");
    sendAs(body, admin, end, Map.of()).andExpect(status().is3xxRedirection());
    refuseContent(path, first);
    send(second, path + "/approval").andExpect(status().isConflict());
    sendAs(body, admin, end, Map.of()).andExpect(status().isConflict());
    assertThat(actions(body.id())).contains("emergency.ended");
  }

  @Test
  @DisplayName("時間が過ぎれば自分で終わり、古い求めは承認できない")
  void overByItself() throws Exception {
    var path = asked();
    send(second, path + "/approval");
    open(path + "/contract", first).andExpect(status().isOk());
    TestPeople.run(
        "update emergency_access set open_until = now() where contract_id = ?", contract);
    refuseContent(path, first);
    send(first, path + "/end").andExpect(status().isConflict());

    var old = asked();
    TestPeople.run(
        "update emergency_access set asked_at = asked_at - interval '24 hours' where id = ?",
        UUID.fromString(old.substring(old.lastIndexOf('/') + 1)));
    send(second, old + "/approval").andExpect(status().isConflict());
    refuseContent(old, first);
  }

  @Test
  @DisplayName("同じ人の別の登録にも、その団体の職員でもある運営者にも、承認させない")
  void neverApprovedByWhoIsNotIndependent() throws Exception {
    var path = asked();
    TestPeople.run(
        "update staff set mail = upper((select mail from staff where id = ?)) where id = ?",
        first,
        second);
    send(second, path + "/approval").andExpect(status().isConflict());
    TestPeople.run("update staff set mail = 'KANRI-2@joumou.example' where id = ?", second);
    TestPeople.run("update staff set mail = 'kanri-2@joumou.example' where id = ?", admin);
    send(second, path + "/approval").andExpect(status().isConflict());
    TestPeople.run("update staff set mail = 'free@musubi.example' where id = ?", second);
    send(second, path + "/approval").andExpect(status().is3xxRedirection());
  }

  @Test
  @DisplayName("理由と、もとになる連絡と、知らせる相手がなければ、求められない")
  void refusedWithoutReasonOrReader() throws Exception {
    ask(Map.of("reason", " ")).andExpect(status().isUnprocessableContent());
    ask(Map.of("reference", "")).andExpect(status().isUnprocessableContent());
    ask(Map.of("hours", "5")).andExpect(status().isUnprocessableContent());
    ask(Map.of("hours", "0")).andExpect(status().isUnprocessableContent());
    ask(Map.of("code", "000000")).andExpect(status().isUnprocessableContent());
    ask(Map.of("number", "R8-999999")).andExpect(status().isUnprocessableContent());
    ask(Map.of("number", number + "' or '1'='1")).andExpect(status().isUnprocessableContent());
    TestPeople.run("update role_grant set until_at = now() where staff_id = ?", admin);
    ask(Map.of()).andExpect(status().isConflict());
    assertThat(mails()).isEmpty();
    assertThat(
            text(
                "select count(*)::text from emergency_access where tenant_id = '%s'"
                    .formatted(body.id())))
        .isEqualTo("0");
  }

  @Test
  @DisplayName("ほかの団体の緊急閲覧は、ないのと同じ")
  void ofNoOtherBody() throws Exception {
    var path = asked();
    send(second, path + "/approval");
    var other = TestBody.create("-");
    var stranger = TestPeople.member(other, "far", "管理 外", other.section(), "BODY_ADMIN", null);
    var id = path.substring(path.lastIndexOf('/') + 1);
    assertThat(page(openAs(other, stranger, "/emergency-access"), 200).text())
        .contains("見ようとしたことはありません");
    sendAs(other, stranger, "/emergency-access/" + id + "/end", Map.of())
        .andExpect(status().isNotFound());
    for (var way : List.of("", "/contract", "/document.pdf")) {
      open("/emergencies/" + other.id() + "/" + id + way, first).andExpect(status().isNotFound());
      open("/emergencies/" + home.id() + "/" + id + way, first).andExpect(status().isNotFound());
    }
    open(path + "/contract", first).andExpect(status().isOk());
  }

  @Test
  @DisplayName("データベースも、一人での承認と、長い時間と、二度目の決定を断る")
  void guardedByTheDatabaseToo() throws Exception {
    var path = asked();
    var id = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    assertThatThrownBy(() -> approveBeside(id, first, "x@musubi.example", 4))
        .hasMessageContaining("approved_by_somebody_else");
    assertThatThrownBy(() ->
            approveBeside(
                id,
                second,
                text("select asked_mail from emergency_access where id = '%s'".formatted(id)),
                4))
        .hasMessageContaining("approved_by_somebody_else");
    assertThatThrownBy(() -> approveBeside(id, second, "x@musubi.example", 5))
        .hasMessageContaining("open_for_what_was_asked");
    approveBeside(id, second, "x@musubi.example", 4);
    assertThatThrownBy(() -> approveBeside(id, second, "x@musubi.example", 3))
        .hasMessageContaining("settled");
  }

  private static void approveBeside(UUID id, UUID by, String mail, int hours) {
    TestPeople.run(
        """
        update emergency_access set approved_by = ?, approved_name = 'x', approved_mail = ?,
               approved_at = now(), open_until = now() + make_interval(hours => ?)
         where id = ?
        """,
        by,
        mail,
        hours,
        id);
  }

  private UUID operator(String name) {
    return TestPeople.member(
        home, "o-" + UUID.randomUUID(), name, home.section(), "OPERATOR", null);
  }

  /** The path of a request of the first operator. */
  private String asked() throws Exception {
    var answer = ask(Map.of()).andExpect(status().is3xxRedirection()).andReturn();
    return Objects.requireNonNull(answer.getResponse().getRedirectedUrl());
  }

  private ResultActions ask(Map<String, String> otherwise) throws Exception {
    var fields =
        new TreeMap<>(
            Map.of(
                "code",
                body.code(),
                "number",
                number,
                "reason",
                "原本の照合が合わない",
                "reference",
                "2026-0102",
                "hours",
                "4"));
    fields.putAll(otherwise);
    return sendAs(home, first, "/emergencies", fields);
  }

  private void refuseContent(String path, UUID who) throws Exception {
    for (var way : List.of("/contract", "/document.pdf")) {
      open(path + way, who).andExpect(status().isForbidden());
    }
  }

  private ResultActions send(UUID who, String path) throws Exception {
    return sendAs(home, who, path, Map.of());
  }

  private ResultActions sendAs(TestBody of, UUID who, String path, Map<String, String> fields)
      throws Exception {
    var request = post(path).with(csrf()).with(TestPeople.as(of, who));
    fields.forEach(request::param);
    return mvc.perform(request);
  }

  private ResultActions open(String path, UUID who) throws Exception {
    return openAs(home, who, path);
  }

  private ResultActions openAs(TestBody of, UUID who, String path) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(of, who)).accept("text/html", "*/*"));
  }

  private static Document page(ResultActions answer, int expected) throws Exception {
    return Jsoup.parse(
        answer
            .andExpect(status().is(expected))
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8));
  }

  private List<AuditEntry> entries(TenantId of) {
    var entries = new ArrayList<AuditEntry>();
    Tenancy.in(
        of,
        () -> {
          reading.each(AuditQuery.everything(), line -> entries.add(line.entry()));
          return true;
        });
    return entries;
  }

  private List<String> actions(TenantId of) {
    return entries(of).stream().map(AuditEntry::action).toList();
  }

  private List<String> mails() {
    var found = new ArrayList<String>();
    rows(
        "select body from mail where tenant_id = '%s' order by created_at, id".formatted(body.id()),
        found);
    return found;
  }

  private static String text(String sql) {
    var found = new ArrayList<String>();
    rows(sql, found);
    return found.getFirst();
  }

  private static void rows(String sql, List<String> into) {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        into.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
