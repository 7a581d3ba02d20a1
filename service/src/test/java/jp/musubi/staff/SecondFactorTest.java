package jp.musubi.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.secrets.AppCodes;
import jp.musubi.seal.Sha256;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServiceTest
@DisplayName("二つめの要素")
class SecondFactorTest {
  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;
  @Autowired SecondFactors factors;

  TestBody body;
  byte[] secret = new byte[0];
  List<String> recoveryCodes = List.of();

  @BeforeEach
  void registerAnApp() throws Exception {
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    var session = cookieOf(signIn());
    web.perform(form("/account/factors/app", session).param("password", "wrong"))
        .andExpect(status().isUnprocessableContent());
    web.perform(form("/account/factors/app", session).param("password", TestBody.PASSWORD))
        .andExpect(redirectedUrl("/account/factors/app"));
    var page =
        Jsoup.parse(
            bodyOf(
                web.perform(
                    get("/account/factors/app").cookie(session)))); // shows, changes nothing
    secret = base32(page.select("code").text());
    assertThat(page.select("svg.musubi-qr path").attr("d")).startsWith("M4 4h7v1h-7z");
    var codes =
        Jsoup.parse(
            bodyOf(
                web.perform(
                    form("/account/factors/app/confirmation", session).param("code", code(-30)))));
    recoveryCodes = codes.select("ol code").eachText();
    assertThat(recoveryCodes).hasSize(SecondFactors.RECOVERY_CODES).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("パスワードだけでは、ほかの画面を開けない")
  void isWantedBeforeAnyOtherPage() throws Exception {
    var half = cookieOf(signIn().andExpect(redirectedUrl("/signin/second")));
    for (var path : List.of("/", "/account", "/contracts", "/contracts/new", "/account/factors")) {
      web.perform(get(path).cookie(half).accept("text/html"))
          .andExpect(redirectedUrl("/signin/second"));
    }
    web.perform(get("/contracts").cookie(half).accept("application/json"))
        .andExpect(status().isForbidden());
    web.perform(form("/account/factors/app/removal", half).param("password", TestBody.PASSWORD))
        .andExpect(redirectedUrl("/signin/second"));
    assertThat(registered()).isTrue();
  }

  @Test
  @DisplayName("アプリの数字で入り、識別子が変わり、同じ数字は二度使えない")
  void opensWithTheCodeOnce() throws Exception {
    var half = cookieOf(signIn());
    var code = code(0);
    var answer =
        web.perform(
                form("/signin/second", half)
                    .param("code", code.substring(0, 3) + "　" + code.substring(3)))
            .andExpect(redirectedUrl("/"));
    var whole = cookieOf(answer);
    assertThat(whole.getValue()).isNotEqualTo(half.getValue());
    web.perform(get("/account").cookie(whole).accept("text/html")).andExpect(status().isOk());

    web.perform(form("/signin/second", cookieOf(signIn())).param("code", code))
        .andExpect(status().isUnprocessableContent())
        .andExpect(content().string(containsString("一度使った数字は使えません")));
  }

  @Test
  @DisplayName("回復コードは一度だけ、アプリの代わりになる")
  void isReplacedByARecoveryCodeOnce() throws Exception {
    var typed = recoveryCodes.getFirst().toLowerCase(java.util.Locale.ROOT);
    web.perform(form("/signin/second", cookieOf(signIn())).param("code", typed))
        .andExpect(redirectedUrl("/"));
    web.perform(form("/signin/second", cookieOf(signIn())).param("code", typed))
        .andExpect(status().isUnprocessableContent());
  }

  @Test
  @DisplayName("パスワードを知る人も、数字を試し続けられない")
  void cannotBeGuessedByWhoeverKnowsThePassword() throws Exception {
    for (var round = 0; round < StaffStore.MOST_FAILURES / 2; round++) {
      // Each round counts two: the right password forgets nothing.
      web.perform(form("/signin/second", cookieOf(signIn())).param("code", "000000"))
          .andExpect(status().isUnprocessableContent());
    }
    signIn().andExpect(redirectedUrl("/signin?refused"));
  }

  @Test
  @DisplayName("データベースの写しから、秘密も回復コードも読めない")
  void isOfNoUseInACopyOfTheDatabase() throws Exception {
    var dumped = new ArrayList<byte[]>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var query =
            connection.prepareStatement(
                """
                select secret from staff_totp where staff_id = ?
                union all
                select convert_to(hash, 'UTF8') from staff_recovery_code where staff_id = ?
                """)) {
      query.setObject(1, body.clerk());
      query.setObject(2, body.clerk());
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          dumped.add(rows.getBytes(1));
        }
      }
    }
    assertThat(dumped).hasSize(1 + SecondFactors.RECOVERY_CODES);
    var spelled = AppCodes.spelled(secret).replace(" ", "");
    for (var value : dumped) {
      var text = new String(value, StandardCharsets.ISO_8859_1);
      assertThat(text)
          .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1))
          .doesNotContain(spelled);
      // What lies there opens nothing when typed.
      assertThat(confirms(text)).isFalse();
    }
    var first = recoveryCodes.getFirst().replace("-", "");
    assertThat(dumped.stream().map(v -> new String(v, StandardCharsets.UTF_8)))
        .contains(Sha256.of(first.getBytes(StandardCharsets.UTF_8)).hex())
        .doesNotContain(first);
  }

  @Test
  @DisplayName("登録を消すと、パスワードだけの入り方に戻り、回復コードも使えない")
  void isRemovedWithItsCodes() throws Exception {
    var whole =
        cookieOf(
            web.perform(form("/signin/second", cookieOf(signIn())).param("code", code(0)))
                .andExpect(redirectedUrl("/")));
    web.perform(form("/account/factors/app/removal", whole).param("password", ""))
        .andExpect(status().isUnprocessableContent());
    assertThat(registered()).isTrue();
    web.perform(form("/account/factors/app/removal", whole).param("password", TestBody.PASSWORD))
        .andExpect(redirectedUrl("/account/factors"));
    signIn().andExpect(redirectedUrl("/"));
    assertThat(confirms(recoveryCodes.getFirst())).isFalse();
  }

  private boolean registered() {
    return Tenancy.in(body.id(), () -> factors.registered(clerk()));
  }

  private boolean confirms(String code) {
    return Tenancy.in(body.id(), () -> factors.confirms(clerk(), code, null).isPresent());
  }

  private StaffMember clerk() {
    return new StaffMember(
        body.id(),
        body.clerk(),
        "hanako",
        "見本 花子",
        "hanako@joumou.example",
        body.section(),
        java.util.Set.of(Grant.everywhere(Role.CLERK)));
  }

  private ResultActions signIn() throws Exception {
    return web.perform(
        post("/signin")
            .with(csrf())
            .param("body", body.code())
            .param("login", "hanako")
            .param("password", TestBody.PASSWORD));
  }

  private static MockHttpServletRequestBuilder form(String path, Cookie session) {
    return post(path).cookie(session).with(csrf()).accept("text/html");
  }

  private static String bodyOf(ResultActions answer) throws Exception {
    return answer.andExpect(status().isOk()).andReturn().getResponse().getContentAsString();
  }

  private static Cookie cookieOf(ResultActions answer) {
    return Objects.requireNonNull(
        answer.andReturn().getResponse().getCookie("__Host-musubi"), "no session cookie");
  }

  private String code(long secondsFromNow) throws Exception {
    return new TimeBasedOneTimePasswordGenerator()
        .generateOneTimePasswordString(
            new SecretKeySpec(secret, "HmacSHA1"), Instant.now().plusSeconds(secondsFromNow));
  }

  private static byte[] base32(String spelled) {
    var bits = new StringBuilder();
    for (var letter : spelled.replace(" ", "").toCharArray()) {
      var value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
      bits.append("%5s".formatted(Integer.toBinaryString(value)).replace(' ', '0'));
    }
    var bytes = new byte[bits.length() / 8];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    return bytes;
  }
}
