package jp.musubi.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.TestRound;
import jp.musubi.audit.VerificationReports;
import jp.musubi.contract.Contracts;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.Verdict;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
@DisplayName("データの引継ぎは")
class HandoverTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired PasswordEncoder passwords;
  @Autowired Contracts contracts;
  @Autowired VerificationReports verification;
  @TempDir Path folder;

  private ClosureHouse house;

  @BeforeEach
  void aBody() {
    house = new ClosureHouse(mvc, passwords.encode(TestBody.PASSWORD));
  }

  @Test
  @DisplayName("どの状態の契約も、どの表も、どのファイルも、数えたとおりに入り、要約値が合い、署名が確かめられる。ほかの団体のものと秘密は入らない")
  void holdsEverythingOfTheBodyAndNothingElse() throws Exception {
    var other = TestBody.create("-");
    var foreign = TestContract.draft(other, vault);
    var concluded = concluded();
    var draft = TestContract.draft(house.body, vault).id().value();
    var paper = TestContract.draft(house.body, vault).id().value();
    become(paper, "ON_PAPER");
    TestPeople.run("update contract set title = '=1+1' where id = ?", draft);
    var before = counts();

    var records = unzipped(make());

    var manifest = JSON.readTree(records.get("manifest.json"));
    var left = new HashSet<String>();
    manifest.get("leftOutAsSecret").forEach(name -> left.add(name.asString()));
    manifest.get("leftOutAsInner").forEach(name -> left.add(name.asString()));
    before.forEach((table, rows) -> {
      if (!left.contains(table)) {
        var lines = lines(records, "記録/" + table + ".jsonl");
        // Whoever asked is on the record before the record is read.
        assertThat(lines.size()).as(table).isBetween(rows, rows + (isRecord(table) ? 2 : 0));
        assertThat(manifest.get("rows").get(table).asLong()).as(table).isEqualTo(lines.size());
      }
    });
    assertThat(records.keySet()).allMatch(name -> !name.contains("body_key"));
    var contractLines = String.join("\n", lines(records, "記録/contract.jsonl"));
    assertThat(contractLines)
        .contains(concluded.toString(), draft.toString(), paper.toString())
        .doesNotContain(foreign.id().toString());
    assertThat(String.join("\n", lines(records, "記録/staff.jsonl")))
        .contains("見本 花子")
        .doesNotContain("argon2", "password_hash");
    assertThat(text(records, "契約一覧.csv"))
        .startsWith("\uFEFF文書番号,")
        .contains("締結済", "下書き", "紙で締結", ",'=1+1,");
    assertThat(text(records, "対応表.csv")).contains("contract,契約,contract_date,契約日,date");

    var all = new TreeMap<>(records);
    var made =
        TestPeople.text(
            "select id::text from handover where tenant_id = ?", house.body.id().value());
    var parts = manifest.get("parts").asInt();
    assertThat(parts).isPositive();
    for (var part = 1; part <= parts; part++) {
      all.putAll(unzipped(part(house.body, house.first, made, part)));
    }
    assertThat(all.keySet().stream().filter(name -> name.startsWith("ファイル/")).count())
        .isEqualTo(manifest.get("files").asLong())
        .isEqualTo(
            Long.parseLong(
                TestPeople.text(
                    "select count(*)::text from vault_object where tenant_id = ?",
                    house.body.id().value())));
    var sums = text(records, "SHA256SUMS");
    for (var line : sums.lines().toList()) {
      assertThat(Sha256.of(file(all, line.substring(66))).hex()).isEqualTo(line.substring(0, 64));
    }
    assertThat(Sha256.of(file(records, "SHA256SUMS")).hex())
        .isEqualTo(
            TestPeople.text(
                "select manifest_sha256 from handover where tenant_id = ?",
                house.body.id().value()));

    var last = TestPeople.text("select final_sha256 from contract where id = ?", concluded);
    var pdf =
        Files.write(
            folder.resolve("final.pdf"),
            file(all, "ファイル/" + last.substring(0, 2) + "/" + last + ".pdf"));
    // A signature is judged at the moment of looking.
    assertThat(verification.of(pdf, Instant.now()).verdict()).isEqualTo(Verdict.VALID);
    assertThat(text(all, "検証結果/" + last + ".json")).contains("\"valid\"");
    assertThat(lines(records, "ファイル一覧.csv")).anyMatch(line -> line.contains(last));
  }

  @Test
  @DisplayName("一部だけを取り直せ、ほかの団体には渡さず、受け取った記録がなければ消去を申し出られない")
  void isTakenPartByPartAndByTheBodyOnly() throws Exception {
    TestContract.draft(house.body, vault);
    assertThat(house.propose(house.first).getStatus()).isEqualTo(409);
    make();
    var made =
        TestPeople.text(
            "select id::text from handover where tenant_id = ?", house.body.id().value());
    assertThat(unzipped(part(house.body, house.first, made, 1)))
        .isNotEmpty()
        .hasSameSizeAs(unzipped(part(house.body, house.second, made, 1)));
    var other = new ClosureHouse(mvc, passwords.encode(TestBody.PASSWORD));
    var path = "/closure/handover/" + made + "/parts/1.zip";
    assertThat(house.open(other.body, other.first, path).getStatus()).isEqualTo(404);
    assertThat(house.open(house.body, house.first, "/closure/handover").getContentAsString())
        .contains("1／1を受け取る");
    assertThat(house.propose(house.first).getStatus()).isEqualTo(302);
  }

  @Test
  @DisplayName("渡す列には、どれも意味の説明がある")
  void explainsEveryColumn() throws Exception {
    var records = unzipped(make());
    assertThat(lines(records, "対応表.csv"))
        .hasSizeGreaterThan(300)
        .noneMatch(line -> line.contains("説明はまだありません"));
    var paper = Path.of("../docs/handover-mapping.csv");
    if (Boolean.getBoolean("musubi.mapping.write")) {
      Files.write(paper, file(records, "対応表.csv"));
    }
    // Written anew by -Dmusubi.mapping.write=true when a table or a column was added.
    assertThat(Files.readString(paper)).isEqualTo(text(records, "対応表.csv"));
    assertThat(records.keySet())
        .as("a table is either handed over, or named as left out")
        .containsAll(
            JSON.readTree(records.get("manifest.json")).get("rows").propertyNames().stream()
                .map(table -> "記録/" + table + ".jsonl")
                .toList());
  }

  private UUID concluded() {
    // Deadlines are held against the clock of the service.
    var deadline = Instant.now().plus(Duration.ofDays(14));
    var round = TestRound.begin(house.body, vault, contracts, deadline);
    round.agree(contracts);
    for (var i = 0; i < 600; i++) {
      var awaited = Tenancy.in(house.body.id(), () -> contracts.awaited(round.id()));
      if (!awaited.isEmpty()) {
        new TestRound(house.body, round.id(), awaited.getFirst()).agree(contracts);
        break;
      }
      pause();
    }
    for (var i = 0; i < 600; i++) {
      var state = TestPeople.text("select state from contract where id = ?", round.id().value());
      if ("CONCLUDED".equals(state)) {
        return round.id().value();
      }
      pause();
    }
    throw new AssertionError("not concluded");
  }

  private static void pause() {
    try {
      // The seal is made by a job.
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void become(UUID contract, String state) {
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        update contract set state = '%s', ended_at = now() where id = '%s'; end $$
        """
            .formatted(state, contract));
  }

  private static boolean isRecord(String table) {
    return table.equals("audit_entry");
  }

  /** Rows by table, read past row security. */
  private Map<String, Integer> counts() {
    var counts = new TreeMap<String, Integer>();
    ClosureHouse.rows(house.body.id())
        .forEach((table, found) ->
            counts.put(table, Integer.parseInt(found.substring(0, found.indexOf(" ")))));
    return counts;
  }

  private byte[] make() throws Exception {
    var answer = house.press(house.body, house.first, "/closure/handover");
    assertThat(answer.getStatus()).isEqualTo(200);
    return answer.getContentAsByteArray();
  }

  private byte[] part(TestBody body, UUID who, String made, int part) throws Exception {
    return house
        .open(body, who, "/closure/handover/" + made + "/parts/" + part + ".zip")
        .getContentAsByteArray();
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    var found = files.get(name);
    if (found == null) {
      throw new AssertionError(name + " is not among " + files.keySet());
    }
    return found;
  }

  private static String text(Map<String, byte[]> files, String name) {
    return new String(file(files, name), StandardCharsets.UTF_8);
  }

  private static List<String> lines(Map<String, byte[]> files, String name) {
    return text(files, name).lines().toList();
  }

  private static Map<String, byte[]> unzipped(byte[] zip) {
    var files = new TreeMap<String, byte[]>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
