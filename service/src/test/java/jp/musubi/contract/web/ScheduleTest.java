package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Releases;
import jp.musubi.evidence.AuditEntry;
import jp.musubi.evidence.AuditTrail;
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

@ServiceTest
@DisplayName("予約送信")
class ScheduleTest {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy/M/d", Locale.ROOT);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Releases releases;
  @Autowired AuditTrail audit;
  @Autowired Vault vault;
  @Autowired Clock clock;

  private TestBody body;
  private TestContract draft;
  private String path;

  @BeforeEach
  void aReviewedDraft() {
    body = TestBody.create("x");
    draft = TestContract.draft(body, vault);
    path = "/contracts/" + draft.id();
    TestPeople.run(
        "update contract set deadline = now() + interval '30 days' where id = ?",
        draft.id().value());
    TestPeople.run(
        "update party set identification = 'ACCESS_CODE' where contract_id = ? and kind = 'COUNTERPARTY'",
        draft.id().value());
  }

  @Test
  @DisplayName("日時になると、予約した内容のまま送信され、予約した人の操作が送信者の同意になる")
  void leavesByItself() throws Exception {
    var shown = page(schedule(in(Duration.ofDays(10))).andExpect(status().isOk()));
    assertThat(shown.select(".musubi-code").text()).matches("\\d{4} \\d{4}");
    var scheduled = contract();
    assertThat(scheduled.state()).isEqualTo("SCHEDULED");
    assertThat(scheduled.dispatchedAt()).isEmpty();
    assertThat(page(open(path)).text()).contains("送信予約", "相手方には、まだ何も送っていません");
    assertThat(page(open("/contracts?filter=scheduled")).text()).contains(scheduled.title());

    // Nothing leaves before its moment.
    Tenancy.in(body.id(), releases::releaseDue);
    assertThat(contract().state()).isEqualTo("SCHEDULED");

    theMomentComes();
    var sent = contract();
    assertThat(sent.state()).isEqualTo("AWAITING_AGREEMENTS");
    assertThat(sent.releaseAt()).isEmpty();
    var agreement = Tenancy.in(body.id(), () -> contracts.agreements(draft.id())).getFirst();
    assertThat(agreement.document()).isEqualTo(draft.prepared());
    assertThat(agreement.manner().consentText()).isEqualTo("この日時に送信する");
    assertThat(actions()).containsSubsequence("contract.scheduled", "contract.dispatched");
  }

  @Test
  @DisplayName("予約中は直せず、取りやめると下書きに戻り、表示したコードは忘れられる")
  void isSettledUntilItIsTakenBack() throws Exception {
    schedule(in(Duration.ofDays(10)));
    assertThat(codes()).isEqualTo(1);
    open(path + "/terms").andExpect(status().isConflict());
    open(path + "/review").andExpect(status().isConflict());
    var form = page(open(path + "/schedule").andExpect(status().isOk()));
    for (var again = 0; again < 2; again++) {
      send(path + "/schedule/cancellation", "idempotencyKey", value(form, "idempotencyKey"))
          .andExpect(redirectedUrl(path));
    }
    assertThat(contract().state()).isEqualTo("DRAFT");
    assertThat(codes()).isZero();
    open(path + "/terms").andExpect(status().isOk());
    theMomentComes();
    assertThat(contract().state()).isEqualTo("DRAFT");
    assertThat(actions()).containsOnlyOnce("contract.unscheduled");
  }

  @Test
  @DisplayName("日時になったときに送信できなければ、送信せず下書きに戻し、担当者に理由を知らせる")
  void staysWhenItMayNotLeave() throws Exception {
    TestPeople.run("update staff set mail = ? where id = ?", mail(), body.clerk());
    schedule(in(Duration.ofDays(10)));
    TestPeople.run(
        "update office_term set until_date = current_date where office_id = ?", body.office());
    theMomentComes();
    assertThat(contract().state()).isEqualTo("DRAFT");
    assertThat(contract().dispatchedAt()).isEmpty();
    assertThat(codes()).isZero();
    assertThat(page(open(path)).text()).contains("送信できなかったため、下書きに戻しました", "この契約名義で署名できません");
    assertThat(letters()).anyMatch(subject -> subject.contains("予約した送信ができませんでした"));
  }

  @Test
  @DisplayName("任期が先に終わる契約名義では、予約の時点で断る")
  void foreseesTheEndOfATerm() throws Exception {
    TestPeople.run(
        "update office_term set until_date = current_date + 3 where office_id = ?", body.office());
    schedule(in(Duration.ofDays(10))).andExpect(status().isConflict());
    assertThat(contract().state()).isEqualTo("DRAFT");
    assertThat(codes()).isZero();
  }

  @Test
  @DisplayName("過ぎた日時・期限より後・読めない日時は、入力を残して理由を言う")
  void namesWhatIsWrongWithTheMoment() throws Exception {
    var past = page(schedule(in(Duration.ofDays(-1))).andExpect(status().is(422)));
    assertThat(past.text()).contains("これからの日時にしてください");
    var late = page(schedule(in(Duration.ofDays(31))).andExpect(status().is(422)));
    assertThat(late.text()).contains("同意の期限（", "より前の日時にしてください");
    var form = form();
    var unread = page(schedule(form, "来週", "9時").andExpect(status().is(422)));
    assertThat(unread.text()).contains("日付として読めません", "時刻を入力してください");
    assertThat(unread.select("input[name=day]").attr("value")).isEqualTo("来週");
    assertThat(contract().state()).isEqualTo("DRAFT");
  }

  @Test
  @DisplayName("確認した後に変わった下書きは予約できない")
  void refusesWhatWasNotReviewed() throws Exception {
    var form = form();
    TestPeople.run(
        "update contract set version = version + 1, title = '別の工事' where id = ?",
        draft.id().value());
    var moment = in(Duration.ofDays(10)).atZone(JapaneseDates.ZONE);
    schedule(form, DAY.format(moment), TIME.format(moment)).andExpect(status().isConflict());
    assertThat(contract().state()).isEqualTo("DRAFT");
  }

  private ResultActions schedule(Instant at) throws Exception {
    var moment = at.atZone(JapaneseDates.ZONE);
    return schedule(form(), DAY.format(moment), TIME.format(moment));
  }

  private Document form() throws Exception {
    var now = contract();
    return page(
        open(path
                + "/schedule?version=%d&document=%s"
                    .formatted(now.version(), now.currentFile().hex()))
            .andExpect(status().isOk()));
  }

  private ResultActions schedule(Document form, String day, String time) throws Exception {
    return send(
        path + "/schedule",
        "idempotencyKey",
        value(form, "idempotencyKey"),
        "seed",
        value(form, "seed"),
        "version",
        value(form, "version"),
        "document",
        value(form, "document"),
        "day",
        day,
        "time",
        time);
  }

  /** The recurring job may be faster than the test; either way it has been done afterwards. */
  private void theMomentComes() {
    TestPeople.run(
        "update contract set release_at = now() where id = ? and state = 'SCHEDULED'",
        draft.id().value());
    Tenancy.in(body.id(), releases::releaseDue);
  }

  private ResultActions open(String where) throws Exception {
    return mvc.perform(get(where).with(TestPeople.as(body, body.clerk())));
  }

  private ResultActions send(String where, String... namesAndValues) throws Exception {
    var request = post(where).with(csrf()).with(TestPeople.as(body, body.clerk()));
    for (var i = 0; i < namesAndValues.length; i += 2) {
      request.param(namesAndValues[i], namesAndValues[i + 1]);
    }
    return mvc.perform(request);
  }

  private Instant in(Duration time) {
    return clock.instant().plus(time);
  }

  private Particulars contract() {
    return Tenancy.in(body.id(), () -> contracts.get(draft.id()));
  }

  private List<String> actions() {
    return Tenancy.in(body.id(), () -> audit.of(draft.id().value())).stream()
        .map(AuditEntry::action)
        .toList();
  }

  private String mail() {
    return draft.id() + "@joumou.example";
  }

  private List<String> letters() throws Exception {
    return strings("select subject from mail where recipient = '%s'".formatted(mail()));
  }

  private int codes() throws Exception {
    return strings(
            "select code_hash from access_code where contract_id = '%s'".formatted(draft.id()))
        .size();
  }

  private static List<String> strings(String sql) throws Exception {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var all = new java.util.ArrayList<String>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    }
  }

  private static Document page(ResultActions result) throws Exception {
    return Jsoup.parse(result.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
  }

  private static String value(Document page, String name) {
    return page.select("input[name=" + name + "]").attr("value");
  }
}
