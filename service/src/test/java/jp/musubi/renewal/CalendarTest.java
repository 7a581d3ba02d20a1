package jp.musubi.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.contract.Contracts;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("有効期間の暦と管理は")
class CalendarTest {
  private static final Instant CONCLUDED = Instant.parse("2026-05-01T00:00:00Z");

  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Vault vault;

  private RenewalHouse house;

  @BeforeEach
  void aBody() {
    house = new RenewalHouse(mvc, contracts, vault);
  }

  @Test
  @DisplayName("年ごとの件数を日本の暦で数え、その年の契約を示す")
  void countsByYear() throws Exception {
    var section = house.body.section();
    house.asIfConcluded(section, "一の契約", CONCLUDED, Instant.parse("2037-03-01T00:00:00Z"));
    house.asIfConcluded(section, "二の契約", CONCLUDED, Instant.parse("2037-11-01T00:00:00Z"));
    // Already the first of January in Japan.
    house.asIfConcluded(section, "三の契約", CONCLUDED, Instant.parse("2037-12-31T15:00:00Z"));
    var page = house.page(house.body.viewer(), "/register/validity?year=2037");
    assertThat(page.select("section:not(#contracts) tbody tr").eachText())
        .containsExactly("令和19年（2037年） 2件", "令和20年（2038年） 1件");
    assertThat(page.select("svg.musubi-bars text").eachText())
        .containsExactly("令和19年（2037年）", "2件", "令和20年（2038年）", "1件");
    assertThat(page.select("svg.musubi-bars rect")).hasSize(2);
    assertThat(page.select("#contracts").text()).contains("一の契約", "二の契約").doesNotContain("三の契約");
  }

  @Test
  @DisplayName("ほかの団体、ほかの所属、親展の契約を、一覧にも件数にも出さない")
  void tellsNothingOfWhatIsKeptFromSomebody() throws Exception {
    var ends = Instant.parse("2037-03-01T00:00:00Z");
    var other = TestPeople.section(house.body, "20", "福祉部", null);
    var mine = house.asIfConcluded(house.body.section(), "自分の契約", CONCLUDED, ends);
    house.asIfConcluded(other, "ほかの所属の契約", CONCLUDED, ends);
    var kept = house.asIfConcluded(house.body.section(), "親展の契約", CONCLUDED, ends);
    house.confine(kept, house.body.clerk());
    var foreign = new RenewalHouse(mvc, contracts, vault);
    foreign.asIfConcluded(foreign.body.section(), "ほかの団体の契約", CONCLUDED, ends);

    assertThat(count(house.body.viewer())).isEqualTo("1件");
    assertThat(count(house.body.clerk())).isEqualTo("2件");
    // The whole body, but for what is kept from all who are not named.
    assertThat(count(house.admin)).isEqualTo("2件");
    assertThat(house.page(house.body.viewer(), "/register/validity?year=2037").text())
        .contains("自分の契約")
        .doesNotContain("ほかの", "親展");
    assertThat(house.page(house.admin, "/renewals").text()).doesNotContain("親展");
    assertThat(house.open(house.body.viewer(), "/contracts/" + kept + "/protection").getStatus())
        .isEqualTo(404);
    assertThat(house.open(house.body.viewer(), "/contracts/" + mine + "/protection").getStatus())
        .isEqualTo(200);
    assertThat(
            house
                .press(
                    house.admin,
                    "/renewals/now",
                    "idempotencyKey",
                    UUID.randomUUID().toString(),
                    "numbers",
                    RenewalHouse.number(kept),
                    "confirmed",
                    "true")
                .getStatus())
        .isEqualTo(422);
  }

  private String count(UUID who) throws Exception {
    return house.page(who, "/register/validity").select("tbody td").text();
  }

  @Test
  @DisplayName("運営者が入れた暗号方式の期限を、すべての団体で1年前からの延長に数え、取消しで戻す")
  void followsWhatOperatorsWereToldOf() throws Exception {
    house.asIfConcluded(
        house.body.section(), "一の契約", CONCLUDED, Instant.parse("2037-03-01T00:00:00Z"));
    var operators = TestBody.operators();
    var operator =
        TestPeople.member(
            operators, "op-" + UUID.randomUUID(), "運営 一", operators.section(), "OPERATOR", null);
    // A name that no real timestamp has, so that other tests go on undisturbed.
    var name = "CN=試用 " + UUID.randomUUID();
    TestPeople.run("insert into timestamp_source (name, seen_at) values (?, now())", name);
    TestPeople.run(
        """
        insert into protection (tenant_id, contract_id, file, ordinal, sha256, stamped_at, authority,
                                algorithms, ends_at, cause, why, recorded_at)
        select tenant_id, contract_id, 'CERTIFICATE', 0, sha256, stamped_at, ?, algorithms, ends_at,
               cause, why, recorded_at
          from protection where tenant_id = ?
        """,
        name,
        house.body.id().value());
    var key = UUID.randomUUID().toString();
    for (var twice = 0; twice < 2; twice++) {
      assertThat(
              house
                  .press(
                      operators,
                      operator,
                      "/protection/limits",
                      "idempotencyKey",
                      key,
                      "about",
                      "AUTHORITY:" + name,
                      "day",
                      "令和12年12月31日",
                      "reason",
                      "時刻認証局からの通知")
                  .getRedirectedUrl())
          .isEqualTo("/protection");
    }
    assertThat(house.page(house.body.viewer(), "/register/validity?year=2031").text())
        .contains("令和13年（2031年）", "時刻認証局についての知らせ", "延長を待っています");
    var limit =
        UUID.fromString(
            TestPeople.text("select id::text from protection_limit where name = ?", name));
    assertThat(
            house
                .press(operators, operator, "/protection/limits/" + limit + "/end")
                .getRedirectedUrl())
        .isEqualTo("/protection");
    assertThat(house.page(house.body.viewer(), "/register/validity").text())
        .doesNotContain("令和13年");
    assertThat(
            TestPeople.text(
                "select string_agg(action, ' ' order by seq) from audit_entry"
                    + " where tenant_id = ? and actor_id = ? and action like 'protection.%'",
                operators.id().value(), operator.toString()))
        .isEqualTo("protection.limited protection.limit-withdrawn");
  }

  @Test
  @DisplayName("運営者に件数だけを示し、契約の内容を示さない")
  void showsOperatorsNumbersOnly() throws Exception {
    house.asIfConcluded(
        house.body.section(), "秘密の契約", CONCLUDED, Instant.parse("2037-03-01T00:00:00Z"));
    var operators = TestBody.operators();
    var operator =
        TestPeople.member(
            operators, "op-" + UUID.randomUUID(), "運営 二", operators.section(), "OPERATOR", null);
    var answer =
        mvc.perform(
                org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get(
                        "/protection")
                    .with(TestPeople.as(operators, operator)))
            .andReturn()
            .getResponse();
    answer.setCharacterEncoding(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(answer.getContentAsString()).contains("団体ごとの件数").doesNotContain("秘密の契約");
  }
}
