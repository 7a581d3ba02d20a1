package jp.musubi.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Room;
import jp.musubi.vault.SecondStores;
import jp.musubi.vault.StoredObjects;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("原本の保管の状態は")
class StoreCareTest {
  private static final String[] SETTINGS = {
    "spring.datasource.url",
    "spring.datasource.username",
    "musubi.store.directory",
    "musubi.secrets.master-key-file",
    "musubi.seal.trust-anchors"
  };

  @Autowired Vault vault;
  @Autowired BodyKeys keys;
  @Autowired TransactionTemplate transaction;
  @Autowired ApplicationContext context;
  @Autowired Organisations organisations;
  @Autowired AuditTrail audit;
  @Autowired JdbcClient jdbc;
  @Autowired MockMvc mvc;
  @TempDir Path folder;

  private TestBody body;
  private Path second;
  private StoreCare care;
  private Sha256 digest;

  @BeforeEach
  void aStoredFile() throws IOException {
    body = TestBody.create("-");
    second = folder.resolve("second");
    care =
        new StoreCare(
            organisations,
            SecondStores.care(context, second, Clock.systemUTC()),
            new Room(folder, folder),
            audit,
            Long.MAX_VALUE);
    var file = Files.writeString(folder.resolve("contract"), "契約書 " + body.code());
    digest = Tenancy.in(body.id(), () -> vault.put(file, "application/pdf"));
  }

  @Test
  @DisplayName("壊れた原本を直したことを、団体の監査記録に残す")
  void recordsWhatWasRepaired() throws IOException {
    look();
    assertThat(actions()).isEmpty();
    flip(original());
    assertThat(isBroken()).isTrue();

    look();

    assertThat(actions()).containsExactly("object.found-damaged", "object.repaired");
    assertThat(isBroken()).isFalse();
  }

  @Test
  @DisplayName("./musubi audit に、複製のない原本、壊れた複製、壊れた原本として現れる")
  void isAudited() throws IOException {
    TestPeople.run(
        "update vault_object set stored_at = now() - interval '2 days' where tenant_id = '%s'"
            .formatted(body.id()));
    SecondStores.care(context, second, Clock.systemUTC());
    assertThat(audited(second)).contains("copy-missing " + digest);
    assertThat(audited(null)).doesNotContain("copy-missing " + digest);

    look();
    assertThat(audited(second)).noneMatch(each -> each.endsWith(digest.hex()));
    flip(second.resolve(ServiceTest.RealParts.store().relativize(original())));
    flip(original());

    assertThat(audited(second)).contains("copy-damaged " + digest, "object-damaged " + digest);
  }

  @Test
  @DisplayName("運営者だけが画面で見られ、複製の置き場がないことを言う")
  void isShownToTheOperator() throws Exception {
    var home = TestBody.operators();
    var operator =
        TestPeople.member(home, "s-" + UUID.randomUUID(), "例 運", home.section(), "OPERATOR", null);

    var page =
        Jsoup.parse(
            mvc.perform(get("/store").with(TestPeople.as(home, operator)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8));

    assertThat(page.text()).contains("原本の保管", "musubi.store.second-directory", "複製の置き場がありません");
    var line =
        care.standings().stream()
            .filter(each -> each.body().id().equals(body.id()))
            .findFirst()
            .orElseThrow();
    assertThat(line.standing().objects()).isEqualTo(1);
  }

  @Test
  @DisplayName("いまの大きさ、増え方、まだ置ける大きさから、空きがなくなる見通しを運営者に示す")
  void looksAhead() throws Exception {
    var home = TestBody.operators();
    var operator =
        TestPeople.member(home, "s-" + UUID.randomUUID(), "例 運", home.section(), "OPERATOR", null);
    // Somebody's first file: a year is behind it.
    TestPeople.run(
        "update vault_object set stored_at = now() - interval '13 months' where tenant_id = '%s'"
            .formatted(body.id()));
    var file = Files.writeString(folder.resolve("another"), "別の契約書 " + body.code());
    Tenancy.in(body.id(), () -> vault.put(file, "application/pdf"));

    var growth = care.outlook(care.standings(), Clock.systemUTC().instant()).orElseThrow();
    assertThat(growth.months()).isEqualTo(12);
    assertThat(growth.grown()).isPositive().isLessThan(growth.held());
    var page =
        Jsoup.parse(
            mvc.perform(get("/store").with(TestPeople.as(home, operator)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8));
    assertThat(page.text()).contains("いまの大きさ", "この12か月で", "まだ置ける大きさ", "空きがなくなる見通し", "1年後", "10年後");
  }

  @Test
  @DisplayName("ディスクが答えないときも、ほかの数は見える")
  void saysWhatItDoesNotKnow() {
    var blind =
        new StoreCare(
            organisations,
            SecondStores.care(context, second, Clock.systemUTC()),
            new Room(folder.resolve("gone"), null),
            audit,
            Long.MAX_VALUE);
    assertThat(blind.outlook(blind.standings(), Clock.systemUTC().instant())).isEmpty();
  }

  /** At this body alone: the others are tests of their own. */
  private void look() {
    care.look(
        organisations.bodies().stream()
            .filter(each -> each.id().equals(body.id()))
            .findFirst()
            .orElseThrow(),
        Long.MAX_VALUE,
        () -> false);
  }

  private boolean isBroken() {
    try {
      return Tenancy.in(body.id(), () -> vault.with(digest, _ -> false));
    } catch (jp.musubi.platform.IntegrityBroken e) {
      return true;
    }
  }

  /** What the command finds, as code and subject. */
  private List<String> audited(@org.jspecify.annotations.Nullable Path copies) {
    var settings = new HashMap<String, Object>();
    for (var name : SETTINGS) {
      settings.put(name, context.getEnvironment().getRequiredProperty(name));
    }
    if (copies != null) {
      settings.put("musubi.store.second-directory", copies.toString());
    }
    var out = new ByteArrayOutputStream();
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    AuditCommand.run(settings, AuditScope.of(body.code()), true, print, print);
    var report =
        tools.jackson.databind.json.JsonMapper.builder()
            .build()
            .readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(report.path("secondStore").asBoolean()).isEqualTo(copies != null);
    return report
        .path("violations")
        .valueStream()
        .map(each -> each.path("code").asString() + " " + each.path("subject").asString())
        .toList();
  }

  private List<String> actions() {
    return Tenancy.in(
        body.id(),
        () ->
            transaction.execute(_ ->
                jdbc.sql("select action from audit_entry order by seq")
                    .query(String.class)
                    .list()));
  }

  private Path original() {
    return StoredObjects.file(keys, transaction, body.id(), digest);
  }

  private static void flip(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }
}
