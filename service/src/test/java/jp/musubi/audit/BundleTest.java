package jp.musubi.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
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
import jp.musubi.evidence.AccessRecord;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.evidence.RecordFile;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
@DisplayName("検査提出セットは")
class BundleTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired AccessRecord record;
  @Autowired AuditTrail trail;
  @TempDir Path folder;

  private TestBody body;
  private UUID admin;

  @BeforeEach
  void aBodyWithConcludedContracts() throws SQLException {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "kanako", "監査 佳奈子", body.section(), "BODY_ADMIN", null);
    for (var i = 0; i < 6; i++) {
      concluded(body.section(), 1_000_000L * i);
    }
  }

  @Test
  @DisplayName("同じ種なら同じ契約を、違う種なら違う契約を選び、金額と期間で絞れる")
  void drawsByLotThatAnybodyCanRepeat() throws Exception {
    var one = drawn("?count=3&seed=aa");
    assertThat(one).hasSize(3).isEqualTo(drawn("?count=3&seed=aa"));
    assertThat(List.of("bb", "cc", "dd", "ee"))
        .anySatisfy(seed -> assertThat(drawn("?count=3&seed=" + seed)).isNotEqualTo(one));
    assertThat(drawn("?least=4,000,000&seed=aa")).hasSize(2);
    assertThat(drawn("?until=令和2年4月1日&seed=aa")).isEmpty();
    mvc.perform(asked("/audit/bundle?count=0&seed=aa"))
        .andExpect(status().isUnprocessableContent());
    mvc.perform(asked("/audit/bundle.zip?until=令和2年4月1日")).andExpect(status().isNotFound());
  }

  @Test
  @DisplayName("契約書・証明書・経過・監査記録と、すべてのSHA-256を入れ、取り出したことを残す")
  void holdsEverythingWithItsDigests() throws Exception {
    var contract = concluded(body.section(), 9_000_000L);
    referTo(contract, "図面.csv", "平面図".getBytes(StandardCharsets.UTF_8));
    Tenancy.in(
        body.id(),
        () -> {
          record.note(
              new Actor(Actor.Kind.STAFF, "1", "見本 花子"),
              "contract.viewed",
              contract,
              "192.0.2.1",
              Map.of());
          return true;
        });
    var files =
        unzipped(
            mvc.perform(asked("/audit/bundle.zip?least=9,000,000&seed=aa"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray());

    assertThat(files.keySet()).hasSize(11).anyMatch(name -> name.endsWith("/契約の経過.pdf"));
    assertThat(files)
        .anySatisfy((name, bytes) -> {
          assertThat(name).endsWith("/参照する書類/001_図面.csv");
          assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo("平面図");
        });
    var manifest =
        JsonMapper.builder().build().readTree(Objects.requireNonNull(files.get("manifest.json")));
    assertThat(manifest.path("files").size()).isEqualTo(9);
    for (var file : manifest.path("files")) {
      var bytes = Objects.requireNonNull(files.get(file.path("name").asString()));
      assertThat(Sha256.of(bytes).hex()).isEqualTo(file.path("sha256").asString());
      assertThat((long) bytes.length).isEqualTo(file.path("bytes").asLong());
    }
    assertThat(files.get("SHA256SUMS"))
        .asString(StandardCharsets.UTF_8)
        .satisfies(sums ->
            assertThat(sums.lines())
                .containsExactlyInAnyOrderElementsOf(
                    files.entrySet().stream()
                        .filter(each -> !each.getKey().equals("SHA256SUMS"))
                        .map(each -> Sha256.of(each.getValue()).hex() + "  " + each.getKey())
                        .toList()));
    assertThat(manifest.path("seed").asString()).isEqualTo("aa");
    var jsonl =
        Files.write(
            folder.resolve("record.jsonl"), Objects.requireNonNull(files.get("監査記録.jsonl")));
    assertThat(RecordFile.check(jsonl, List.of()).broken()).isEmpty();
    assertThat(Files.readString(jsonl)).contains("contract.viewed", "document.downloaded");
    assertThat(Tenancy.in(body.id(), () -> trail.steps(contract)))
        .last()
        .satisfies(entry -> {
          assertThat(entry.action()).isEqualTo("document.downloaded");
          assertThat(entry.actor().name()).isEqualTo("監査 佳奈子");
        });
  }

  private List<String> drawn(String query) {
    try {
      return Jsoup.parse(
              mvc.perform(asked("/audit/bundle" + query))
                  .andExpect(status().isOk())
                  .andReturn()
                  .getResponse()
                  .getContentAsString(StandardCharsets.UTF_8))
          .select("tbody th")
          .eachText();
    } catch (Exception e) {
      // What cannot be made ends the test, whatever it is called.
      throw new IllegalStateException(e);
    }
  }

  private org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder<?>
      asked(String path) {
    return get(path).with(TestPeople.as(body, admin)).accept("text/html", "*/*");
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

  /** A file of its own beside a contract that was concluded with it. */
  private void referTo(UUID contract, String name, byte[] bytes) throws Exception {
    var file = Files.write(folder.resolve("reference"), bytes);
    var digest = Tenancy.in(body.id(), () -> vault.put(file, "text/plain"));
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local session_replication_role = replica");
      statement.execute(
          """
          insert into contract_attachment (tenant_id, id, contract_id, ordinal, kind, role, name,
                                           media_type, bytes, pages, sha256, original_sha256,
                                           added_by, added_at)
          values ('%s', gen_random_uuid(), '%s', 0, 'DRAWING', 'REFERENCE', '%s', 'text/plain', %d, 0,
                  '%s', '%s', '%s', now())
          """
              .formatted(
                  body.id().value(), contract, name, bytes.length, digest, digest, body.clerk()));
      connection.commit();
    }
  }

  /** As if it had been concluded: what a bundle holds are the stored bytes, whatever they are. */
  private UUID concluded(UUID section, long amount) throws SQLException {
    var contract = TestContract.draft(body, vault);
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local session_replication_role = replica");
      statement.execute(
          """
          update contract
             set state = 'CONCLUDED', final_sha256 = prepared_sha256, section_id = '%s', amount = %d,
                 certificate_sha256 = prepared_sha256, certificate_masked_sha256 = prepared_sha256,
                 dispatched_at = now(), deadline = now() + interval '1 day', concluded_at = now()
           where id = '%s'
          """
              .formatted(section, amount, contract.id()));
      connection.commit();
    }
    return contract.id().value();
  }
}
