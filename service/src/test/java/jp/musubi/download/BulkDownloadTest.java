package jp.musubi.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.StoredObjects;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
@DisplayName("一括ダウンロードは")
class BulkDownloadTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired AuditTrail trail;
  @Autowired BodyKeys keys;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  private TestBody body;
  private UUID viewer;

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
    viewer = TestPeople.member(body, "miru", "閲覧 みる", body.section(), "VIEWER", body.section());
  }

  @Test
  @DisplayName("契約書・証明書・検証結果・一覧・目録を入れ、SHA-256がすべて合い、取り出したことを残す")
  void holdsEverythingWithItsDigests() throws Exception {
    var contract = concluded(body.section(), "橋の\"補修\"/点検");
    concluded(body.section(), "橋の\"補修\"/点検");

    var files = taken("");

    assertThat(files.keySet())
        .hasSize(2 * 4 + 3)
        .allMatch(name -> name.matches("[^\\\\:*?\"<>|\\p{Cntrl}]+"))
        .anyMatch(name -> name.startsWith("契約書/") && name.endsWith("橋の_補修__点検.pdf"))
        .anyMatch(name -> name.startsWith("契約書/") && name.endsWith("橋の_補修__点検(2).pdf"))
        .anyMatch(name -> name.endsWith("橋の_補修__点検_締結証明書.pdf"))
        .anyMatch(name -> name.startsWith("検証結果/"));
    assertThat(files.keySet().stream().toList().getLast()).isEqualTo("SHA256SUMS");
    var sums = text(files, "SHA256SUMS").lines().toList();
    assertThat(sums).hasSize(files.size() - 1);
    for (var sum : sums) {
      assertThat(Sha256.of(bytes(files, sum.substring(66))).hex()).isEqualTo(sum.substring(0, 64));
    }
    var manifest = JsonMapper.builder().build().readTree(text(files, "manifest.json"));
    assertThat(manifest.path("contracts").asInt()).isEqualTo(2);
    assertThat(manifest.path("leftOut").isEmpty()).isTrue();
    assertThat(manifest.path("files").size()).isEqualTo(8);
    for (var file : manifest.path("files")) {
      var bytes = bytes(files, file.path("name").asString());
      assertThat(Sha256.of(bytes).hex()).isEqualTo(file.path("sha256").asString());
      assertThat((long) bytes.length).isEqualTo(file.path("bytes").asLong());
    }
    assertThat(text(files, "一覧.csv").lines()).hasSize(3);
    assertThat(text(files, "一覧.csv")).contains("株式会社 見本建設", "契約書/");
    assertThat(Tenancy.in(body.id(), () -> trail.steps(contract)))
        .last()
        .satisfies(entry -> {
          assertThat(entry.action()).isEqualTo("document.downloaded");
          assertThat(entry.actor().name()).isEqualTo("閲覧 みる");
        });
    assertThat(actions()).contains("contracts.exported", "contracts.export-ended");
  }

  @Test
  @DisplayName("参照する書類も、一字も変えずに入れる")
  void holdsWhatAContractRefersTo() throws Exception {
    var contract = concluded(body.section(), "橋の補修");
    var drawing = Files.writeString(Files.createTempFile("図面", ".csv"), "図面 " + contract);
    var digest = Tenancy.in(body.id(), () -> vault.put(drawing, "text/csv"));
    refersTo(contract, digest, "図面1.csv");

    var files = taken("");

    var name =
        files.keySet().stream()
            .filter(each -> each.startsWith("参照する書類/"))
            .findFirst()
            .orElseThrow();
    assertThat(name).endsWith("橋の補修_001_図面1.csv");
    assertThat(Sha256.of(bytes(files, name))).isEqualTo(digest);
    assertThat(text(files, "SHA256SUMS")).contains(digest.hex() + "  " + name);
  }

  private void refersTo(UUID contract, Sha256 file, String name) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement =
            connection.prepareStatement(
                """
                insert into contract_attachment (tenant_id, id, contract_id, ordinal, kind, role,
                    name, media_type, bytes, pages, sha256, original_sha256, added_by, added_at)
                values (?, ?, ?, 0, 'DRAWING', 'REFERENCE', ?, 'text/csv', 1, 0, ?, ?, ?, now())
                """)) {
      connection.setAutoCommit(false);
      try (var plain = connection.createStatement()) {
        plain.execute("set local session_replication_role = replica");
      }
      statement.setObject(1, body.id().value());
      statement.setObject(2, UUID.randomUUID());
      statement.setObject(3, contract);
      statement.setString(4, name);
      statement.setString(5, file.hex());
      statement.setString(6, file.hex());
      statement.setObject(7, body.clerk());
      statement.execute();
      connection.commit();
    }
  }

  @Test
  @DisplayName("一覧と同じ条件と同じ及ぶ範囲で選び、締結済でないものは入れない")
  void takesWhatTheListShows() throws Exception {
    var other = TestPeople.section(body, "t-" + UUID.randomUUID(), "福祉部", null);
    concluded(body.section(), "道路の清掃");
    concluded(body.section(), "公園の清掃");
    concluded(other, "施設の清掃");
    TestContract.draft(body, vault);

    assertThat(list(taken(""))).hasSize(3);
    assertThat(list(taken("?words=公園")).getLast()).contains("公園の清掃");
    assertThat(list(taken("?words=公園"))).hasSize(2);
    for (var nothing : List.of("?filter=draft", "?words=どこにもない")) {
      mvc.perform(asked("/contracts/download.zip" + nothing)).andExpect(status().isNotFound());
      assertThat(page("/contracts/download" + nothing).select("a[href*=zip]")).isEmpty();
    }
    var page = page("/contracts/download");
    assertThat(page.text()).contains("2件");
    assertThat(page.select("a[href^=/contracts/download.zip]")).hasSize(1);
    assertThat(page("/contracts?words=公園").select("a[href^=/contracts/download]").attr("href"))
        .contains("words=");
  }

  @Test
  @DisplayName("壊れた原本は黙って抜かさず、何が取り出せなかったかを示し、残りは渡す")
  void tellsWhatIsBroken() throws Exception {
    var whole = concluded(body.section(), "無事な契約");
    var broken = concluded(body.section(), "壊れた契約");
    var digest = document(broken);
    var file = StoredObjects.file(keys, transaction, body.id(), digest);
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    var files = taken("");

    assertThat(files.keySet())
        .contains("取り出せなかったファイル.csv")
        .noneMatch(name -> name.contains("壊れた契約"))
        .anyMatch(name -> name.contains("無事な契約"));
    assertThat(text(files, "取り出せなかったファイル.csv")).contains(digest.hex());
    var left = JsonMapper.builder().build().readTree(text(files, "manifest.json")).path("leftOut");
    assertThat(left.size()).isEqualTo(2);
    assertThat(left.get(0).path("sha256").asString()).isEqualTo(digest.hex());
    assertThat(list(files)).anyMatch(line -> line.contains("取り出せませんでした"));
    assertThat(page("/contracts/download").text()).contains("失われたか壊れた原本");
    assertThat(document(whole)).isNotEqualTo(digest);
  }

  @Test
  @DisplayName("団体の決めたファイル名の決まりに従い、変えたことを残す")
  void namesFilesByTheBodysRule() throws Exception {
    var admin = TestPeople.member(body, "kan", "管理 花", body.section(), "BODY_ADMIN", null);
    concluded(body.section(), "道路の清掃");
    mvc.perform(
            post("/settings/file-names")
                .param("first", "COUNTERPARTY")
                .param("second", "COUNTERPARTY")
                .param("third", "NONE")
                .param("fourth", "NONE")
                .param("joint", "_")
                .with(csrf())
                .with(TestPeople.as(body, admin)))
        .andExpect(status().isUnprocessableContent());
    mvc.perform(
            post("/settings/file-names")
                .param("first", "COUNTERPARTY")
                .param("second", "TITLE")
                .param("third", "NONE")
                .param("fourth", "NONE")
                .param("joint", "_")
                .with(csrf())
                .with(TestPeople.as(body, admin)))
        .andExpect(redirectedUrl("/settings/file-names"));

    assertThat(taken("").keySet()).contains("契約書/株式会社 見本建設_道路の清掃.pdf");
    var form =
        Jsoup.parse(
            mvc.perform(get("/settings/file-names").with(TestPeople.as(body, admin)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8));
    assertThat(form.text()).contains("株式会社 見本建設_市道1号線 舗装修繕工事.pdf");
    assertThat(actions()).contains("settings.file-names-changed");
  }

  private Map<String, byte[]> taken(String query) throws Exception {
    var answer =
        mvc.perform(asked("/contracts/download.zip" + query))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse();
    assertThat(answer.getHeader("Content-Disposition")).startsWith("attachment");
    var files = new LinkedHashMap<String, byte[]>();
    try (var in =
        new ZipInputStream(
            new ByteArrayInputStream(answer.getContentAsByteArray()), StandardCharsets.UTF_8)) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  private Document page(String path) throws Exception {
    return Jsoup.parse(
        mvc.perform(asked(path))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8));
  }

  private org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder<?>
      asked(String path) {
    return get(path).with(TestPeople.as(body, viewer)).accept("text/html", "*/*");
  }

  private static List<String> list(Map<String, byte[]> files) {
    return text(files, "一覧.csv").lines().toList();
  }

  private static String text(Map<String, byte[]> files, String name) {
    return new String(bytes(files, name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Map<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  private List<String> actions() {
    return query("select action from audit_entry order by seq");
  }

  private Sha256 document(UUID contract) {
    return Sha256.parse(
        query("select final_sha256 from contract where id = '%s'".formatted(contract)).getFirst());
  }

  private List<String> query(String sql) {
    return Objects.requireNonNull(
        Tenancy.in(
            body.id(), () -> transaction.execute(_ -> jdbc.sql(sql).query(String.class).list())));
  }

  /** As if it had been concluded: what is taken are the stored bytes, whatever they are. */
  private UUID concluded(UUID section, String title) throws SQLException {
    var contract = TestContract.draft(body, vault);
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement =
            connection.prepareStatement(
                """
                update contract
                   set state = 'CONCLUDED', final_sha256 = prepared_sha256, section_id = ?,
                       title = ?, certificate_sha256 = prepared_sha256,
                       certificate_masked_sha256 = prepared_sha256, dispatched_at = now(),
                       deadline = now() + interval '1 day', concluded_at = now()
                 where id = ?
                """)) {
      connection.setAutoCommit(false);
      try (var plain = connection.createStatement()) {
        plain.execute("set local session_replication_role = replica");
      }
      statement.setObject(1, section);
      statement.setString(2, title);
      statement.setObject(3, contract.id().value());
      statement.execute();
      connection.commit();
    }
    return contract.id().value();
  }
}
