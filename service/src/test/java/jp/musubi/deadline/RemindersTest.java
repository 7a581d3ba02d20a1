package jp.musubi.deadline;

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
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.TestRound;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Delegate;
import jp.musubi.contract.Invitations;
import jp.musubi.evidence.Actor;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("督促")
class RemindersTest {
  private static final String SETTINGS = "/settings/reminders";

  @Autowired MockMvc mvc;
  @Autowired Reminders reminders;
  @Autowired ReminderStore store;
  @Autowired ReminderRegister register;
  @Autowired Contracts contracts;
  @Autowired Invitations invitations;
  @Autowired Vault vault;
  @Autowired AuditTrail audit;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;
  @Autowired Clock clock;

  private TestBody body;
  private TestRound round;
  private Instant deadline;

  @BeforeEach
  void aContractAtItsCounterparty() {
    body = TestBody.create("-");
    deadline = clock.instant().plus(Duration.ofDays(60));
    round = TestRound.begin(body, vault, contracts, deadline);
  }

  @Test
  @DisplayName("期日が来るたびに一度だけ、新しいリンクで送り、前のリンクは使えず、記録に残る")
  void goOnceForEachDueTimeWithAFreshLink() throws Exception {
    var first = due();
    assertThat(send(first.minusSeconds(1))).isZero();
    assertThat(send(first)).isEqualTo(1);
    assertThat(send(first)).isZero();
    assertThat(send(first.plus(Duration.ofHours(5)))).isZero();
    assertThat(liveLinks()).isEqualTo(1);
    assertThat(links()).isEqualTo(2);
    assertThat(letters(round.mail(), "あらためてのお願い"))
        .singleElement()
        .satisfies(letter ->
            assertThat(letter)
                .contains(
                    "{link:",
                    JapaneseDates.era(day(deadline)),
                    day(deadline).getYear() + "年",
                    "前にお送りしたリンクは使えなくなりました"));

    var second = due();
    assertThat(second).isAfter(first);
    assertThat(send(second)).isEqualTo(1);
    assertThat(send(due())).isEqualTo(1);
    assertThat(next()).isEmpty();
    assertThat(send(deadline.minus(Duration.ofDays(10)))).isZero();
    assertThat(liveLinks()).isEqualTo(1);
    assertThat(letters(round.mail(), "あらためてのお願い")).hasSize(3);
    assertThat(actions()).filteredOn("link.reminded"::equals).hasSize(3);
    assertThat(Tenancy.in(body.id(), () -> audit.firstBreak(List.of()))).isEmpty();
    assertThat(page("/contracts/" + round.id(), body.clerk()).text())
        .contains("3回送りました", "このあと自動で送る予定はありません");
  }

  @Test
  @DisplayName("二つの節点が同じときに見ても、送るのは一通")
  void goOnceFromTwoNodes() throws Exception {
    var due = due();
    var together = new CyclicBarrier(2);
    Callable<Integer> node =
        () -> {
          together.await();
          return send(due);
        };
    try (var nodes = Executors.newFixedThreadPool(2)) {
      var both = nodes.invokeAll(List.of(node, node));
      assertThat(both.get(0).get() + both.get(1).get()).isEqualTo(1);
    }
    assertThat(letters(round.mail(), "あらためてのお願い")).hasSize(1);
  }

  @Test
  @DisplayName("同意した人、ほかの団体の契約には送らない")
  void goToNobodyElse() {
    var due = due();
    var other = TestBody.create("-");
    assertThat(Tenancy.in(other.id(), () -> reminders.sendDue(due))).isZero();
    round.agree(contracts);
    assertThat(send(due)).isZero();
    assertThat(letters(round.mail(), "あらためてのお願い")).isEmpty();
  }

  @Test
  @DisplayName("担当者がリンクを出し直せば数え直し、転送されれば次の人に初めから数える")
  void countAnewFromAFreshLinkAndForAnotherPerson() {
    var first = due();
    assertThat(send(first)).isEqualTo(1);
    var course = asked().course();
    in(() -> {
      invitations.reissue(round.id(), round.counterparty().id());
      return true;
    });
    assertThat(asked().course().sent()).isEqualTo(1);
    assertThat(asked().course().asked()).isAfter(course.asked());
    in(() ->
        contracts.delegate(
            round.id(),
            round.counterparty(),
            new Delegate("部長", "例田 二郎", "jiro@kensetsu.example"),
            new Actor(Actor.Kind.COUNTERPARTY, "x", "例田 一郎"),
            new jp.musubi.contract.Agreement.Manner("MAIL_LINK", "L1", "転送", "192.0.2.1", "t")));
    assertThat(asked().course().sent()).isZero();
    assertThat(asked().round()).isEqualTo(2);
    assertThat(send(due())).isEqualTo(1);
    assertThat(letters("jiro@kensetsu.example", "あらためてのお願い")).hasSize(1);
  }

  @Test
  @DisplayName("契約ごとに止めて再開でき、止めている間は送らず、画面と記録に残る")
  void canBeStoppedForOneContract() throws Exception {
    var path = "/contracts/" + round.id();
    var due = due();
    var shown = page(path, body.clerk());
    assertThat(shown.text()).contains("まだ送っていません", JapaneseDates.date(due) + "の9時に自動で送ります");
    assertThat(shown.select("a[href=" + path + "/reminders]")).hasSize(1);
    assertThat(page(path, body.viewer()).select("a[href=" + path + "/reminders]")).isEmpty();

    change(path, "true").andExpect(redirectedUrl(path));
    change(path, "true").andExpect(redirectedUrl(path));
    assertThat(send(due)).isZero();
    assertThat(page(path, body.clerk()).text()).contains("自動の督促を止めています");
    assertThat(page(path + "/reminders", body.clerk()).select("button").text())
        .contains("自動の督促を再開する");
    change(path, "false").andExpect(redirectedUrl(path));
    assertThat(send(due)).isEqualTo(1);
    assertThat(actions())
        .filteredOn(action -> action.startsWith("contract.reminders-"))
        .containsExactly("contract.reminders-stopped", "contract.reminders-resumed");
    mvc.perform(
            post(path + "/reminders")
                .with(csrf())
                .with(TestPeople.as(body, body.viewer()))
                .param("stopped", "true"))
        .andExpect(status().isForbidden());
  }

  @Test
  @DisplayName("期限が近づいたら、担当者に一度だけ、待っている人と期限を和暦と西暦で知らせる")
  void tellTheClerkOnceThatTheDeadlineIsNear() {
    var from = ReminderRules.DEFAULT.notice(deadline).orElseThrow();
    send(from.minusSeconds(1));
    assertThat(near()).isEmpty();
    send(from);
    send(from.plus(Duration.ofHours(2)));
    assertThat(near())
        .singleElement()
        .satisfies(letter ->
            assertThat(letter)
                .contains("見本 花子 さん", "株式会社 見本建設 代表取締役 例田 一郎", JapaneseDates.date(deadline)));
  }

  @Test
  @DisplayName("団体管理者が決まりを入力し、入力したとおりに出て、ほかの団体には効かない")
  void followTheRulesOfTheBody() throws Exception {
    var admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    assertThat(page("/settings", admin).select("a[href=" + SETTINGS + "]")).hasSize(1);
    assertThat(page(SETTINGS, admin).select("#firstAfter").val()).isEqualTo("5");
    settings(admin, "automatic", "true", "firstAfter", "0", "every", "x", "most", "11")
        .andExpect(status().isUnprocessableContent());
    settings(
            admin,
            "automatic",
            "true",
            "firstAfter",
            "１０",
            "every",
            "7",
            "most",
            "2",
            "daysLeft",
            "0",
            "noticeBefore",
            "5",
            "endingBefore",
            "90",
            "dateTolerance",
            "14")
        .andExpect(redirectedUrl("/settings"));
    assertThat(Tenancy.in(body.id(), register::current))
        .isEqualTo(new ReminderRules(true, 10, 7, 2, 0, 5, 90, 14));
    assertThat(page(SETTINGS, admin).select("#firstAfter").val()).isEqualTo("10");
    settings(
            admin,
            "firstAfter",
            "10",
            "every",
            "7",
            "most",
            "2",
            "daysLeft",
            "0",
            "noticeBefore",
            "5",
            "endingBefore",
            "90",
            "dateTolerance",
            "14")
        .andExpect(redirectedUrl("/settings"));
    assertThat(next()).isEmpty();
    assertThat(actions()).filteredOn("settings.reminders-changed"::equals).hasSize(2);
    var other = TestBody.create("-");
    assertThat(Tenancy.in(other.id(), register::current)).isEqualTo(ReminderRules.DEFAULT);
  }

  private int send(Instant now) {
    return Tenancy.in(body.id(), () -> reminders.sendDue(now));
  }

  private java.util.Optional<Instant> next() {
    var asked = asked();
    return Tenancy.in(body.id(), register::current).next(asked.course(), asked.deadline());
  }

  private Instant due() {
    return next().orElseThrow();
  }

  private ReminderStore.Asked asked() {
    return in(() -> store.of(round.id())).getFirst();
  }

  private long links() {
    return in(() ->
        jdbc.sql("select count(*) from link where contract_id = :id")
            .param("id", round.id().value())
            .query(Long.class)
            .single());
  }

  private long liveLinks() {
    return in(() ->
        jdbc.sql("select count(*) from link where contract_id = :id and revoked_at is null")
            .param("id", round.id().value())
            .query(Long.class)
            .single());
  }

  private List<String> near() {
    return letters("hanako@joumou.example", "同意の期限が近づいています");
  }

  private List<String> letters(String recipient, String subject) {
    return in(() ->
        jdbc.sql(
                """
                select subject || E'\\n' || body from mail
                 where recipient = :to and subject like '%' || :subject || '%' order by created_at
                """)
            .param("to", recipient)
            .param("subject", subject)
            .query(String.class)
            .list());
  }

  private List<String> actions() {
    return in(
        () -> jdbc.sql("select action from audit_entry order by seq").query(String.class).list());
  }

  private org.springframework.test.web.servlet.ResultActions change(String path, String stopped)
      throws Exception {
    return mvc.perform(
        post(path + "/reminders")
            .with(csrf())
            .with(TestPeople.as(body, body.clerk()))
            .param("stopped", stopped));
  }

  private org.springframework.test.web.servlet.ResultActions settings(UUID admin, String... typed)
      throws Exception {
    var request = post(SETTINGS).with(csrf()).with(TestPeople.as(body, admin));
    for (var i = 0; i < typed.length; i += 2) {
      request.param(typed[i], typed[i + 1]);
    }
    return mvc.perform(request);
  }

  private Document page(String path, UUID reader) throws Exception {
    return Jsoup.parse(
        mvc.perform(get(path).with(TestPeople.as(body, reader)))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8));
  }

  private static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, JapaneseDates.ZONE);
  }

  private <T> T in(java.util.function.Supplier<T> work) {
    return Tenancy.in(body.id(), () -> transactions.execute(_ -> work.get()));
  }
}
