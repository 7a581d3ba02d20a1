package jp.musubi.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.TestSeals;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.web.TestPdf;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.harness.Hands;
import jp.musubi.platform.AddressRange;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.signing.Browser;
import jp.musubi.signing.Mailbox;
import jp.musubi.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureMockMvc
@ContextConfiguration(initializers = {ServiceTest.RealParts.class, ApiTest.WithoutTls.class})
@DisplayName("API")
class ApiTest {
  /** Cookies of a service behind TLS would not come back to a plain port. */
  static final class WithoutTls
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
      TestPropertyValues.of("musubi.public-url=http://localhost").applyTo(context);
    }
  }

  private static final String UNKNOWN = "mskey_%s_" + "A".repeat(43);

  @LocalServerPort int port;
  @Autowired MockMvc web;
  @Autowired Programs programs;
  @Autowired Webhooks webhooks;
  @Autowired Contracts contracts;
  @Autowired AuditTrail audit;
  @Autowired TransactionOperations transactions;
  @Autowired Vault vault;
  @Autowired java.time.Clock clock;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  private TestBody body;
  private TestCalls calls;

  @BeforeEach
  void aProgramThatHandles() {
    body = TestBody.create("-");
    calls = calls(body, body.clerk(), null, true);
  }

  @Test
  @DisplayName("作成、送信、相手方の同意、団体の署名、締結、PDFの取得まで、APIと人の手で進む")
  void goesFromTheDraftToTheConcludedFile() throws Exception {
    var mail = UUID.randomUUID() + "@mihon.example";
    var made = calls.make(TestCalls.newKey(), terms(mail, "MAIL", "SERVICES")).expect(201);
    var id = made.text("/contract/id");
    assertThat(made.response().getHeader("Location")).isEqualTo("/api/v1/contracts/" + id);
    assertThat(made.text("/contract/state")).isEqualTo("DRAFT");
    assertThat(states(made.json().get("contract"))).containsOnly("WAITING");

    var sent = calls.send(made.json().get("contract"), TestCalls.newKey()).expect(200);
    assertThat(sent.text("/contract/state")).isEqualTo("COUNTERPARTY");
    assertThat(sent.json().get("accessCodes")).isEmpty();
    var contract = new ContractId(UUID.fromString(id));
    TestSeals.await(
        contracts, body, contract, Duration.ofMinutes(1), c -> c.revisions().size() == 1);
    assertThat(states(calls.show(id).json())).containsExactly("AGREED", "ASKED", "WAITING");
    calls.file(id, "certificate").expect(404, "not-found");

    agreeByLink(Mailbox.await(mail, 1).getFirst().link());
    TestSeals.await(
        contracts, body, contract, Duration.ofMinutes(1), c -> c.revisions().size() == 2);
    assertThat(calls.show(id).text("/state")).isEqualTo("OFFICE");
    new Hands(contracts, clock, body, contract).agree(2);
    TestSeals.await(
        contracts, body, contract, Duration.ofMinutes(2), c -> c.state().equals("CONCLUDED"));

    var concluded = calls.show(id).expect(200).json();
    assertThat(concluded.path("contractDate").asString("")).isEqualTo("2026-12-07");
    assertThat(concluded.path("concludedAt").asString("")).isNotEmpty();
    assertThat(states(concluded)).containsOnly("AGREED");
    var file = calls.file(id, "document").expect(200).response().getContentAsByteArray();
    assertThat(Sha256.of(file).hex()).isEqualTo(concluded.path("documentSha256").asString(""));
    assertThat(calls.file(id, "certificate").expect(200).response().getContentAsByteArray())
        .startsWith('%', 'P', 'D', 'F');
    // The seal is stamped by the real clock.
    var today = java.time.LocalDate.now(java.time.ZoneId.of("Asia/Tokyo"));
    assertThat(ids(calls.list("?state=CONCLUDED&concludedFrom=" + today.minusDays(1))))
        .containsExactly(id);
    assertThat(ids(calls.list("?concludedUntil=" + today.minusDays(2)))).isEmpty();
    calls
        .step(id, "withdraw", TestCalls.newKey(), "{\"reason\": \"誤り\"}")
        .expect(409, "refusal.notInThisState");
    var agreement = Tenancy.in(body.id(), () -> contracts.agreements(contract)).getFirst();
    assertThat(agreement.manner().authentication()).isEqualTo("API_KEY");
    assertThat(agreement.manner().consentText()).contains("連携プログラム「財務会計」");
  }

  private void agreeByLink(String link) {
    var browser = new Browser("http://localhost:" + port);
    var read = browser.submit(browser.get(link), link, Map.of());
    var path = read.uri().getPath().replace("/read", "");
    browser.getWithImages(path + "/read");
    var confirm = browser.get(path + "/confirm");
    var done = browser.submit(confirm, "/agreement", Map.of("authority", "true"));
    assertThat(done.h1()).isEqualTo("同意を受け付けました");
  }

  @Test
  @DisplayName("鍵がない、知らない、替えた、期限の過ぎた、止めた鍵では、理由を言って断る")
  void tellsWhyAKeyDoesNotOpen() throws Exception {
    assertThat(
            calls
                .with(null)
                .list("")
                .expect(401, "key-missing")
                .response()
                .getHeader("WWW-Authenticate"))
        .isEqualTo("Bearer");
    calls.with("not-a-key").list("").expect(401, "key-missing");
    calls.with(UNKNOWN.formatted(body.code())).list("").expect(401, "key-unknown");
    calls.with(UNKNOWN.formatted("999999")).list("").expect(401, "key-unknown");
    // Whose key it is, is said by the key; another body's does not know it.
    var key = Objects.requireNonNull(calls.key());
    var other = TestBody.create("-");
    calls.with(key.replace(body.code(), other.code())).list("").expect(401, "key-unknown");

    var program = only();
    var next =
        in(() -> programs.rotate(program.id(), Duration.ofHours(1), form(), admin(), "192.0.2.1"))
            .orElseThrow();
    calls.list("").expect(200);
    var renewed = calls.with(next.reveal());
    renewed.list("").expect(200);
    in(() -> programs.rotate(program.id(), Duration.ZERO, form(), admin(), "192.0.2.1"));
    renewed.list("").expect(401, "key-replaced");

    var expired = calls(body, body.clerk(), null, false);
    TestPeople.run(
        "update program set expires_at = now() - interval '1 second' where tenant_id = ? and id <> ?",
        body.id().value(),
        program.id());
    expired.list("").expect(401, "program-expired");
    var ended = calls(body, body.clerk(), null, false);
    var last = in(() -> programs.all()).getFirst();
    in(() -> {
      programs.end(last.id(), admin(), "192.0.2.1");
      return true;
    });
    ended.list("").expect(401, "program-ended");
    var left = calls(body, body.viewer(), null, false);
    TestPeople.run("update staff set active = false where id = ?", body.viewer());
    left.list("").expect(403, "nobody-responsible");
    var late = calls(body, body.clerk(), null, true);
    late.list("").expect(200);
    TestPeople.run(
        "update body set usable_until = current_date - 1 where id = ?", body.id().value());
    late.list("").expect(401, "program-expired");
    assertThat(entries("api.refused"))
        .anyMatch(entry -> entry.contains("program-expired"))
        .anyMatch(entry -> entry.contains("nobody-responsible"))
        .noneMatch(entry -> entry.contains("mskey"));
  }

  @Test
  @DisplayName("団体が決めた接続元、プログラムの接続元のどちらから外れても断る")
  void admitsOnlyFromWhereItMayCome() throws Exception {
    var bound =
        calls(
            body,
            body.clerk(),
            null,
            false,
            List.of(AddressRange.parse("198.51.100.0/24").orElseThrow()));
    bound.list("").expect(403, "place-not-allowed");
    bound.from("198.51.100.7").list("").expect(200);
    TestPeople.run(
        "insert into address_rule (tenant_id, audience, ranges, changed_at) values (?, 'API', array['192.0.2.0/24'], now())",
        body.id().value());
    calls.list("").expect(200);
    calls.from("203.0.113.1").list("").expect(403, "place-not-allowed");
    bound.from("198.51.100.7").list("").expect(403, "place-not-allowed");
  }

  @Test
  @DisplayName("ほかの団体の契約は、ないものと同じ答えになる")
  void knowsNothingOfOtherBodies() throws Exception {
    var other = TestBody.create("-");
    var theirs = TestContract.draft(other, vault).id().toString();
    var own = TestContract.draft(body, vault).id().toString();
    assertThat(ids(calls.list(""))).containsExactly(own);
    calls.show(own).expect(200);
    var nothing = calls.show(UUID.randomUUID()).expect(404, "not-found");
    var foreign = calls.show(theirs).expect(404, "not-found");
    assertThat(foreign.text("/detail")).isEqualTo(nothing.text("/detail"));
    calls.file(theirs, "document").expect(404);
    calls.step(theirs, "send", TestCalls.newKey(), "{}").expect(404);
    calls.step(theirs, "withdraw", TestCalls.newKey(), "{\"reason\": \"x\"}").expect(404);
    calls.show("not-a-uuid").expect(404);
  }

  @Test
  @DisplayName("ほかの所属、親展のフォルダの契約は一覧にも出ず、責任者の権限と一緒に狭まる")
  void reachesNoFurtherThanItsSectionAndItsPerson() throws Exception {
    var below = TestPeople.section(body, "1010", "道路課", body.section());
    var beside = TestPeople.section(body, "20", "福祉部", null);
    var ours = in(below);
    var theirs = in(beside);
    var confined = in(below);
    var folder = UUID.randomUUID();
    TestPeople.run(
        "insert into folder (tenant_id, id, section_id, name, confined, made_at) values (?, ?, ?, '親展', true, now())",
        body.id().value(),
        folder,
        below);
    TestPeople.run(
        "insert into folder_contract values (?, ?, ?, now())",
        body.id().value(),
        UUID.fromString(confined),
        folder);
    var everywhere = TestPeople.member(body, "hiroshi", "見本 広", below, "CLERK", null);

    var narrow = calls(body, everywhere, below, true);
    assertThat(ids(narrow.list(""))).containsExactly(ours);
    narrow.show(theirs).expect(404);
    narrow.show(confined).expect(404);
    narrow.file(confined, "document").expect(404);
    assertThat(ids(calls(body, everywhere, null, false).list("")))
        .containsExactlyInAnyOrder(ours, theirs);

    TestPeople.run("update role_grant set section_id = ? where staff_id = ?", beside, everywhere);
    assertThat(ids(narrow.list("").expect(403))).isEmpty();
    narrow.show(ours).expect(404);
  }

  @Test
  @DisplayName("見るだけのプログラムは何も変えられず、契約名義の署名は責任者が締結者でもできない")
  void doesNoMoreThanItMay() throws Exception {
    var reads = calls(body, body.clerk(), null, false);
    reads
        .make(TestCalls.newKey(), terms("a@mihon.example", "MAIL", "SERVICES"))
        .expect(403, "forbidden");
    var draft = TestContract.draft(body, vault).id().toString();
    reads.step(draft, "send", TestCalls.newKey(), "{}").expect(403, "forbidden");
    var signer = calls(body, body.mayor(), null, true);
    assertThat(ids(signer.list("").expect(200))).containsExactly(draft);
    signer.step(draft, "send", TestCalls.newKey(), "{}").expect(403, "forbidden");
    var page =
        web.perform(
                get("/contracts/" + draft)
                    .header("Authorization", "Bearer " + calls.key())
                    .accept("text/html"))
            .andReturn()
            .getResponse();
    assertThat(page.getRedirectedUrl()).isEqualTo("/signin");
    var agreed =
        web.perform(
                post("/contracts/" + draft + "/signature")
                    .with(csrf())
                    .header("Authorization", "Bearer " + signer.key()))
            .andReturn()
            .getResponse();
    assertThat(agreed.getStatus()).isIn(302, 401);
    var session =
        web.perform(get("/api/v1/contracts").with(TestPeople.as(body, body.clerk())))
            .andReturn()
            .getResponse();
    assertThat(session.getStatus()).isEqualTo(401);
  }

  @Test
  @DisplayName("同じIdempotency-Keyなら二度呼んでも一つで、違う内容なら断り、なければ受けない")
  void takesAStepOnce() throws Exception {
    var key = TestCalls.newKey();
    var mail = UUID.randomUUID() + "@mihon.example";
    var pdf = TestPdf.contract();
    var first = calls.make(key, terms(mail, "ACCESS_CODE", "SERVICES"), pdf).expect(201);
    var second = calls.make(key, terms(mail, "ACCESS_CODE", "SERVICES"), pdf).expect(201);
    assertThat(second.text("/contract/id")).isEqualTo(first.text("/contract/id"));
    calls.make(key, terms(mail, "MAIL", "SERVICES"), pdf).expect(409, "conflict");
    calls.make(null, terms(mail, "MAIL", "SERVICES")).expect(400, "idempotency-key-missing");
    calls.make("short", terms(mail, "MAIL", "SERVICES")).expect(400, "idempotency-key-missing");
    assertThat(ids(calls.list(""))).hasSize(1);

    var contract = first.json().get("contract");
    var send = TestCalls.newKey();
    var sent = calls.send(contract, send).expect(200);
    var again = calls.send(contract, send).expect(200);
    assertThat(sent.text("/accessCodes/0/code")).matches("\\d{8}");
    assertThat(again.json().get("accessCodes")).isEqualTo(sent.json().get("accessCodes"));
    calls.send(contract, TestCalls.newKey()).expect(409);
    // Another program's key of the same name is another key.
    calls(body, body.clerk(), null, true)
        .make(key, terms(mail, "MAIL", "SERVICES"), pdf)
        .expect(201);
  }

  @Test
  @DisplayName("承認のない契約、承諾のない工事、変わった下書きは、画面と同じ言葉で送信を断る")
  void goesAroundNoGate() throws Exception {
    var works =
        calls
            .make(TestCalls.newKey(), terms("b@mihon.example", "MAIL", "WORKS"))
            .expect(201)
            .json()
            .get("contract");
    calls.send(works, TestCalls.newKey()).expect(409, "refusal.consentMissing");
    var plain =
        calls
            .make(TestCalls.newKey(), terms("b@mihon.example", "MAIL", "SERVICES"))
            .expect(201)
            .json()
            .get("contract");
    calls
        .step(
            plain.path("id").asString(""),
            "send",
            TestCalls.newKey(),
            "{\"version\": 0, \"documentSha256\": %s}".formatted(plain.path("documentSha256")))
        .expect(409, "conflict");
    TestPeople.run("insert into approval_policy values (?, true, false, now())", body.id().value());
    calls.send(plain, TestCalls.newKey()).expect(409, "refusal.noApprovalRoute");
    assertThat(calls.show(plain.path("id").asString("")).text("/state")).isEqualTo("DRAFT");
    calls
        .step(
            plain.path("id").asString(""), "withdraw", TestCalls.newKey(), "{\"reason\": \"取りやめ\"}")
        .expect(200);
    var vote =
        terms("b@mihon.example", "MAIL", "SERVICES")
            .replaceFirst("\"title\"", "\"paperByLaw\": \"NOTARIAL_DEED\", \"title\"");
    var barred = calls.make(TestCalls.newKey(), vote).expect(201).json().get("contract");
    var refused = calls.send(barred, TestCalls.newKey()).expect(409, "refusal.notElectronic");
    assertThat(refused.text("/reasons/0")).isEqualTo("ByLaw");
  }

  @Test
  @DisplayName("読めないもの、知らない項目、大きすぎるもの、契約書にできないPDFは、項目を挙げて断る")
  void saysWhatIsWrong() throws Exception {
    var good = terms("c@mihon.example", "MAIL", "SERVICES");
    for (var wrong :
        Map.of(
                "{",
                "",
                "[]",
                "",
                good.replace("\"title\"", "\"titel\""),
                "titel",
                good.replace("\"SERVICES\"", "\"services\""),
                "kind",
                good.replace("c@mihon.example", "c@mihon"),
                "counterparties[0].mail",
                good.replace("2026-12-07", "令和8年12月7日"),
                "contractDate",
                good.replace("12980000", "-1"),
                "amount",
                good.replace("\"MAIL\"", "\"FAX\""),
                "counterparties[0].identification",
                good.replace("上毛市長", "赤城町長"),
                "office")
            .entrySet()) {
      var answer = calls.make(TestCalls.newKey(), wrong.getKey()).expect(422, "invalid");
      assertThat(
              StreamSupport.stream(answer.json().get("errors").spliterator(), false)
                  .map(each -> each.path("member").asString("")))
          .as(wrong.getKey())
          .contains(wrong.getValue());
    }
    calls.make(TestCalls.newKey(), good + " ".repeat(Asked.LONGEST)).expect(413, "too-large");
    calls
        .make(TestCalls.newKey(), good, "no PDF at all".getBytes(StandardCharsets.UTF_8))
        .expect(422, "document-rejected");
    var draft = TestContract.draft(body, vault).id().toString();
    calls
        .step(
            draft,
            "withdraw",
            TestCalls.newKey(),
            "{\"reason\": \"" + "あ".repeat(Asked.LONGEST) + "\"}")
        .expect(413, "too-large");
    calls.step(draft, "withdraw", TestCalls.newKey(), "{\"reason\": \"\"}").expect(422, "invalid");
    calls
        .step(draft, "withdraw", null, "{\"reason\": \"x\"}")
        .expect(400, "idempotency-key-missing");
    calls
        .ask(
            "POST",
            post("/api/v1/contracts/" + draft + "/withdraw")
                .contentType(MediaType.TEXT_PLAIN)
                .content("x"))
        .expect(415, "unsupported");
    calls.list("?state=NOWHERE&limit=0&after=x&concludedFrom=yesterday").expect(422, "invalid");
    assertThat(calls.ask("GET", get("/api/v1/nothing").accept("text/html")).status())
        .isEqualTo(404);
    assertThat(ids(calls.list(""))).containsExactly(draft);
  }

  @Test
  @DisplayName("一覧はページに分かれ、番号と言葉で絞れる")
  void pagesThroughTheList() throws Exception {
    var all = new TreeSet<String>();
    for (var i = 0; i < 5; i++) {
      all.add(TestContract.draft(body, vault).id().toString());
    }
    var found = new TreeSet<String>();
    var after = "";
    var pages = 0;
    do {
      var page = calls.list("?limit=2" + (after.isEmpty() ? "" : "&after=" + after)).expect(200);
      found.addAll(ids(page));
      after = page.text("/next");
      pages++;
    } while (!after.isEmpty());
    assertThat(found).isEqualTo(all);
    assertThat(pages).isEqualTo(3);
    var number = calls.show(all.first()).text("/number");
    assertThat(ids(calls.list("?number=" + number))).contains(all.first());
    assertThat(ids(calls.list("?q=市道１０２４"))).hasSize(5);
    assertThat(ids(calls.list("?q=見本建設&state=DRAFT"))).hasSize(5);
    assertThat(ids(calls.list("?q=どこにもない"))).isEmpty();
  }

  @Test
  @DisplayName("多すぎる呼出しは、待つ秒数を言って断る")
  void asksForPatience() throws Exception {
    calls.list("").expect(200);
    TestPeople.run("update program set minute_calls = 120 where tenant_id = ?", body.id().value());
    var refused = calls.list("").expect(429, "too-many");
    assertThat(
            Integer.parseInt(Objects.requireNonNull(refused.response().getHeader("Retry-After"))))
        .isBetween(1, 61);
    TestPeople.run(
        "update program set minute_began = now() - interval '1 minute' where tenant_id = ?",
        body.id().value());
    calls.list("").expect(200);
  }

  @Test
  @DisplayName("すべての呼出しが、プログラムの名前、接続元、結果とともに鎖に残り、鍵はどこにも残らない")
  void leavesEveryCallOnRecord() throws Exception {
    var made =
        calls.make(TestCalls.newKey(), terms("d@mihon.example", "MAIL", "SERVICES")).expect(201);
    var id = made.text("/contract/id");
    calls.show(id).expect(200);
    calls.show(UUID.randomUUID()).expect(404);
    calls.make(TestCalls.newKey(), "{}").expect(422);
    var called = entries("api.called");
    assertThat(called)
        .hasSize(2)
        .allMatch(entry ->
            entry.contains("財務会計")
                && entry.contains("PROGRAM")
                && entry.contains(TestCalls.OFFICE)
                && entry.contains("onBehalfOf"));
    assertThat(called)
        .anyMatch(entry -> entry.contains("\"status\":\"201\""))
        .anyMatch(entry -> entry.contains("\"status\":\"200\""));
    assertThat(entries("api.refused")).hasSize(2);
    assertThat(entries("contract.drafted"))
        .singleElement()
        .satisfies(entry -> assertThat(entry).contains("PROGRAM", "財務会計", "見本 花子"));
    assertThat(entries("contract.viewed"))
        .singleElement()
        .satisfies(entry -> assertThat(entry).contains("PROGRAM"));
    assertThat(in(() -> audit.firstBreak(List.of()))).isEmpty();
    assertThat(TestPeople.text("select count(*)::text from audit_entry where entry like '%mskey%'"))
        .isEqualTo("0");
    assertThat(
            TestPeople.text(
                "select count(*)::text from program_key where digest = ?",
                Sha256.of(Objects.requireNonNull(calls.key()).getBytes(StandardCharsets.UTF_8))
                    .hex()))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("仕様（OpenAPI）と道は、どちらから見ても同じで、道具と文書の例も仕様にある")
  void isWhatTheDocumentSays() throws Exception {
    var routes = new TreeSet<String>();
    mappings
        .getHandlerMethods()
        .keySet()
        .forEach(mapping ->
            mapping.getPatternValues().stream()
                .filter(pattern -> pattern.startsWith("/api/"))
                .forEach(pattern ->
                    mapping
                        .getMethodsCondition()
                        .getMethods()
                        .forEach(method -> routes.add(method + " " + pattern))));
    var told = new TreeSet<String>();
    var paths = TestCalls.DOCUMENT.get("paths");
    for (var path : paths.propertyNames()) {
      for (var method : paths.get(path).propertyNames()) {
        told.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
        var operation = paths.get(path).get(method);
        assertThat(operation.path("summary").asString("")).as(path).contains(" / ");
      }
    }
    assertThat(told).isNotEmpty().isEqualTo(routes);
    assertThat(TestCalls.DOCUMENT.path("openapi").asString("")).isEqualTo("3.1.0");
    assertThat(TestCalls.DOCUMENT.at("/info/description").asString(""))
        .contains("契約名義による団体の署名", "Never possible by API");
    calls.with(null).ask("GET", get("/api/v1/openapi.json")).expect(200);
    var refs = new TreeSet<String>();
    var text = TestCalls.DOCUMENT.toString();
    java.util.regex.Pattern.compile("\"\\$ref\":\"#([^\"]+)\"")
        .matcher(text)
        .results()
        .forEach(match -> refs.add(match.group(1)));
    assertThat(refs).isNotEmpty().allMatch(ref -> !TestCalls.DOCUMENT.at(ref).isMissingNode());
  }

  @Test
  @DisplayName("文書の例は、書かれたとおりに動く")
  void runsTheExamplesOfTheDocument() throws Exception {
    var examples = new StringBuilder("set -eu\n");
    java.util.regex.Pattern.compile("```sh\n(.*?)```", java.util.regex.Pattern.DOTALL)
        .matcher(Files.readString(Path.of("../docs/operations/api.md")))
        .results()
        .forEach(match -> examples.append(match.group(1)));
    var folder = Files.createTempDirectory("musubi-api");
    Files.write(folder.resolve("keiyaku.pdf"), TestPdf.contract());
    var script = Files.writeString(folder.resolve("examples.sh"), examples.toString());
    var process = new ProcessBuilder("bash", script.toString()).directory(folder.toFile());
    process.environment().put("MUSUBI", "http://127.0.0.1:" + port);
    process.environment().put("KEY", Objects.requireNonNull(calls.key()));
    var running = process.redirectErrorStream(true).start();
    var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(running.waitFor()).as(said).isZero();
    assertThat(examples.toString().split("curl ", -1)).hasSizeGreaterThan(5);
    assertThat(Files.readString(folder.resolve("sent.json"))).contains("\"accessCodes\":[{");
    assertThat(Files.readAllBytes(folder.resolve("contract.pdf"))).startsWith('%', 'P', 'D', 'F');
    assertThat(ids(calls.list("?state=WITHDRAWN"))).hasSize(1);
  }

  @Test
  @DisplayName("Webhookは、受け手が止まっていても後から順に届き、署名で確かめられ、人の名前を含まない")
  void tellsAReceiverWhatHappens() throws Exception {
    try (var receiver = new Receiver()) {
      receiver.answers(503);
      var secret =
          in(() ->
                  webhooks.register(
                      "文書管理", receiver.url() + "/hook?a=b", form(), admin(), "192.0.2.1"))
              .orElseThrow();
      var endpoint = in(() -> webhooks.all()).getFirst();
      var made =
          calls.make(TestCalls.newKey(), terms("w@mihon.example", "MAIL", "SERVICES")).expect(201);
      var id = made.text("/contract/id");
      calls.send(made.json().get("contract"), TestCalls.newKey()).expect(200);
      TestSeals.await(
          contracts,
          body,
          new ContractId(UUID.fromString(id)),
          Duration.ofMinutes(1),
          c -> c.revisions().size() == 1);
      await(() ->
          in(() -> webhooks.deliveries(endpoint.id())).stream()
              .anyMatch(each -> each.attempts() > 0));
      assertThat(receiver.heard()).isEmpty();
      receiver.answers(204);
      calls.step(id, "withdraw", TestCalls.newKey(), "{\"reason\": \"誤り\"}").expect(200);

      var heard = receiver.await(3);
      assertThat(heard)
          .extracting(Receiver.Heard::what)
          .containsExactly("contract.sent", "contract.asked", "contract.withdrawn");
      for (var i = 0; i < 3; i++) {
        var each = heard.get(i);
        assertThat(each.target()).isEqualTo("/hook?a=b");
        assertThat(each.sequence()).isEqualTo(String.valueOf(i + 1));
        assertThat(each.json().path("contract").asString("")).isEqualTo(id);
        assertThat(each.body()).doesNotContain("見本", "例田", "mihon", "舗装");
        assertThat(
                Schema.wrong(
                    TestCalls.DOCUMENT,
                    TestCalls.DOCUMENT.at(
                        "/webhooks/contractEvent/post/requestBody/content/application~1json/schema"),
                    each.json()))
            .isEmpty();
        assertThat(each.signature()).isEqualTo(signature(secret.reveal(), each));
      }

      var first = in(() -> webhooks.deliveries(endpoint.id())).getLast();
      assertThat(in(() -> webhooks.replay(endpoint.id(), first.id(), admin(), "192.0.2.1")))
          .isTrue();
      assertThat(receiver.await(4).getLast().event()).isEqualTo(heard.getFirst().event());
      var other = TestBody.create("-");
      assertThat(Tenancy.in(other.id(), () -> webhooks.all())).isEmpty();
      assertThat(
              TestPeople.text(
                  "select count(*)::text from webhook_endpoint where position(convert_to(?, 'UTF8') in secret) > 0",
                  secret.reveal()))
          .isEqualTo("0");
      givesUpAndIsReplayed(receiver, endpoint);
    }
  }

  private void givesUpAndIsReplayed(Receiver receiver, Webhook.Endpoint endpoint) throws Exception {
    receiver.answers(302);
    var contract = TestContract.draft(body, vault).id();
    calls
        .step(contract.toString(), "withdraw", TestCalls.newKey(), "{\"reason\": \"誤り\"}")
        .expect(200);
    TestPeople.run(
        "update webhook_delivery set since = now() - interval '73 hours' where contract_id = ?",
        contract.value());
    await(() -> in(() -> webhooks.lost(endpoint.id())) == 1);
    var lost = in(() -> webhooks.deliveries(endpoint.id())).getFirst();
    assertThat(lost.lastError()).contains("HTTP 302");
    assertThat(entries("webhook.undeliverable"))
        .singleElement()
        .satisfies(entry -> assertThat(entry).contains("文書管理"));
    assertThat(receiver.heard()).hasSize(4);
    receiver.answers(204);
    assertThat(in(() -> webhooks.replay(endpoint.id(), lost.id(), admin(), "192.0.2.1"))).isTrue();
    assertThat(receiver.await(5).getLast().event()).isEqualTo(lost.id().toString());
    await(() -> in(() -> webhooks.lost(endpoint.id())) == 0);
    in(() -> {
      webhooks.end(endpoint.id(), admin(), "192.0.2.1");
      return true;
    });
  }

  /** As a receiver computes it, by what the document says and nothing of ours. */
  private static String signature(String secret, Receiver.Heard heard) throws Exception {
    var time = heard.signature().replaceAll("t=(\\d+),.*", "$1");
    var process = new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", secret, "-r").start();
    try (var in = process.getOutputStream()) {
      in.write(
          "%s.%s.%s".formatted(time, heard.event(), heard.body()).getBytes(StandardCharsets.UTF_8));
    }
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return "t=%s,v1=%s".formatted(time, said.split(" ", 2)[0]);
  }

  private static void await(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    for (var i = 0; i < 600 && !condition.getAsBoolean(); i++) {
      // The service's jobs tell of events in their own time.
      Thread.sleep(100);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  // --- what the tests are made of ---------------------------------------------------------

  private TestCalls calls(TestBody of, UUID responsible, @Nullable UUID section, boolean handles) {
    return calls(of, responsible, section, handles, List.of());
  }

  private TestCalls calls(
      TestBody of,
      UUID responsible,
      @Nullable UUID section,
      boolean handles,
      List<AddressRange> ranges) {
    var key =
        Tenancy.in(
            of.id(),
            () ->
                programs.register(
                    new Programs.Shape(
                        "財務会計", responsible, section, handles, ranges, Optional.empty()),
                    form(),
                    admin(),
                    "192.0.2.1"));
    return new TestCalls(web, key.orElseThrow().reveal(), TestCalls.OFFICE);
  }

  private Program only() {
    return in(() -> programs.all()).getFirst();
  }

  private static String form() {
    return UUID.randomUUID().toString();
  }

  private static Actor admin() {
    return new Actor(Actor.Kind.STAFF, UUID.randomUUID().toString(), "見本 清");
  }

  private <T> T in(ScopedValue.CallableOp<T, RuntimeException> work) {
    return Tenancy.in(body.id(), work);
  }

  /** A draft that lies in a section. */
  private String in(UUID section) {
    var id = TestContract.draft(body, vault).id().value();
    TestPeople.run("update contract set section_id = ? where id = ?", section, id);
    return id.toString();
  }

  private List<String> entries(String action) {
    return List.of(
        TestPeople.text(
                "select coalesce(string_agg(entry, E'\\n' order by seq), '') from audit_entry where tenant_id = ? and action = ?",
                body.id().value(),
                action)
            .split("\n"));
  }

  private static List<String> states(JsonNode contract) {
    return StreamSupport.stream(contract.get("parties").spliterator(), false)
        .map(party -> party.path("state").asString(""))
        .toList();
  }

  private static List<String> ids(TestCalls.Answer list) {
    return StreamSupport.stream(list.json().path("contracts").spliterator(), false)
        .map(line -> line.path("id").asString(""))
        .toList();
  }

  private static String terms(String mail, String identification, String kind) {
    return """
    {"title": "市道1024号線 舗装修繕工事", "kind": "%s", "amount": 12980000,
     "contractDate": "2026-12-07", "office": "上毛市長", "readingYears": 10,
     "counterparties": [{"organisation": "株式会社 見本建設", "title": "代表取締役",
       "name": "例田 一郎", "mail": "%s", "identification": "%s"}]}
    """
        .formatted(kind, mail, identification);
  }
}
