package jp.musubi.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import jakarta.servlet.http.Cookie;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import javax.crypto.spec.SecretKeySpec;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.TestSeals;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Delegate;
import jp.musubi.contract.Party;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.Holding;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.signing.Mailbox;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.util.UriComponentsBuilder;

@ServiceTest
@DisplayName("契約の控え")
class ShelfTest {
  private static final Pattern LINK = Pattern.compile("https?://\\S+(/past/enter/\\S+)");
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final Actor ACTOR = new Actor(Actor.Kind.STAFF, "1", "見本 花子");
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("PASSWORD", "L3", "同意して電子署名します。", "192.0.2.1", "test");

  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;

  private TestBody body;
  private String mail;

  @BeforeEach
  void anAddress() {
    body = TestBody.create("-");
    TestBody.operators();
    mail = "ichiro-" + UUID.randomUUID() + "@kensetsu.example";
    // All tests come from one address.
    TestPeople.run("delete from shelf_inquiry");
  }

  @Test
  @DisplayName("メールのリンク、締結した契約書、認証アプリの順に確かめてから一覧が出て、契約書と締結証明書を受け取れ、団体の記録に残る")
  void opensStepByStepAndGivesTheFiles() throws Exception {
    var id = TestSeals.concluded(contracts, vault, body);
    var contract = in(body, () -> contracts.get(id));
    mail = Objects.requireNonNull(contract.parties(Party.Kind.COUNTERPARTY).getFirst().mail());
    ask(mail, 200);
    var link = link(1);
    for (var i = 0; i < 20; i++) {
      mvc.perform(get(link)).andExpect(status().isOk());
      mvc.perform(head(link)).andExpect(status().isOk());
    }
    var cookie = enter(link);
    mvc.perform(get("/past/contracts").cookie(cookie)).andExpect(redirectedUrl("/past/proof"));
    mvc.perform(get("/past/app").cookie(cookie)).andExpect(redirectedUrl("/past/proof"));
    assertThat(shows(cookie, "ほかのファイル".getBytes(StandardCharsets.UTF_8)).getStatus())
        .isEqualTo(422);
    var file = bytes(contract.finalFile().orElseThrow());
    assertThat(shows(cookie, file).getRedirectedUrl()).isEqualTo("/past/app");
    var secret = page("/past/app", cookie).select(".musubi-secret").text().replace(" ", "");
    press("/past/app", cookie, "000000", 422);
    mvc.perform(get("/past/contracts").cookie(cookie)).andExpect(redirectedUrl("/past/app"));
    // The service's clock is the machine's.
    var now = Instant.now();
    press("/past/app", cookie, code(secret, now), 302);

    var list = page("/past/contracts", cookie);
    assertThat(list.text()).contains(contract.title(), contract.number(), "上毛市", "締結済", "控えを閉じる");
    var path = list.select("a[href$=document.pdf]").attr("href");
    assertThat(Sha256.of(download(path, cookie))).isEqualTo(contract.finalFile().orElseThrow());
    assertThat(Sha256.of(download(path.replace("document", "certificate"), cookie)))
        .isEqualTo(contract.certificateMasked().orElseThrow());
    assertThat(
            in(
                body,
                () ->
                    jdbc.sql(
                            """
                            select entry from audit_entry
                             where action = 'document.downloaded' and contract_id = :id
                            """)
                        .param("id", id.value())
                        .query(String.class)
                        .list()))
        .hasSize(2)
        .allMatch(entry -> entry.contains("SHELF") && entry.contains("COUNTERPARTY"));
    assertThat(Mailbox.await(mail, "契約の控えに登録しました").text()).contains("/past");

    // The next time: another letter, the app, and no code twice.
    mvc.perform(post(link).with(csrf())).andExpect(status().isGone());
    mvc.perform(get(link)).andExpect(status().isGone());
    ask(mail, 200);
    var again = enter(link(2));
    mvc.perform(get("/past/contracts").cookie(again)).andExpect(redirectedUrl("/past/code"));
    press("/past/code", again, code(secret, now), 422);
    press("/past/code", again, code(secret, now.plusSeconds(30)), 302);
    assertThat(page("/past/contracts", again).text()).contains(contract.number());

    // The end: both sessions, and the app.
    mvc.perform(post("/past/registration").cookie(again).with(csrf())).andExpect(status().isOk());
    mvc.perform(get("/past/contracts").cookie(cookie)).andExpect(redirectedUrl("/past"));
    mvc.perform(get(path).cookie(again)).andExpect(redirectedUrl("/past"));
    ask(mail, 200);
    mvc.perform(get("/past/contracts").cookie(enter(link(3))))
        .andExpect(redirectedUrl("/past/proof"));
  }

  @Test
  @DisplayName("ほかの宛先の契約は、一覧にも、数にも、検索にも、ZIPにも、番号を当てても出ない")
  void keepsAddressesApart() throws Exception {
    var other = TestBody.create("-");
    var mine = lay(body, mail);
    var elsewhere = lay(other, mail);
    var others = lay(body, "jiro-" + mail);
    var cookie = TestShelf.open(mail);

    var list = page("/past/contracts", cookie);
    assertThat(list.select("article")).hasSize(2);
    assertThat(list.text())
        .contains(number(mine.contract()), number(elsewhere.contract()))
        .doesNotContain(number(others.contract()));
    assertThat(page("/past/contracts?words=" + number(others.contract()), cookie).text())
        .contains("あてはまる契約はありません");
    assertThat(page("/past/contracts?words=" + number(mine.contract()), cookie).select("article"))
        .hasSize(1);
    for (var kind : List.of("document", "certificate")) {
      mvc.perform(get("/past/contracts/%s/%s.pdf".formatted(others.id(), kind)).cookie(cookie))
          .andExpect(status().isNotFound());
      mvc.perform(
              get("/past/contracts/%s/%s.pdf".formatted(UUID.randomUUID(), kind)).cookie(cookie))
          .andExpect(status().isNotFound());
    }
    assertThat(page("/past/contracts?after=" + others.id(), cookie).select("article")).isEmpty();
    assertThat(page("/past/contracts", TestShelf.open("saburo-" + mail)).text())
        .contains("まだありません");
    mvc.perform(get("/past/contracts").cookie(TestShelf.cookie("x".repeat(43))))
        .andExpect(redirectedUrl("/past"));
  }

  @Test
  @DisplayName("行単位の保護は、持ち主には自分の行だけを見せて何も変えさせず、団体には自分の行だけを見せる")
  void isUnderRowSecurity() {
    var other = TestBody.create("-");
    var mine = lay(body, mail).id();
    var elsewhere = lay(other, mail).id();
    var others = lay(body, "jiro-" + mail).id();
    var holder = HolderAddress.typed(mail).orElseThrow().digest();

    assertThat(seen()).isEmpty();
    assertThat(in(body, this::entries)).containsExactlyInAnyOrder(mine, others);
    assertThat(held(holder)).containsExactlyInAnyOrder(mine, elsewhere);
    assertThat(changedBy(holder)).as("changed by a holder").isZero();
    assertThatThrownBy(() ->
            Holding.in(
                holder,
                () ->
                    transactions.execute(_ ->
                        jdbc.sql(
                                """
                                insert into shelf_entry
                                select tenant_id, gen_random_uuid(), contract_id, gen_random_uuid(),
                                       address_digest, number, title, amount, contract_date,
                                       concluded_at, readable_until, asks_more, shown
                                  from shelf_entry
                                """)
                            .update())))
        .isInstanceOf(DataAccessException.class)
        .hasStackTraceContaining("row-level security");
    TestPeople.run("update shelf_entry set shown = false where id = ?", elsewhere);
    assertThat(held(holder)).containsExactly(mine);
    // The next transaction of the same connection knows nobody.
    assertThat(seen()).isEmpty();
  }

  @Test
  @DisplayName("リンクは一度だけ、期限までに、正しい秘密でだけ開き、同時に押しても一人だけが入る")
  void opensOnceAndInTime() throws Exception {
    lay(body, mail);
    ask(mail, 200);
    var link = link(1);
    mvc.perform(post(link.substring(0, link.length() - 2) + "xx").with(csrf()))
        .andExpect(status().isGone());
    mvc.perform(get("/past/enter/x/y")).andExpect(status().isGone());
    mvc.perform(post(link)).andExpect(status().isForbidden());
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var presses =
          IntStream.range(0, 8)
              .<Callable<Integer>>mapToObj(_ ->
                  () -> mvc.perform(post(link).with(csrf())).andReturn().getResponse().getStatus())
              .toList();
      var statuses = new ArrayList<Integer>();
      for (var press : people.invokeAll(presses)) {
        statuses.add(press.get());
      }
      assertThat(statuses).containsOnlyOnce(302);
      assertThat(statuses).filteredOn(each -> each == 410).hasSize(7);
    }

    ask(mail, 200);
    var late = link(2);
    TestPeople.run(
        "update shelf_link set expires_at = created_at where address_digest = ?",
        TestShelf.digest(mail));
    mvc.perform(get(late)).andExpect(status().isGone());
    mvc.perform(post(late).with(csrf())).andExpect(status().isGone());
    assertThat(
            TestPeople.text(
                "select count(*)::text from mail where body like '%/past/enter/%' and recipient = ?",
                mail))
        .as("live secrets in the database")
        .isEqualTo("0");
  }

  @Test
  @DisplayName("契約の有無で答えは変わらず、契約のない宛先にメールは行かない。一つの宛先に1日3通、一つの場所から1時間に10回まで")
  void tellsNobodyAndHasLimits() throws Exception {
    var nobody = "nobody-" + mail;
    var without = ask(nobody, 200).replace(nobody, "");
    lay(body, mail);
    assertThat(ask(mail, 200).replace(mail, "")).isEqualTo(without);
    for (var i = 0; i < 4; i++) {
      assertThat(ask(mail, 200).replace(mail, "")).isEqualTo(without);
    }
    assertThat(letters(mail)).isEqualTo("3");
    assertThat(letters(nobody)).isEqualTo("0");
    for (var wrong : List.of("", "ichiro", "a@b.example\r\nBcc: c@d.example")) {
      assertThat(Jsoup.parse(ask(wrong, 422)).select("[role=alert]").text()).isNotEmpty();
    }
    for (var i = 0; i < 4; i++) {
      ask("other-%d-%s".formatted(i, mail), 200);
    }
    assertThat(ask("ichiro@mihon.example", 429)).contains("ichiro@mihon.example", "1時間");
    mvc.perform(post("/past").with(csrf()).with(from("198.51.100.7")).param("mail", mail))
        .andExpect(status().isOk());
  }

  @Test
  @DisplayName("職員のサインインでは控えは開かず、控えのセッションでは職員の画面は開かない")
  void isNoSessionOfStaff() throws Exception {
    lay(body, mail);
    mvc.perform(get("/past/contracts").with(TestPeople.as(body, body.clerk())))
        .andExpect(redirectedUrl("/past"));
    var cookie = TestShelf.open(mail);
    for (var path : List.of("/", "/contracts", "/register", "/settings/past")) {
      mvc.perform(get(path).cookie(cookie).accept("text/html")).andExpect(redirectedUrl("/signin"));
    }
    ask(mail, 200);
    var given =
        mvc
            .perform(post(link(1)).with(csrf()))
            .andReturn()
            .getResponse()
            .getHeaders("Set-Cookie")
            .stream()
            .filter(each -> each.startsWith("__Host-musubi-past="))
            .toList();
    assertThat(given)
        .singleElement()
        .asString()
        .contains("HttpOnly", "Secure", "SameSite=Strict", "Path=/");
  }

  @Test
  @DisplayName("数字や契約書を何度も間違えると、そのセッションは閉じ、正しい数字でも開かない")
  void closesAfterTooManyTries() throws Exception {
    lay(body, mail);
    ask(mail, 200);
    var cookie = enter(link(1));
    for (var i = 1; i < Holders.MOST_TRIES; i++) {
      assertThat(shows(cookie, new byte[] {(byte) i}).getStatus()).isEqualTo(422);
    }
    assertThat(shows(cookie, new byte[] {99}).getStatus()).isEqualTo(429);
    mvc.perform(get("/past/proof").cookie(cookie)).andExpect(redirectedUrl("/past"));
    assertThat(shows(cookie, new byte[0]).getRedirectedUrl()).isEqualTo("/past");
  }

  @Test
  @DisplayName("本人確認をした契約は、そのファイルを示した登録でだけ出て、示していない登録には数も出ない")
  void reachesAsFarAsWhatWasShown() throws Exception {
    var id = TestSeals.concluded(contracts, vault, body);
    var contract = in(body, () -> contracts.get(id));
    mail = Objects.requireNonNull(contract.parties(Party.Kind.COUNTERPARTY).getFirst().mail());
    var strong = lay(TestBody.create("-"), mail);
    TestPeople.run("update shelf_entry set asks_more = true where id = ?", strong.id());
    var cookie = TestShelf.open(mail, 1);

    var list = page("/past/contracts", cookie);
    assertThat(list.select("article")).hasSize(1);
    assertThat(list.text()).doesNotContain(number(strong.contract()));
    mvc.perform(get("/past/contracts/%s/document.pdf".formatted(strong.id())).cookie(cookie))
        .andExpect(status().isNotFound());
    var file = bytes(contract.finalFile().orElseThrow());
    assertThat(shows(cookie, file).getStatus()).as("asked for the mail alone").isEqualTo(422);

    TestPeople.run("update shelf_entry set asks_more = true where contract_id = ?", id.value());
    TestPeople.run(
        """
        insert into mail (tenant_id, id, occasion, contract_id, recipient, subject, body, message_id,
                          created_at, file_sha256, file_name)
        select tenant_id, gen_random_uuid(), 'enclosed/' || id, id, ?, '締結', '本文', id || '@x', now(),
               final_sha256, '契約書.pdf'
          from contract where id = ?
        """,
        mail,
        id.value());
    assertThat(shows(cookie, file).getStatus()).as("lies in the mailbox").isEqualTo(422);
    TestPeople.run("delete from mail where occasion = 'enclosed/' || ?", id.toString());
    assertThat(shows(cookie, file).getRedirectedUrl()).isEqualTo("/past/contracts");
    assertThat(page("/past/contracts", cookie).select("article")).hasSize(2);

    // Less cannot take the place of more.
    TestPeople.run("update shelf_entry set asks_more = false where contract_id = ?", id.value());
    ask(mail, 200);
    var again = enter(link(1));
    assertThat(shows(again, file).getContentAsString(StandardCharsets.UTF_8)).contains("登録し直すには");
  }

  @Test
  @DisplayName("転送された契約は、電子署名をした方の控えに載り、転送した方の控えには載らない")
  void liesWithWhoSigned() {
    var id = TestContract.draft(body, vault).id();
    in(
        body,
        () ->
            contracts.dispatch(
                id,
                contracts.get(id).prepared().orElseThrow(),
                Instant.now().plus(Duration.ofDays(30)), // the service works by the real clock
                ACTOR,
                MANNER));
    await(id, 1);
    var first = in(body, () -> contracts.get(id)).parties(Party.Kind.COUNTERPARTY).getFirst();
    in(
        body,
        () ->
            contracts.delegate(
                id,
                first,
                new Delegate("支店長", "例田 三郎", mail.toUpperCase(Locale.ROOT)),
                ACTOR,
                MANNER));
    for (var ordinal = 1; ordinal <= 2; ordinal++) {
      await(id, ordinal);
      var seals = ordinal;
      in(
          body,
          () -> {
            var now = contracts.get(id);
            return contracts.agree(id, now.parties().get(seals), now.currentFile(), ACTOR, MANNER);
          });
    }
    TestSeals.await(
        contracts, body, id, Duration.ofSeconds(90), now -> now.state().equals("CONCLUDED"));

    assertThat(holders(id)).containsExactly(TestShelf.digest(mail));
    assertThat(holders(id)).doesNotContain(TestShelf.digest(String.valueOf(first.mail())));
  }

  @Test
  @DisplayName("団体が載せないことにすると、締結済みの契約もすぐに消え、戻すとまた出る。どちらも監査記録に残る")
  void followsTheBodysChoice() throws Exception {
    var entry = lay(body, mail);
    var cookie = TestShelf.open(mail);
    var admin = TestPeople.member(body, "kanri", "見本 管理", body.section(), "BODY_ADMIN", null);
    for (var shown : List.of(false, true)) {
      var asked = post("/settings/past").with(csrf()).with(TestPeople.as(body, admin));
      mvc.perform(shown ? asked.param("shown", "true") : asked)
          .andExpect(redirectedUrl("/settings"));
      assertThat(page("/past/contracts", cookie).select("article")).hasSize(shown ? 1 : 0);
      assertThat(
              mvc.perform(
                      get("/past/contracts/%s/document.pdf".formatted(entry.id())).cookie(cookie))
                  .andReturn()
                  .getResponse()
                  .getStatus())
          // A draft was laid there: it is no concluded contract, whatever the entry says.
          .isEqualTo(404);
    }
    assertThat(
            in(
                body,
                () ->
                    jdbc.sql(
                            "select count(*) from audit_entry where action = 'settings.shelf-changed'")
                        .query(Integer.class)
                        .single()))
        .isEqualTo(2);
  }

  @Test
  @DisplayName("一覧は20件ずつ、年度とことばで絞れ、年度のZIPには契約書と締結証明書と要約値の一覧が入る")
  void pagesSearchesAndPacks() throws Exception {
    var id = TestSeals.concluded(contracts, vault, body);
    var contract = in(body, () -> contracts.get(id));
    mail = Objects.requireNonNull(contract.parties(Party.Kind.COUNTERPARTY).getFirst().mail());
    for (var i = 0; i < 22; i++) {
      var entry = lay(body, mail);
      TestPeople.run(
          "update shelf_entry set concluded_at = timestamptz '2020-04-01 09:00+09', title = ? where id = ?",
          "２０２０年の工事 " + i,
          entry.id());
    }
    var cookie = TestShelf.open(mail);
    var seen = new ArrayList<String>();
    for (var path = "/past/contracts"; path != null; ) {
      var page = page(path, cookie);
      page.select("article a[href$=document.pdf]").forEach(each -> seen.add(each.attr("href")));
      path = page.select("a[rel=next]").isEmpty() ? null : page.select("a[rel=next]").attr("href");
    }
    assertThat(seen).hasSize(23).doesNotHaveDuplicates();
    assertThat(page("/past/contracts?words=2020年 工事&year=2020", cookie).select("article"))
        .hasSize(20);
    assertThat(page("/past/contracts?words=_", cookie).select("article")).isEmpty();

    var year =
        page("/past/contracts", cookie).select("select[name=year] option").get(1).attr("value");
    var zip = download("/past/contracts.zip?year=" + year, cookie);
    var names = new ArrayList<String>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
      for (var each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
        names.add(each.getName());
        if (each.getName().endsWith(contract.title() + ".pdf")) {
          assertThat(Sha256.of(in.readAllBytes())).isEqualTo(contract.finalFile().orElseThrow());
        }
      }
    }
    assertThat(names).hasSize(3).last().isEqualTo("SHA256SUMS");
  }

  @Test
  @DisplayName("英語でも読め、締結の知らせと締結後の画面から一行で案内する")
  void isOfferedAndReadInEnglish() throws Exception {
    var page =
        Jsoup.parse(
            mvc.perform(get("/past").cookie(new Cookie("musubi-reading", "en.normal")))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8));
    assertThat(page.select("h1").text()).isEqualTo("Your past contracts");
    assertThat(page.select("main").text()).doesNotContainPattern("[ぁ-ん]");
    var id = TestSeals.concluded(contracts, vault, body);
    var to = in(body, () -> contracts.get(id)).parties(Party.Kind.COUNTERPARTY).getFirst().mail();
    assertThat(Mailbox.await(Objects.requireNonNull(to), "契約を締結しました").text())
        .contains("https://keiyaku.musubi.example/past");
  }

  /** A contract of a body that lies on somebody's shelf, though it was never concluded. */
  private record Laid(UUID id, UUID contract) {}

  private Laid lay(TestBody in, String address) {
    var laid = new Laid(UUID.randomUUID(), TestContract.draft(in, vault).id().value());
    TestShelf.put(laid.id(), laid.contract(), address);
    return laid;
  }

  private static String number(UUID contract) {
    return TestPeople.text("select number from contract where id = ?", contract);
  }

  private List<String> holders(ContractId id) {
    return in(
        body,
        () ->
            jdbc.sql("select address_digest from shelf_entry where contract_id = :id")
                .param("id", id.value())
                .query((row, _) -> Objects.requireNonNull(row.getString("address_digest")))
                .list());
  }

  private List<UUID> seen() {
    List<UUID> seen = transactions.execute(_ -> entries());
    return Objects.requireNonNull(seen);
  }

  private List<UUID> held(Sha256 holder) {
    return Holding.in(holder, this::seen);
  }

  /** How many rows a holder could take away or hide. */
  private int changedBy(Sha256 holder) {
    Integer changed =
        Holding.in(
            holder,
            () ->
                transactions.execute(_ ->
                    jdbc.sql("delete from shelf_entry").update()
                        + jdbc.sql("update shelf_entry set shown = false").update()));
    return Objects.requireNonNull(changed);
  }

  private List<UUID> entries() {
    return jdbc.sql("select id from shelf_entry")
        .query((row, _) -> Objects.requireNonNull(row.getObject("id", UUID.class)))
        .list();
  }

  private void await(ContractId id, int seals) {
    TestSeals.await(
        contracts, body, id, Duration.ofSeconds(90), now -> now.revisions().size() == seals);
  }

  private String ask(String address, int status) throws Exception {
    return mvc.perform(post("/past").with(csrf()).param("mail", address))
        .andExpect(status().is(status))
        .andReturn()
        .getResponse()
        .getContentAsString(StandardCharsets.UTF_8)
        // The form's token is another each time.
        .replaceAll("name=\"_csrf\"[^>]*>", "");
  }

  private static String letters(String address) {
    return TestPeople.text(
        "select count(*)::text from mail where recipient = ? and occasion like 'shelf/%'", address);
  }

  /** The path of the link in the so-manieth letter with one. */
  private String link(int count) {
    for (var all = count; ; all++) {
      var links =
          Mailbox.await(mail, all).stream()
              .map(letter -> LINK.matcher(letter.text()))
              .filter(java.util.regex.Matcher::find)
              .map(match -> match.group(1))
              .toList();
      if (links.size() >= count) {
        return links.get(count - 1);
      }
    }
  }

  private Cookie enter(String link) throws Exception {
    var answer =
        mvc.perform(post(link).with(csrf()))
            .andExpect(redirectedUrl("/past/contracts"))
            .andReturn()
            .getResponse();
    return Arrays.stream(answer.getCookies())
        .filter(each -> each.getName().equals("__Host-musubi-past"))
        .findFirst()
        .orElseThrow();
  }

  private MockHttpServletResponse shows(Cookie cookie, byte[] file) throws Exception {
    return mvc.perform(
            multipart("/past/proof")
                .file(new MockMultipartFile("file", "契約書.pdf", "application/pdf", file))
                .with(csrf())
                .cookie(cookie))
        .andReturn()
        .getResponse();
  }

  private void press(String path, Cookie cookie, String code, int status) throws Exception {
    mvc.perform(post(path).with(csrf()).cookie(cookie).param("code", code))
        .andExpect(status().is(status));
  }

  private Document page(String path, Cookie cookie) throws Exception {
    return Jsoup.parse(
        mvc.perform(
                get(UriComponentsBuilder.fromUriString(path).encode().build().toUri())
                    .cookie(cookie))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8));
  }

  private byte[] download(String path, Cookie cookie) throws Exception {
    return mvc.perform(get(path).cookie(cookie))
        .andExpect(status().isOk())
        .andReturn()
        .getResponse()
        .getContentAsByteArray();
  }

  private byte[] bytes(Sha256 file) {
    return in(
        body,
        () ->
            vault.with(
                file,
                path -> {
                  try {
                    return Files.readAllBytes(path);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }

  private static RequestPostProcessor from(String address) {
    return request -> {
      request.setRemoteAddr(address);
      return request;
    };
  }

  private static String code(String secret, Instant at) {
    var bits = BigInteger.ONE;
    for (var i = 0; i < secret.length(); i++) {
      bits = bits.shiftLeft(5).or(BigInteger.valueOf(BASE32.indexOf(secret.charAt(i))));
    }
    var bytes = bits.toByteArray();
    try {
      var generator = new TimeBasedOneTimePasswordGenerator();
      return generator.generateOneTimePasswordString(
          new SecretKeySpec(
              Arrays.copyOfRange(bytes, bytes.length - 20, bytes.length), generator.getAlgorithm()),
          at);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> T in(TestBody which, Supplier<T> work) {
    return Tenancy.in(
        which.id(), () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
  }
}
