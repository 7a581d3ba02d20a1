package jp.musubi.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.platform.Holidays;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("満了のお知らせ")
class EndingsTest {
  @Autowired private MockMvc mvc;
  @Autowired private Endings endings;
  @Autowired private Vault vault;
  @Autowired private Clock clock;
  private TestBody body;

  @BeforeEach
  void open() {
    body = TestBody.create("-");
  }

  @Test
  @DisplayName("契約期間が終わる60日前からの開庁日に、担当者と所属の共有メールに一度だけ届く")
  void goOnceToClerkAndSection() throws Exception {
    var shared = "hoshu-%s@joumou.example".formatted(body.code());
    TestPeople.run("update section_term set mail = ? where section_id = ?", shared, body.section());
    var until = LocalDate.of(2027, 3, 31);
    var contract = concluded(until.minusYears(1), until, false);
    assertThat(send(LocalDate.of(2027, 1, 29))).as("61 days before").isZero();
    assertThat(send(LocalDate.of(2027, 1, 30))).as("60 days before, a Saturday").isZero();
    assertThat(send(LocalDate.of(2027, 2, 1))).isEqualTo(1);
    assertThat(send(LocalDate.of(2027, 2, 1))).isZero();
    assertThat(send(LocalDate.of(2027, 3, 1))).isZero();
    assertThat(letters(contract)).contains("あと58日", JapaneseDates.date(until), "株式会社");
    assertThat(count(contract)).isEqualTo("2");
    assertThat(
            TestPeople.text(
                "select string_agg(recipient, ' ') from mail where contract_id = ?", contract))
        .contains(shared);
  }

  @Test
  @DisplayName("自動更新の契約では、申出の期限を確かめるように言う")
  void tellWhatRenewsByItself() throws Exception {
    var until = LocalDate.of(2027, 3, 31);
    var contract = concluded(until.minusYears(1), until, true);
    assertThat(send(LocalDate.of(2027, 2, 1))).isEqualTo(1);
    assertThat(letters(contract)).contains("自動更新の条項", "申出の期限を確かめ");
  }

  @Test
  @DisplayName("短い契約、終わった契約、締結していない契約、知らせないことにした団体、ほかの団体には送らない")
  void goNowhereElse() throws Exception {
    var until = LocalDate.of(2027, 3, 31);
    concluded(until.minusDays(60), until, false);
    concluded(until.minusYears(2), LocalDate.of(2027, 1, 15), false);
    TestContract.draft(body, vault);
    assertThat(send(LocalDate.of(2027, 2, 1))).isZero();

    concluded(until.minusYears(1), until, false);
    var other = TestBody.create("-");
    assertThat(Tenancy.in(other.id(), () -> endings.sendDue(at(LocalDate.of(2027, 2, 1)))))
        .isZero();
    TestPeople.run(
        "insert into reminder_rules values (?, true, 5, 3, 3, 1, 3, 7, now(), 0)",
        body.id().value());
    assertThat(send(LocalDate.of(2027, 2, 1))).isZero();
  }

  @Test
  @DisplayName("近づくと、契約の画面にも出て、次の契約を作る口がある")
  void showOnTheContractsPage() throws Exception {
    var until = LocalDate.ofInstant(clock.instant(), JapaneseDates.ZONE).plusDays(30);
    var contract = concluded(until.minusYears(1), until, false);
    var page =
        Jsoup.parse(
            mvc.perform(get("/contracts/" + contract).with(TestPeople.as(body, body.clerk())))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8));
    assertThat(page.text()).contains("契約期間は、" + JapaneseDates.date(until) + "に終わります");
    assertThat(page.select("a[href=/contracts/%s/copy]".formatted(contract))).isNotEmpty();
  }

  private int send(LocalDate day) {
    return Tenancy.in(body.id(), () -> endings.sendDue(at(day)));
  }

  private static Instant at(LocalDate day) {
    assertThat(Holidays.knows(day)).isTrue();
    return day.atTime(10, 0).atZone(JapaneseDates.ZONE).toInstant();
  }

  private static String letters(UUID contract) {
    return TestPeople.text(
        "select string_agg(subject || body, ' ') from mail where contract_id = ?", contract);
  }

  private static String count(UUID contract) {
    return TestPeople.text("select count(*)::text from mail where contract_id = ?", contract);
  }

  private UUID concluded(LocalDate from, LocalDate until, boolean renews) throws SQLException {
    var id = TestContract.draft(body, vault).id().value();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement =
            connection.prepareStatement(
                """
                update contract
                   set state = 'CONCLUDED', final_sha256 = prepared_sha256, renews = ?,
                       certificate_sha256 = prepared_sha256,
                       certificate_masked_sha256 = prepared_sha256, dispatched_at = now(),
                       deadline = now() + interval '1 day', concluded_at = now(),
                       period_from = ?, period_until = ?
                 where id = ?
                """)) {
      connection.setAutoCommit(false);
      try (var plain = connection.createStatement()) {
        plain.execute("set local session_replication_role = replica");
      }
      statement.setBoolean(1, renews);
      statement.setObject(2, from);
      statement.setObject(3, until);
      statement.setObject(4, id);
      statement.execute();
      connection.commit();
    }
    return id;
  }
}
