package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.spec.SecretKeySpec;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.contract.Identification;
import jp.musubi.means.Means;
import jp.musubi.means.RegisteredMeans;
import jp.musubi.platform.web.Entrances;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SigningTest
@DisplayName("相手方が登録する手段")
class RegisteredMeansTest {
  private static final String CODE = "AbCd-1234";
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  @LocalServerPort private int port;
  @Autowired private SentContract contracts;
  @Autowired private RegisteredMeans means;
  @Autowired private Entrances entrances;

  private TestBody body;
  private Browser browser;
  private String mail;

  @BeforeEach
  void open() {
    body = TestBody.create("x");
    browser = someone();
    mail = UUID.randomUUID() + "@mihon.example";
  }

  @Test
  @DisplayName("認証アプリは、アクセスコードの後に一度だけ登録し、次の契約ではそれだけで入る。同じ数字は二度使えない")
  void registersAnAppOnceAndAsksForItAfterwards() {
    var first = send(Identification.Way.TOTP);
    var page = enter(browser, first);
    assertThat(page.h1()).isEqualTo("はじめに、アクセスコードを入力してください");
    page = browser.submit(page, "/code", Map.of("code", CODE));
    assertThat(page.h1()).isEqualTo("認証アプリを登録します");
    var secret = secret(page);
    assertThat(browser.submit(page, "/app", Map.of("code", "000000")).status()).isEqualTo(422);
    assertThat(secret(browser.get(page.uri().getPath()))).as("two windows").isEqualTo(secret);
    var now = Instant.now(); // The service's clock is the machine's.
    page = browser.submit(page, "/app", Map.of("code", code(secret, now)));
    assertThat(page.uri().getPath()).endsWith("/read");
    agree(page);
    assertThat(identified(first)).isEqualTo("MAIL_LINK+ACCESS_CODE+TOTP L3");
    assertThat(Mailbox.await(mail, 2).get(1).subject()).isEqualTo("認証アプリを登録しました");

    var second = send(Identification.Way.TOTP);
    var other = someone();
    page = enter(other, second);
    assertThat(page.h1()).isEqualTo("認証アプリの数字を入力してください");
    assertThat(other.submit(page, "/code", Map.of("code", CODE)).status())
        .as("the access code only registers")
        .isEqualTo(422);
    var replayed = other.submit(page, "/code", Map.of("code", code(secret, now)));
    assertThat(replayed.status()).isEqualTo(422);
    assertThat(replayed.text()).contains("一度使った数字", "あと3回");
    page = other.submit(replayed, "/code", Map.of("code", code(secret, now.plusSeconds(30))));
    assertThat(page.uri().getPath()).endsWith("/read");
    agree(other, page);
    assertThat(identified(second)).isEqualTo("MAIL_LINK+TOTP L3");
  }

  @Test
  @DisplayName("同じ宛先の二つの契約から同時に登録しても、登録されるのは一つで、もう一方は断られるだけ")
  void registersOneOfTwoAtOnce() throws Exception {
    for (var round = 0; round < 5; round++) {
      var address = "twice-%d-%s".formatted(round, mail);
      var ready = new CyclicBarrier(2);
      try (var threads = Executors.newFixedThreadPool(2)) {
        var both = new ArrayList<Future<Browser.Page>>();
        for (var i = 0; i < 2; i++) {
          var sent =
              contracts.send(body, address, new Identification(Identification.Way.TOTP, ""), CODE);
          var somebody = someone();
          var page = somebody.submit(enter(somebody, sent), "/code", Map.of("code", CODE));
          both.add(
              threads.submit(() -> {
                ready.await();
                // now: a right code
                return somebody.submit(
                    page, "/app", Map.of("code", code(secret(page), Instant.now())));
              }));
        }
        var in = 0;
        for (var one : both) {
          var page = one.get();
          assertThat(page.status()).isIn(200, 422);
          in += page.uri().getPath().endsWith("/read") ? 1 : 0;
        }
        assertThat(in).as("round %d", round).isEqualTo(1);
      }
    }
  }

  @Test
  @DisplayName("登録は団体ごと。ほかの団体の契約では、同じアドレスでもアクセスコードから始まる")
  void keepsBodiesApart() {
    registerApp(send(Identification.Way.TOTP));
    var elsewhere =
        contracts.send(
            TestBody.create("x"), mail, new Identification(Identification.Way.TOTP, ""), CODE);

    assertThat(enter(someone(), elsewhere).h1()).isEqualTo("はじめに、アクセスコードを入力してください");
  }

  @Test
  @DisplayName("アクセスコードを示していないセッションは登録できず、ほかの人のリンクの画面からも登録できない")
  void registersNothingWithoutTheCode() {
    var sent = send(Identification.Way.TOTP);
    var page = enter(browser, sent);
    var path = page.uri().getPath().replace("/code", "/means");
    assertThat(browser.get(path).uri().getPath()).endsWith("/code");

    var stranger = contracts.send(body, new Identification(Identification.Way.TOTP, ""), CODE);
    var theirs = someone();
    var register = theirs.submit(enter(theirs, stranger), "/code", Map.of("code", CODE));
    var secret = secret(register);
    var foreign =
        theirs.post(
            path + "/app",
            Browser.filled(
                register,
                "/app",
                Map.of("code", code(secret, Instant.now())))); // now: a right code
    assertThat(foreign.status()).as("their session has not entered this link").isEqualTo(403);
    assertThat(live(Means.Kind.TOTP)).isEmpty();
  }

  @Test
  @DisplayName("五回まちがえると止まる。担当者が使えなくすると、開いている画面からも入れず、アクセスコードで登録し直せる")
  void endsWhenTheClerkSaysSo() {
    var sent = send(Identification.Way.TOTP);
    var read = registerApp(sent);
    var registered = live(Means.Kind.TOTP);
    contracts.in(
        body,
        () -> means.end(registered.orElseThrow(), sent.id(), "機種変更。代表電話で確認", clerk(), "192.0.2.9"));
    assertThat(browser.get(read.uri().getPath()).uri().getPath()).endsWith("/code");
    assertThat(
            TestPeople.text(
                "select entry from audit_entry where action = 'means.ended' and contract_id = ?",
                sent.id().value()))
        .contains("機種変更。代表電話で確認");
    var page = browser.get(read.uri().getPath().replace("/read", "/code"));
    assertThat(page.h1()).isEqualTo("はじめに、アクセスコードを入力してください");
    var wrong = page;
    for (var i = 0; i < 5; i++) {
      page = browser.submit(wrong, "/code", Map.of("code", "99999" + i));
    }
    assertThat(page.status()).isEqualTo(403);
    contracts.in(
        body,
        () -> {
          contracts.codes().expect(sent.id(), party(sent), Identification.Way.TOTP, "2345-6789");
          return true;
        });
    page = browser.submit(wrong, "/code", Map.of("code", "2345-6789"));
    assertThat(page.h1()).isEqualTo("認証アプリを登録します");
  }

  @Test
  @DisplayName("期限の過ぎた登録は使えず、アクセスコードで登録し直す")
  void expires() {
    registerApp(send(Identification.Way.TOTP));
    TestPeople.run(
        "update counterparty_means set registered_at = registered_at - interval '730 days',"
            + " expires_at = expires_at - interval '730 days' where id = ?",
        live(Means.Kind.TOTP).orElseThrow().id());
    assertThat(live(Means.Kind.TOTP)).isEmpty();

    var second = send(Identification.Way.TOTP);
    var other = someone();
    var page = enter(other, second);
    assertThat(page.h1()).isEqualTo("はじめに、アクセスコードを入力してください");
    page = other.submit(page, "/code", Map.of("code", CODE));
    var read =
        other.submit(
            page, "/app", Map.of("code", code(secret(page), Instant.now()))); // now: a right code
    assertThat(read.uri().getPath()).endsWith("/read");
  }

  @Test
  @DisplayName("パスキーの登録の後、同意は文書と文言に結び付いた署名で確かめられ、記録だけから検証できる")
  void signsTheAgreementWithThePasskey() throws Exception {
    var device = device();
    var sent = send(Identification.Way.PASSKEY);
    var read = registerPasskey(sent, device);
    var confirm = confirm(browser, read);
    var done =
        browser.submit(
            confirm,
            "/agreement",
            Map.of("authority", "true", "credential", device.get(asked(confirm))));
    assertThat(done.h1()).isEqualTo("同意を受け付けました");
    assertThat(identified(sent)).isEqualTo("MAIL_LINK+ACCESS_CODE+PASSKEY L3");

    var proof = details(sent, "link.passkey-signed");
    assertThat(proof.get("credential").asString()).isEqualTo(Sha256.of(device.id()).hex());
    assertThat(proof.get("counter").asString()).isEqualTo(device.counter() + "");
    assertThat(proof.get("userVerified").asString()).isEqualTo("true");
    var client = bytes(proof, "clientData");
    var challenge =
        Sha256.of(
            String.join(
                    "\n",
                    "musubi-agreement-1",
                    proof.get("nonce").asString(),
                    party(sent).toString(),
                    proof.get("document").asString(),
                    proof.get("wording").asString())
                .getBytes(StandardCharsets.UTF_8));
    assertThat(new String(client, StandardCharsets.UTF_8))
        .contains(Base64.getUrlEncoder().withoutPadding().encodeToString(challenge.bytes()));
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(device.key());
    signature.update(bytes(proof, "authenticatorData"));
    signature.update(Sha256.of(client).bytes());
    assertThat(signature.verify(bytes(proof, "signature"))).isTrue();

    var second = send(Identification.Way.PASSKEY);
    var other = someone();
    var door = enter(other, second);
    assertThat(door.h1()).isEqualTo("パスキーで確かめてください");
    assertThat(show(other, door, device).uri().getPath()).endsWith("/read");
  }

  @Test
  @DisplayName("ほかの人のパスキー、PINや指紋のない答え、前の答え、ほかの画面の答えでは、入れず、同意もできない")
  void refusesEverythingElse() {
    var device = device();
    var read = registerPasskey(send(Identification.Way.PASSKEY), device);

    var second = send(Identification.Way.PASSKEY);
    var other = someone();
    var door = enter(other, second);
    var used = device.get(asked(door));
    assertThat(show(other, door, device.imposter()).status()).isEqualTo(422);
    door = other.get(door.uri().getPath());
    assertThat(other.submit(door, "/code/passkey", Map.of("credential", used)).status())
        .as("the answer to an earlier question")
        .isEqualTo(422);
    door = other.get(door.uri().getPath());
    var careless = device.imposter().unverified();
    assertThat(show(other, door, careless).status()).isEqualTo(422);
    for (var rubbish : new String[] {"", "{}", "[1]", "null", "x".repeat(5000)}) {
      door = other.get(door.uri().getPath());
      assertThat(other.submit(door, "/code/passkey", Map.of("credential", rubbish)).status())
          .isEqualTo(422);
    }
    var stranger = device();
    var theirs = contracts.send(body, new Identification(Identification.Way.PASSKEY, ""), CODE);
    var third = someone();
    registerPasskey(third, enter(third, theirs), stranger);
    door = other.get(door.uri().getPath());
    assertThat(show(other, door, stranger).status())
        .as("somebody else's passkey of the same body")
        .isEqualTo(422);

    var confirm = confirm(browser, read);
    var older = device.get(asked(confirm));
    confirm = browser.get(confirm.uri().getPath());
    var refused =
        browser.submit(confirm, "/agreement", Map.of("authority", "true", "credential", older));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("登録したパスキーで確かめられませんでした");
    assertThat(
            browser
                .submit(refused, "/agreement", Map.of("authority", "true", "credential", ""))
                .status())
        .isEqualTo(422);
    var page = browser.get(confirm.uri().getPath());
    assertThat(
            browser
                .submit(
                    page,
                    "/agreement",
                    Map.of("authority", "true", "credential", device.get(asked(page))))
                .h1())
        .isEqualTo("同意を受け付けました");
  }

  // --- 道具 --------------------------------------------------------------------------------

  private SentContract.Sent send(Identification.Way way) {
    return contracts.send(body, mail, new Identification(way, ""), CODE);
  }

  private Browser.Page registerApp(SentContract.Sent sent) {
    var page = browser.submit(enter(browser, sent), "/code", Map.of("code", CODE));
    return browser.submit(
        page, "/app", Map.of("code", code(secret(page), Instant.now()))); // now: a right code
  }

  private Browser.Page registerPasskey(SentContract.Sent sent, SoftPasskey device) {
    return registerPasskey(browser, enter(browser, sent), device);
  }

  private static Browser.Page registerPasskey(
      Browser somebody, Browser.Page door, SoftPasskey device) {
    var page = somebody.submit(door, "/code", Map.of("code", CODE));
    assertThat(page.h1()).isEqualTo("パスキーを登録します");
    var options = page.html().select("[data-passkey-create]").attr("data-passkey-create");
    var read =
        somebody.submit(page, "/means/passkey", Map.of("credential", device.create(options)));
    assertThat(read.uri().getPath()).endsWith("/read");
    return read;
  }

  private static Browser.Page show(Browser somebody, Browser.Page door, SoftPasskey device) {
    return somebody.submit(door, "/code/passkey", Map.of("credential", device.get(asked(door))));
  }

  private static String asked(Browser.Page page) {
    return page.html().select("[data-passkey-get]").attr("data-passkey-get");
  }

  private SoftPasskey device() {
    return new SoftPasskey(entrances.internet().origin());
  }

  private void agree(Browser.Page read) {
    agree(browser, read);
  }

  private static void agree(Browser somebody, Browser.Page read) {
    var done = somebody.submit(confirm(somebody, read), "/agreement", Map.of("authority", "true"));
    assertThat(done.h1()).isEqualTo("同意を受け付けました");
  }

  private static Browser.Page confirm(Browser somebody, Browser.Page read) {
    somebody.getWithImages(read.uri().getPath());
    return somebody.get(read.uri().getPath().replace("/read", "/confirm"));
  }

  private java.util.Optional<Means> live(Means.Kind kind) {
    return contracts.in(body, () -> means.live(mail, Identification.Way.valueOf(kind.name())));
  }

  private jp.musubi.contract.PartyId party(SentContract.Sent sent) {
    return contracts
        .particulars(sent)
        .parties(jp.musubi.contract.Party.Kind.COUNTERPARTY)
        .getFirst()
        .id();
  }

  private StaffMember clerk() {
    return new StaffMember(
        body.id(),
        body.clerk(),
        "hanako",
        "見本 花子",
        SentContract.clerkMail(body),
        body.section(),
        Set.of(Grant.everywhere(Role.CLERK)));
  }

  private static String identified(SentContract.Sent sent) {
    return TestPeople.text(
        "select authentication || ' ' || level from agreement where ordinal = 1"
            + " and contract_id = ?",
        sent.id().value());
  }

  private static JsonNode details(SentContract.Sent sent, String action) {
    return JsonMapper.builder()
        .build()
        .readTree(
            TestPeople.text(
                "select entry from audit_entry where action = '%s' and contract_id = ?"
                    .formatted(action),
                sent.id().value()))
        .get("details");
  }

  private static byte[] bytes(JsonNode proof, String name) {
    return Base64.getUrlDecoder().decode(proof.get(name).asString());
  }

  private Browser someone() {
    return new Browser("http://localhost:" + port);
  }

  private static Browser.Page enter(Browser somebody, SentContract.Sent sent) {
    var id =
        TestPeople.text(
            "select id::text from link where revoked_at is null and contract_id = ?",
            sent.id().value());
    for (var count = 1; ; count++) {
      for (var letter : Mailbox.await(sent.mail(), count)) {
        if (letter.text().contains(id)) {
          return somebody.submit(somebody.get(letter.link()), letter.link(), Map.of());
        }
      }
    }
  }

  private static String secret(Browser.Page page) {
    return page.html().select(".musubi-secret").text().replace(" ", "");
  }

  private static String code(String secret, Instant at) {
    try {
      var generator = new TimeBasedOneTimePasswordGenerator();
      return generator.generateOneTimePasswordString(
          new SecretKeySpec(decoded(secret), generator.getAlgorithm()), at);
    } catch (java.security.InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decoded(String secret) {
    var bits = java.math.BigInteger.ONE;
    for (var i = 0; i < secret.length(); i++) {
      bits = bits.shiftLeft(5).or(java.math.BigInteger.valueOf(BASE32.indexOf(secret.charAt(i))));
    }
    var all = bits.toByteArray();
    return java.util.Arrays.copyOfRange(all, all.length - 20, all.length);
  }
}
