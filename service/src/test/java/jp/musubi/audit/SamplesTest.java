package jp.musubi.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.TestSample;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Decision;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditQuery;
import jp.musubi.evidence.AuditReading;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
@DisplayName("監査の抽出の画面は")
class SamplesTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired Contracts contracts;
  @Autowired AuditReading reading;
  @Autowired Clock clock;

  private TestBody body;
  private UUID auditor;
  private UUID admin;

  @BeforeEach
  void aBodyWithAnAuditor() {
    body = TestBody.create("-");
    auditor = TestPeople.member(body, "kanako", "監査 佳奈子", body.section(), "AUDITOR", null);
    admin = TestPeople.member(body, "kanri", "管理 花子", body.section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("台帳の行だけを見せ、無作為に選び、認められるまでは何も見せない")
  void drawByLotAndOpenAfterwards() throws Exception {
    for (var i = 0; i < 6; i++) {
      concluded(body.section(), 1_000_000L * i);
    }
    var ledger = page(open("/audit/samples/new?least=1,000,000", auditor), 200);
    assertThat(ledger.select("tbody tr")).hasSize(5);
    assertThat(ledger.select("main").text()).contains("あてはまる契約は5件です", "市道1024号線");
    assertThat(ledger.select("a[href^=/contracts/]")).isEmpty();

    var key = UUID.randomUUID();
    send(auditor, "/audit/samples", fields(key, "LOT", "count", "2", "least", "1,000,000"))
        .andExpect(redirectedUrl("/audit/samples/" + key));
    var drawn = drawn(key);
    assertThat(drawn).hasSize(2);
    // Clicked twice: nothing is drawn anew.
    send(auditor, "/audit/samples", fields(key, "LOT", "count", "5"))
        .andExpect(redirectedUrl("/audit/samples/" + key));
    assertThat(drawn(key)).isEqualTo(drawn);
    assertThat(letters()).containsExactly("kanri: 監査のために契約の閲覧の許可が求められています");
    refuseAll(drawn);
    open("/audit/samples/" + key + "/bundle.zip", auditor).andExpect(status().isNotFound());

    openFor(key, 3).andExpect(redirectedUrl("/audit/samples/" + key));
    openFor(key, 3).andExpect(status().isConflict());
    for (var id : drawn) {
      for (var path : List.of("", "/history", "/history.pdf", "/document.pdf")) {
        open("/contracts/" + id + path, auditor).andExpect(status().isOk());
      }
    }
    refuseAll(others(drawn));
    assertThat(page(open("/contracts", auditor), 200).select("tbody tr")).hasSize(2);
    assertThat(actions())
        .containsSubsequence("audit.sample-drawn", "audit.sample-opened", "contract.viewed");
    // The same lot can be drawn by anybody from what is on record.
    assertThat(page(open("/audit/samples/" + key, admin), 200).text())
        .contains("あてはまる5件から無作為に2件", "抽出の種");
  }

  @Test
  @DisplayName("印を付けた契約だけを選び、台帳にない契約は選ばせない")
  void pickWhatTheLedgerShows() throws Exception {
    var other = TestPeople.section(body, "20", "福祉部", null);
    var mine = concluded(body.section(), 5);
    var theirs = concluded(other, 5);
    var draft = TestContract.draft(body, vault).id().value();
    var sub = TestPeople.member(body, "sub", "監査 次", body.section(), "AUDITOR", body.section());
    assertThat(page(open("/audit/samples/new", sub), 200).select("tbody tr")).hasSize(1);
    var key = UUID.randomUUID();
    send(sub, "/audit/samples", fields(key, "PICKED", "picked", mine + "," + theirs + "," + draft))
        .andExpect(redirectedUrl("/audit/samples/" + key));
    assertThat(drawn(key)).containsExactly(mine);
    send(sub, "/audit/samples", fields(UUID.randomUUID(), "PICKED", "picked", theirs.toString()))
        .andExpect(status().isConflict());
    send(sub, "/audit/samples", fields(UUID.randomUUID(), "PICKED"))
        .andExpect(status().isConflict());
    send(sub, "/audit/samples", fields(UUID.randomUUID(), "LOT"))
        .andExpect(status().isUnprocessableContent());
    send(sub, "/audit/samples", fields(UUID.randomUUID(), "LOT", "count", "1001"))
        .andExpect(status().isUnprocessableContent());
  }

  @Test
  @DisplayName("何もない台帳と、抽出のない一覧では、次にすることを示す")
  void sayWhatToDoWhenThereIsNothing() throws Exception {
    assertThat(page(open("/audit/samples/new", auditor), 200).text()).contains("期間を広げるか");
    assertThat(page(open("/audit/samples", auditor), 200).text()).contains("「台帳から抽出する」から");
    assertThat(page(open("/audit/samples", admin), 200).text()).contains("終わりの日を決めて");
    send(auditor, "/audit/samples", fields(UUID.randomUUID(), "LOT", "count", "1"))
        .andExpect(status().isConflict());
    assertThat(page(open("/audit/samples/new?from=いつか", auditor), 422).text()).contains("日付");
  }

  @Test
  @DisplayName("期間が過ぎるか、終わらせるか、監査の権限が終われば、すぐに何も見せない")
  void closeAtOnce() throws Exception {
    var contract = concluded(body.section(), 5);
    var sample = TestSample.open(body, auditor, admin, contract);
    open("/contracts/" + contract, auditor).andExpect(status().isOk());
    send(admin, "/audit/samples/" + sample + "/end", Map.of())
        .andExpect(redirectedUrl("/audit/samples/" + sample));
    refuseAll(List.of(contract));
    open("/audit/samples/" + sample + "/bundle.zip", auditor).andExpect(status().isNotFound());
    send(admin, "/audit/samples/" + sample + "/end", Map.of()).andExpect(status().isConflict());

    // The service under test reads the same clock.
    var now = Instant.now();
    var soon =
        TestSample.open(
            body, auditor, admin, now.plusSeconds(3600), now.plusSeconds(7200), contract);
    refuseAll(List.of(contract));
    TestPeople.run(
        "update audit_sample set open_from = now() - interval '2 h', opened_at = now() - interval"
            + " '2 h', open_until = now() where id = ?",
        soon);
    refuseAll(List.of(contract));

    TestSample.open(body, auditor, admin, contract);
    open("/contracts/" + contract, auditor).andExpect(status().isOk());
    TestPeople.run("update role_grant set until_at = now() where staff_id = ?", auditor);
    refuseAll(List.of(contract));
  }

  @Test
  @DisplayName("ほかの監査やほかの団体の抽出は、ないのと同じ")
  void belongToTheirAuditorAlone() throws Exception {
    var contract = concluded(body.section(), 5);
    var sample = TestSample.open(body, auditor, admin, contract);
    var other = TestPeople.member(body, "other", "監査 外", body.section(), "AUDITOR", null);
    open("/audit/samples/" + sample, other).andExpect(status().isNotFound());
    open("/audit/samples/" + sample + "/bundle.zip", other).andExpect(status().isNotFound());
    open("/contracts/" + contract, other).andExpect(status().isNotFound());
    assertThat(page(open("/audit/samples", other), 200).select("tbody tr")).isEmpty();

    var home = body;
    body = TestBody.create("-");
    var stranger = TestPeople.member(body, "far", "管理 外", body.section(), "BODY_ADMIN", null);
    open("/audit/samples/" + sample, stranger).andExpect(status().isNotFound());
    send(stranger, "/audit/samples/" + sample + "/end", Map.of()).andExpect(status().isNotFound());
    body = home;
    open("/contracts/" + contract, auditor).andExpect(status().isOk());
  }

  @Test
  @DisplayName("管理者を兼ねる監査も、自分の抽出は認められない")
  void areNeverOpenedByTheirAuditor() throws Exception {
    concluded(body.section(), 5);
    TestPeople.run(
        "insert into role_grant (tenant_id, id, staff_id, role, from_at) values (?, gen_random_uuid(),"
            + " ?, 'BODY_ADMIN', timestamptz '2020-04-01 00:00+09')",
        body.id().value(),
        auditor);
    var key = UUID.randomUUID();
    send(auditor, "/audit/samples", fields(key, "LOT", "count", "1"));
    send(auditor, "/audit/samples/" + key + "/opening", time(1)).andExpect(status().isConflict());
    send(admin, "/audit/samples/" + key + "/opening", time(365)).andExpect(status().isConflict());
    send(admin, "/audit/samples/" + key + "/opening", Map.of("from", "x", "last", ""))
        .andExpect(status().isUnprocessableContent());
  }

  @Test
  @DisplayName("認められた後の抽出には、サービス自身も契約を加えられない")
  void areFixedWhenOpened() throws Exception {
    var contract = concluded(body.section(), 5);
    var sample = TestSample.open(body, auditor, admin, contract);
    var another = concluded(body.section(), 6);
    assertThatThrownBy(() ->
            TestPeople.run(
                "insert into audit_sample_contract values (?, ?, ?)",
                body.id().value(),
                sample,
                another))
        .hasMessageContaining("settled");
  }

  @Test
  @DisplayName("一式には抽出した契約だけと、署名を検証した結果を入れ、取り出したことを残す")
  void giveTheBundleWithVerification() throws Exception {
    var sealed = reallyConcluded();
    concluded(body.section(), 5);
    var sample = TestSample.open(body, auditor, admin, sealed.id().value());
    var files =
        unzipped(
            open("/audit/samples/" + sample + "/bundle.zip", auditor)
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray());
    assertThat(files.keySet()).hasSize(10).contains("SHA256SUMS");
    var json = JsonMapper.builder().build();
    for (var name : List.of("契約書", "締結証明書")) {
      var file = sealed.number() + "/" + name;
      var report = json.readTree(bytes(files, file + "_検証結果.json"));
      assertThat(report.path("verdict").asString()).isEqualTo("valid");
      assertThat(report.path("file").asString()).isEqualTo(file + ".pdf");
      assertThat(report.path("sha256").asString())
          .isEqualTo(jp.musubi.seal.Sha256.of(bytes(files, file + ".pdf")).hex());
      assertThat(new String(bytes(files, file + "_検証結果.txt"), StandardCharsets.UTF_8))
          .contains("判定", "有効", "タイムスタンプ");
    }
    assertThat(json.readTree(bytes(files, "manifest.json")).path("sample").asString())
        .isEqualTo(sample.toString());
    assertThat(actions()).contains("audit.exported", "document.downloaded");
  }

  @Test
  @DisplayName("千件の抽出も、一度に選び、認め、一覧できる")
  void bearAThousandContracts() throws Exception {
    var model = concluded(body.section(), 5);
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        insert into contract (tenant_id, id, number, state, title, section_id, clerk_id, office_id,
               file_name, document_sha256, prepared_sha256, pages, created_at, dispatched_at,
               deadline, concluded_at, final_sha256, certificate_sha256, certificate_masked_sha256)
        select tenant_id, gen_random_uuid(), 'X-' || n, state, title, section_id, clerk_id,
               office_id, file_name, document_sha256, prepared_sha256, pages, created_at,
               dispatched_at, deadline, concluded_at, final_sha256, certificate_sha256,
               certificate_masked_sha256
          from contract, generate_series(1, 1500) n where id = '%s'; end $$
        """
            .formatted(model));
    assertThat(page(open("/audit/samples/new", auditor), 200).text())
        .contains("あてはまる契約は1,501件です", "新しい順に200件");
    var key = UUID.randomUUID();
    send(auditor, "/audit/samples", fields(key, "LOT", "count", "1000"))
        .andExpect(redirectedUrl("/audit/samples/" + key));
    openFor(key, 1).andExpect(redirectedUrl("/audit/samples/" + key));
    assertThat(page(open("/audit/samples/" + key, auditor), 200).select("tbody tr")).hasSize(1000);
    assertThat(page(open("/contracts", auditor), 200).select("tbody tr")).hasSize(50);
  }

  private void refuseAll(List<UUID> some) throws Exception {
    for (var id : some) {
      for (var path :
          List.of(
              "",
              "/pages/1.png",
              "/pages/1.txt",
              "/document.pdf",
              "/certificate.pdf",
              "/history",
              "/history.pdf")) {
        open("/contracts/" + id + path, auditor).andExpect(status().isNotFound());
      }
    }
  }

  /** To whom it was written about what. */
  private List<String> letters() {
    var found = new java.util.ArrayList<String>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select s.login_id || ': ' || m.subject from mail m
                  join staff s on s.tenant_id = m.tenant_id and s.mail = m.recipient
                 where m.tenant_id = '%s'
                """
                    .formatted(body.id()))) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private List<UUID> drawn(UUID sample) {
    return ids(
        "select contract_id from audit_sample_contract where sample_id = '%s' order by 1"
            .formatted(sample));
  }

  private List<UUID> others(List<UUID> drawn) {
    return ids("select id from contract where tenant_id = '%s'".formatted(body.id())).stream()
        .filter(id -> !drawn.contains(id))
        .toList();
  }

  private static List<UUID> ids(String sql) {
    var found = new java.util.ArrayList<UUID>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getObject(1, UUID.class));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private List<String> actions() {
    var actions = new java.util.ArrayList<String>();
    Tenancy.in(
        body.id(),
        () -> {
          reading.each(AuditQuery.everything(), line -> actions.add(line.entry().action()));
          return true;
        });
    return actions;
  }

  private ResultActions openFor(UUID sample, int days) throws Exception {
    return send(admin, "/audit/samples/" + sample + "/opening", time(days));
  }

  private static Map<String, String> time(int days) {
    var today = java.time.LocalDate.now(JapaneseDates.ZONE);
    return Map.of("from", today.toString(), "last", today.plusDays(days).toString());
  }

  private static Map<String, String> fields(UUID key, String how, String... more) {
    var fields = new TreeMap<>(Map.of("key", key.toString(), "how", how, "purpose", "定期監査"));
    for (var i = 0; i < more.length; i += 2) {
      fields.put(more[i], more[i + 1]);
    }
    return fields;
  }

  private ResultActions send(UUID who, String path, Map<String, String> fields) throws Exception {
    var request = post(path).with(csrf()).with(TestPeople.as(body, who));
    fields.forEach(request::param);
    return mvc.perform(request);
  }

  private ResultActions open(String path, UUID who) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(body, who)).accept("text/html", "*/*"));
  }

  private static Document page(ResultActions answer, int expected) throws Exception {
    return Jsoup.parse(
        answer
            .andExpect(status().is(expected))
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(Map<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  private static Map<String, byte[]> unzipped(byte[] zip) throws Exception {
    var files = new TreeMap<String, byte[]>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  /** As if it had been concluded: its bytes are those of a draft. */
  private UUID concluded(UUID section, long amount) {
    var contract = TestContract.draft(body, vault);
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        update contract
           set state = 'CONCLUDED', final_sha256 = prepared_sha256, section_id = '%s', amount = %d,
               certificate_sha256 = prepared_sha256, certificate_masked_sha256 = prepared_sha256,
               dispatched_at = now(), deadline = now() + interval '1 day', concluded_at = now()
         where id = '%s'; end $$
        """
            .formatted(section, amount, contract.id()));
    return contract.id().value();
  }

  /** Concluded with real seals. */
  private Particulars reallyConcluded() throws InterruptedException {
    var actor = new Actor(Actor.Kind.STAFF, "1", "見本 花子");
    var manner = new Agreement.Manner("PASSWORD", "L3", "同意して電子署名します。", "192.0.2.1", "test");
    var contract = TestContract.draft(body, vault);
    assertThat(
            Tenancy.in(
                body.id(),
                () ->
                    contracts.dispatch(
                        contract.id(),
                        contract.prepared(),
                        clock.instant().plus(Duration.ofDays(14)),
                        actor,
                        manner)))
        .isInstanceOf(Decision.Accepted.class);
    for (var ordinal = 1; ordinal <= 2; ordinal++) {
      var current = await(contract, ordinal);
      var shown = current.currentFile();
      var party = current.parties().get(ordinal);
      Tenancy.in(body.id(), () -> contracts.agree(contract.id(), party, shown, actor, manner));
    }
    var concluded = await(contract, 3);
    assertThat(concluded.state()).isEqualTo("CONCLUDED");
    return concluded;
  }

  private Particulars await(TestContract contract, int seals) throws InterruptedException {
    // Sealing is a job of its own: there is nothing to wait on but what it has stored.
    var until = Instant.now().plus(Duration.ofSeconds(90));
    while (true) {
      var now = Tenancy.in(body.id(), () -> contracts.get(contract.id()));
      if (now.revisions().size() >= seals) {
        return now;
      }
      assertThat(Instant.now()).isBefore(until);
      Thread.sleep(100);
    }
  }
}
