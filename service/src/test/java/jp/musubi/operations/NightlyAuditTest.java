package jp.musubi.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.index.IndexTests;
import jp.musubi.index.Packing;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.vault.StoredObjects;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("毎晩の監査は")
class NightlyAuditTest {
  @Autowired Auditor auditor;
  @Autowired Organisations organisations;
  @Autowired AuditAlarms alarms;
  @Autowired AuditTrail trail;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;
  @Autowired BodyKeys keys;
  @Autowired Vault vault;
  @Autowired Packing packing;
  @Autowired MockMvc mvc;
  @TempDir Path folder;

  private TestBody home;
  private TestBody body;
  private UUID operator;

  @BeforeEach
  void anOperatorAndABody() {
    home = TestBody.operators();
    operator =
        TestPeople.member(home, "n-" + UUID.randomUUID(), "例 運", home.section(), "OPERATOR", null);
    body = TestBody.create("-");
    TestPeople.run("delete from nightly_audit");
    TestPeople.run("delete from mail where occasion like 'nightly-audit-%'");
  }

  @Test
  @DisplayName("異常がなければ画面にそう言い、だれにも知らせない")
  void saysThatAllIsWell() throws Exception {
    file();

    nightly(Clock.systemUTC()).run();

    assertThat(page()).contains("毎晩の監査", "すべて", "1団体、契約0件、原本1個", "異常なし");
    assertThat(letters()).isEmpty();
  }

  @Test
  @DisplayName("異常を画面に並べ、運営者にメールで知らせる")
  void raisesTheAlarm() throws Exception {
    var file = file();
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    nightly(Clock.systemUTC()).run();

    assertThat(page()).contains("最後の監査で異常が1件見つかりました", "原本が失われたか、壊れています", body.code(), "異常1件");
    assertThat(letters()).containsExactly("【至急】むすびの監査で異常が1件見つかりました");
  }

  @Test
  @DisplayName("前回から増えた原本だけを読み、記録はいつもすべて確かめる")
  void readsWhatCameSince() throws Exception {
    Files.delete(file());
    // The database's clock and this one are one machine's.
    var later = new AuditScope(Optional.of(body.code()), Instant.now().plusSeconds(60));

    assertThat(auditor.audit(AuditScope.of(body.code())).violations())
        .extracting(Violation::code)
        .containsExactly("object-damaged");
    assertThat(auditor.audit(later).violations()).isEmpty();
    assertThat(auditor.audit(later).objects()).isZero();

    TestPeople.run(
        """
        insert into mail (tenant_id, id, occasion, recipient, subject, body, message_id, created_at)
        values ('%s', gen_random_uuid(), 'x', 'x@example.jp', 'x', 'x', 'x',
                now() - interval '3 days')
        """
            .formatted(body.id()));
    assertThat(auditor.audit(later).violations())
        .extracting(Violation::code)
        .containsExactly("mail-stuck");
  }

  @Test
  @DisplayName("検索の索引が欠けていれば知らせ、止まらずに作り直させ、そのあいだも検索は見つける")
  void mendsATruncatedIndex() throws Exception {
    file();
    for (var i = 0; i < 3; i++) {
      contract("舗装修繕工事 " + i, 7 + i);
    }
    IndexTests.packAll(packing, body);
    assertThat(found("舗装")).isEqualTo(3);
    nightly(Clock.systemUTC()).run();
    assertThat(letters()).isEmpty();

    TestPeople.run(
        "delete from search_posting where tenant_id = ? and term >= '舗'", body.id().value());
    assertThat(found("舗装")).as("a truncated index misses what is there").isZero();
    assertThat(auditor.audit(AuditScope.of(body.code())).violations())
        .extracting(Violation::code, Violation::subject)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("index-incomplete", "R8-000007"));

    nightly(Clock.systemUTC()).run();
    assertThat(page()).contains("検索の索引に漏れがあり");
    assertThat(letters()).containsExactly("【至急】むすびの監査で異常が1件見つかりました");
    assertThat(found("舗装")).as("compared one by one").isEqualTo(3);

    IndexTests.packAll(packing, body);
    assertThat(found("舗装")).isEqualTo(3);
    assertThat(auditor.audit(AuditScope.of(body.code())).violations()).isEmpty();
  }

  private void contract(String title, int number) {
    TestPeople.run(
        """
        insert into contract (tenant_id, id, number, state, title, section_id, clerk_id, file_name,
                              document_sha256, pages, created_at)
        select ?, gen_random_uuid(), ?, 'DRAFT', ?, ?, ?, 'x.pdf', sha256, 1, now()
          from vault_object where tenant_id = ?
        """,
        body.id().value(),
        "R8-%06d".formatted(number),
        title,
        body.section(),
        body.clerk(),
        body.id().value());
  }

  /** As the page of the register counts them. */
  private int found(String words) throws Exception {
    var answer =
        mvc.perform(get("/register").param("words", words).with(TestPeople.as(body, body.viewer())))
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8);
    return Jsoup.parse(answer).select("tbody tr").size();
  }

  @Test
  @DisplayName("26時間終わらなければ、一日に一度それを知らせる")
  void noticesItsOwnAbsence() throws Exception {
    nightly(Clock.systemUTC()).run();
    var tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));
    var dayAfter = Clock.offset(Clock.systemUTC(), Duration.ofHours(27));

    nightly(tomorrow).watch();
    assertThat(letters()).isEmpty();
    nightly(dayAfter).watch();
    nightly(dayAfter).watch();
    assertThat(letters()).containsExactly("【至急】むすびの監査が26時間以上終わっていません");

    TestPeople.run(
        "update nightly_audit set started_at = started_at - interval '27 hours',"
            + " ended_at = ended_at - interval '27 hours'");
    assertThat(page()).contains("監査が動いていません");
  }

  /** Over this test's body alone: the others' tests plant what is to be found. */
  private NightlyAudit nightly(Clock clock) {
    return new NightlyAudit(
        scope -> auditor.audit(new AuditScope(Optional.of(body.code()), scope.filesSince())),
        organisations,
        new AuditRuns(jdbc),
        alarms,
        trail,
        transaction,
        packing,
        clock);
  }

  private Path file() throws IOException {
    var file = Files.writeString(folder.resolve("contract"), "契約書 " + body.code());
    var digest = Tenancy.in(body.id(), () -> vault.put(file, "application/pdf"));
    return StoredObjects.file(keys, transaction, body.id(), digest);
  }

  private String page() throws Exception {
    return Jsoup.parse(
            mvc.perform(get("/nightly-audit").with(TestPeople.as(home, operator)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8))
        .text();
  }

  /** What this test's operator was told, as subjects. */
  private List<String> letters() {
    return Tenancy.in(
        home.id(),
        () ->
            transaction.execute(_ ->
                jdbc.sql("select subject from mail where occasion like :mine order by created_at")
                    .param("mine", "nightly-audit-%/" + operator)
                    .query(String.class)
                    .list()));
  }
}
