package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Invitations;
import jp.musubi.contract.Party;
import jp.musubi.evidence.Actor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.util.FileSystemUtils;

@SigningTest
@ExtendWith(OutputCaptureExtension.class)
@DisplayName("相手方のリンク")
class LinkTest {
  @LocalServerPort private int port;
  @Autowired private SentContract contracts;
  @Autowired private Contracts steps;
  @Autowired private Invitations invitations;

  @Value("${musubi.store.directory}")
  private Path store;

  private TestBody body;
  private Browser browser;

  @BeforeEach
  void open() {
    body = TestBody.create("x");
    browser = new Browser("http://localhost:" + port);
  }

  @Test
  @DisplayName("案内のメールは、だれが何をいつまでに求めるかを言い、金額を言わない")
  void invitesInWords() {
    var sent = contracts.send(body, Optional.empty());
    var mail = Mailbox.await(sent.mail(), 1).getFirst();
    assertThat(mail.subject()).isEqualTo("【上毛市】契約書の確認と署名のお願い（市道1024号線 舗装修繕工事）");
    assertThat(mail.text())
        .contains(
            "株式会社 見本建設",
            "代表取締役 例田 一郎 様",
            "市道1024号線 舗装修繕工事",
            contracts.particulars(sent).number(),
            "上毛市 建設部 担当 見本 花子",
            "リンクの行き先が localhost である",
            "本サービスがメールで署名や暗証番号をお尋ねすることはありません",
            "027-000-0001")
        .doesNotContain("12,980,000", "{", "}");
  }

  @Test
  @DisplayName("団体のロゴがあれば名前の横に出て、ほかの団体の画面には出ない")
  void showsTheLogoOfTheBody() {
    var sent = contracts.send(body, Optional.empty());
    TestPeople.run(
        "insert into body_logo (tenant_id, png, sha256, width, height, changed_at)"
            + " values (?, '\\x89', repeat('a', 64), 1, 1, now())",
        body.id().value());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    assertThat(browser.get(link).html().select("header img").attr("src"))
        .isEqualTo("/logos/%s/%s.png".formatted(body.code(), "a".repeat(16)));
    var other = TestBody.create("x");
    var elsewhere = contracts.send(other, Optional.empty());
    var there = Mailbox.await(elsewhere.mail(), 1).getFirst().link();
    assertThat(browser.get(there).html().select("header img")).isEmpty();
  }

  @Test
  @DisplayName("メールの検査装置が50回ずつ開いても、何も変わらず、リンクは使える")
  void survivesScanners() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var before = state();
    for (var i = 0; i < 50; i++) {
      var scanner = new Browser("http://localhost:" + port);
      assertThat(scanner.get(link).status()).isEqualTo(200);
      assertThat(scanner.head(link).status()).isEqualTo(200);
    }
    assertThat(state()).isEqualTo(before);
    var read = browser.submit(browser.get(link), link, Map.of());
    assertThat(read.uri().getPath()).endsWith("/read");
  }

  @Test
  @DisplayName("開かないリンクと、リンクの先で見たページを、記録に残す")
  void recordsWhatWasRefusedAndWhatWasSeen() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var wrong = link.substring(0, link.lastIndexOf('/') + 1) + "x".repeat(43);
    assertThat(browser.get(wrong).status()).isEqualTo(404);
    var read = browser.submit(browser.get(link), link, Map.of());
    var base = read.uri().getPath().replace("/read", "");
    browser.get(base + "/pages/1.png");
    browser.get(base + "/decline");

    var actions = actions(sent);
    assertThat(actions)
        .contains(
            "link.refused",
            "link.accessed",
            "document.viewed",
            "document.page-viewed",
            "link.page-viewed");
  }

  @Test
  @DisplayName("同じページを何度開いても、描くのは一度だけ")
  void drawsAPageOnce() throws Exception {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var read = browser.submit(browser.get(link), link, Map.of());
    var page = read.uri().getPath().replace("/read", "") + "/pages/1.png";
    assertThat(browser.get(page).status()).isEqualTo(200);
    // Nothing can be drawn any more.
    FileSystemUtils.deleteRecursively(store.resolve(body.id().toString()));
    assertThat(browser.get(page).status()).isEqualTo(200);
    assertThat(browser.get(page.replace("pages/1.png", "document")).status()).isEqualTo(500);
  }

  @Test
  @DisplayName("見るだけの画面は、残さず、たどれず、ほかへ漏れない")
  void keepsItsPagesToItself() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var headers = browser.get(link).response().headers();
    assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(headers.firstValue("X-Robots-Tag").orElse("")).contains("noindex");
    assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe-inline");
    assertThat(headers.allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("SESSION"));
  }

  @Test
  @DisplayName("まちがったリンクには理由を言い、新しいリンクは登録済みのアドレスにだけ送る")
  void offersAFreshLinkToTheRegisteredAddressOnly() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    age(sent);
    var wrong = browser.get(link.substring(0, link.length() - 3) + "AAA");
    assertThat(wrong.status()).isEqualTo(404);
    assertThat(wrong.h1()).isEqualTo("このリンクは開けません");
    assertThat(wrong.text()).doesNotContain("市道1024号線", sent.mail());
    var first = browser.submit(wrong, "/fresh", Map.of());
    assertThat(first.h1()).isEqualTo("受け付けました");
    var fresh = Mailbox.await(sent.mail(), 2).get(1).link();
    assertThat(fresh).isNotEqualTo(link);
    assertThat(browser.get(fresh).status()).isEqualTo(200);
    assertThat(browser.get(link).status()).isEqualTo(200);

    var again = browser.submit(wrong, "/fresh", Map.of());
    var nobody = browser.get("/s/%s/%s/x".formatted(body.code(), UUID.randomUUID()));
    assertThat(nobody.status()).isEqualTo(404);
    var neverThere = browser.submit(nobody, "/fresh", Map.of());
    assertThat(again.html().select("main").text())
        .isEqualTo(first.html().select("main").text())
        .isEqualTo(neverThere.html().select("main").text());
    assertThat(count("mail", "recipient = '" + sent.mail() + "'")).isEqualTo(2);
  }

  @Test
  @DisplayName("ほかの団体の番号では開けない")
  void opensForItsOwnBodyOnly() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var other = TestBody.create("x");
    var wrong = browser.get(link.replace("/s/" + body.code(), "/s/" + other.code()));
    assertThat(wrong.status()).isEqualTo(404);
    assertThat(browser.get(link.replace("/s/" + body.code(), "/s/999999")).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("期間の終わったリンクは理由を言い、新しいリンクを申し出る")
  void explainsAnExpiredLink() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    sql("update link set expires_at = now() - interval '1 minute' where contract_id = '%s'", sent);
    var page = browser.get(link);
    assertThat(page.status()).isEqualTo(410);
    assertThat(page.h1()).isEqualTo("リンクの有効期間が終わりました");
    age(sent);
    browser.submit(page, "/fresh", Map.of());
    var fresh = Mailbox.await(sent.mail(), 2).get(1).link();
    assertThat(browser.get(fresh).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("担当者が送り直すと、前のリンクは使えなくなる")
  void isReplacedByAReissue() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var inside = browser.submit(browser.get(link), link, Map.of());
    assertThat(inside.status()).isEqualTo(200);
    contracts.in(
        body,
        () -> {
          invitations.reissue(sent.id(), counterparty(sent).id());
          return true;
        });
    var fresh = Mailbox.await(sent.mail(), 2).get(1).link();
    assertThat(browser.get(link).h1()).isEqualTo("新しいリンクに替わっています");
    assertThat(browser.get(inside.uri().getPath()).h1()).isEqualTo("新しいリンクに替わっています");
    assertThat(browser.get(fresh).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("取り消された契約も期限切れの契約も、静かにそう言い、メールも届く")
  void tellsCalmlyThatAContractHasEnded() {
    var withdrawn = contracts.send(body, Optional.empty());
    var link = Mailbox.await(withdrawn.mail(), 1).getFirst().link();
    withdraw(withdrawn);
    var page = browser.get(link);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.h1()).isEqualTo("この契約の依頼は取り消されました");
    assertThat(page.text()).contains("工期を改めるため");
    assertThat(Mailbox.await(withdrawn.mail(), 2).get(1).subject()).contains("取り消されました");

    var expired = contracts.send(body, Optional.empty());
    var old = Mailbox.await(expired.mail(), 1).getFirst().link();
    sql("update contract set deadline = now() - interval '1 minute' where id = '%s'", expired);
    contracts.in(body, steps::expireDue);
    assertThat(browser.get(old).h1()).isEqualTo("この契約の期限が過ぎました");
    assertThat(Mailbox.await(expired.mail(), 2).get(1).subject()).contains("期限が過ぎました");
  }

  @Test
  @DisplayName("署名を頼まれていた契約名義人には、取消も期限切れも届く")
  void tellsTheHolderWhoWasAsked() {
    var mayor = SentContract.mayorMail(body);
    TestPeople.run("update staff set mail = ? where id = ?", mayor, body.mayor());
    var withdrawn = contracts.send(body, Optional.empty());
    contracts.agree(withdrawn);
    withdraw(withdrawn);
    var expired = contracts.send(body, Optional.empty());
    contracts.agree(expired);
    sql("update contract set deadline = now() - interval '1 minute' where id = '%s'", expired);
    contracts.in(body, steps::expireDue);
    withdraw(contracts.send(body, Optional.empty()));

    assertThat(Mailbox.await(mayor, 4))
        .extracting(Mailbox.Mail::subject)
        .satisfiesExactlyInAnyOrder(
            first -> assertThat(first).contains("署名をお願いします"),
            second -> assertThat(second).contains("署名は要らなくなりました"),
            third -> assertThat(third).contains("署名をお願いします"),
            fourth -> assertThat(fourth).contains("期限切れになりました"));
    assertThat(Mailbox.of(mayor)).anySatisfy(mail -> assertThat(mail.text()).contains("工期を改めるため"));
  }

  @Test
  @DisplayName("宛先を誤ったら、取り消して送り直す：前のリンクは開かず、新しい宛先だけが読め、どちらも記録に残る")
  void correctsAWrongAddressByWithdrawingAndSendingAgain() {
    var wrong = contracts.send(body, Optional.empty());
    var old = Mailbox.await(wrong.mail(), 1).getFirst().link();
    withdraw(wrong);
    var right = contracts.send(body, Optional.empty());
    var fresh = Mailbox.await(right.mail(), 1).getFirst().link();

    assertThat(browser.get(old).h1()).isEqualTo("この契約の依頼は取り消されました");
    assertThat(read(fresh).uri().getPath()).endsWith("/read");
    assertThat(Mailbox.of(wrong.mail())).hasSize(2);
    assertThat(actions(wrong)).contains("contract.dispatched", "contract.withdrawn");
    assertThat(actions(right)).contains("contract.dispatched");
  }

  @Test
  @DisplayName("同じ宛先に二件送っても、一つのリンクは一つの契約だけを開く")
  void keepsContractsToOneAddressApart() {
    var address = UUID.randomUUID() + "@mihon.example";
    var first = contracts.send(body, address, Optional.empty());
    var one = Mailbox.await(address, 1).getFirst().link();
    var other = TestBody.create("x");
    var second = contracts.send(other, address, Optional.empty());
    var two = Mailbox.await(address, 2).get(1).link();

    assertThat(read(one).uri().getPath()).endsWith("/read");
    var another = new Browser("http://localhost:" + port);
    assertThat(
            another
                .get(two.replaceFirst("/[^/]+$", "") + one.substring(one.lastIndexOf('/')))
                .status())
        .isIn(404, 410);
    assertThat(actions(second)).doesNotContain("link.accessed");
    assertThat(actions(first)).contains("link.accessed");
  }

  @Test
  @DisplayName("コードを5回まちがえると止まり、差出人に知らせる")
  void locksAfterFiveWrongCodes() {
    var sent = contracts.send(body, Optional.of("48213975"));
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var page = browser.submit(browser.get(link), link, Map.of());
    assertThat(page.uri().getPath()).endsWith("/code");
    for (var left : List.of(4, 3, 2, 1)) {
      page = browser.submit(page, "/code", Map.of("code", "1111111" + left));
      assertThat(page.status()).isEqualTo(422);
      assertThat(page.text()).contains("あと" + left + "回");
    }
    page = browser.submit(page, "/code", Map.of("code", "11111110"));
    assertThat(page.h1()).isEqualTo("コードの入力を止めました");
    var told = Mailbox.await(SentContract.clerkMail(body), 1).getFirst();
    assertThat(told.subject()).contains("コードの入力が止められました");
    assertThat(actions(sent))
        .contains("link.locked")
        .filteredOn("link.code-failed"::equals)
        .hasSize(5);
    var late = new Browser("http://localhost:" + port);
    var code = late.submit(late.get(link), link, Map.of());
    assertThat(code.h1()).isEqualTo("コードの入力を止めました");
    assertThat(late.get(code.uri().getPath().replace("/code", "/read")).text())
        .doesNotContain("工事請負契約書.pdf");
  }

  @Test
  @DisplayName("同時に64回試しても、5回より多くは試せない")
  void countsSimultaneousGuesses() throws Exception {
    var sent = contracts.send(body, Optional.of("48213975"));
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var page = browser.submit(browser.get(link), link, Map.of());
    var form = Browser.filled(page, "/code", Map.of());
    var action = Browser.action(page, "/code");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var guesses =
          IntStream.range(0, 64)
              .mapToObj(i -> {
                var guess = new HashMap<>(form);
                guess.put("code", "9999%04d".formatted(i));
                return threads.submit(() -> browser.post(action, guess));
              })
              .toList();
      for (var guess : guesses) {
        assertThat(guess.get().status()).isIn(422, 403);
      }
    }
    assertThat(actions(sent)).filteredOn("link.code-failed"::equals).hasSize(5);
    assertThat(actions(sent)).filteredOn("link.locked"::equals).hasSize(1);
    assertThat(Mailbox.await(SentContract.clerkMail(body), 1)).hasSize(1);
  }

  @Test
  @DisplayName("全角で入れても空白があっても、正しいコードなら開く")
  void takesTheCodeHoweverItIsTyped() {
    var sent = contracts.send(body, Optional.of("48213975"));
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var page = browser.submit(browser.get(link), link, Map.of());
    page = browser.submit(page, "/code", Map.of("code", "４８２１－３９７５ "));
    assertThat(page.uri().getPath()).endsWith("/read");
  }

  @Test
  @DisplayName("リンクの秘密もコードも、データベースにもログにも残らない")
  void leavesNoSecretBehind(CapturedOutput output) throws SQLException {
    var sent = contracts.send(body, Optional.of("73519264"));
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var secret = link.substring(link.lastIndexOf('/') + 1);
    assertThat(secret).hasSize(32);
    var page = browser.submit(browser.get(link), link, Map.of());
    browser.submit(page, "/code", Map.of("code", "73519264"));
    assertThat(dump()).doesNotContain(secret).doesNotContain("73519264");
    assertThat(output.getAll()).doesNotContain(secret).doesNotContain("73519264");
  }

  @Test
  @DisplayName("フォームの印がないと断られ、画面がそう言う")
  void refusesAFormFromElsewhere() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var refused = browser.post(link, Map.of());
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.h1()).isNotBlank();
    assertThat(actions(sent)).doesNotContain("link.accessed");
  }

  private void withdraw(SentContract.Sent sent) {
    contracts.in(
        sent.body(),
        () ->
            steps.withdraw(
                sent.id(),
                "工期を改めるため",
                new Actor(Actor.Kind.STAFF, "x", "見本 花子"),
                new Agreement.Manner("PASSWORD", "L3", "取り消す", "192.0.2.1", "test")));
  }

  /** Presses the landing page's button. */
  private Browser.Page read(String link) {
    return browser.submit(browser.get(link), link, Map.of());
  }

  private Party counterparty(SentContract.Sent sent) {
    return contracts.particulars(sent).parties(Party.Kind.COUNTERPARTY).getFirst();
  }

  /** What a request could have changed in this body, and how many sessions there are. */
  private List<Long> state() {
    return List.of(
        count("link", "tenant_id = '%s' and accessed_at is null".formatted(body.id())),
        count("link", "tenant_id = '%s'".formatted(body.id())),
        count("audit_entry", "tenant_id = '%s'".formatted(body.id())),
        count("mail", "tenant_id = '%s'".formatted(body.id())),
        count("spring_session", "true"));
  }

  private List<String> actions(SentContract.Sent sent) {
    return query(
        "select action from audit_entry where contract_id = '%s' order by seq"
            .formatted(sent.id()));
  }

  private long count(String table, String where) {
    return Long.parseLong(
        query("select count(*)::text from %s where %s".formatted(table, where)).getFirst());
  }

  /** Lets the time pass in which nobody gets a second link. */
  private void age(SentContract.Sent sent) {
    sql(
        "update link set created_at = created_at - interval '11 minutes' where contract_id = '%s'",
        sent);
  }

  private static void sql(String template, SentContract.Sent sent) {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      statement.execute(template.formatted(sent.id()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> query(String sql) {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var all = new java.util.ArrayList<String>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every row of every table, as text. */
  private static String dump() {
    return String.join(
        "\n",
        query(
            """
            select query_to_xml('select t::text from ' || quote_ident(table_name) || ' t',
                                true, false, '')::text
              from information_schema.tables
             where table_schema = 'public' and table_type = 'BASE TABLE'
            """));
  }
}
