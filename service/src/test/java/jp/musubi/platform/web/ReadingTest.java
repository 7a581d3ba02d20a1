package jp.musubi.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@DisplayName("言語と文字の大きさ")
class ReadingTest {
  private static final String PAGE = "/s/109991/link/secret";

  @Test
  @DisplayName("何を好むブラウザーにも日本語で、ほかの言語を好むなら英語があると知らせる")
  void isJapaneseUnlessSomebodyChooses() {
    assertThat(Reading.of(request(PAGE))).isEqualTo(new Reading(false, false, false, PAGE));
    var english = request(PAGE);
    english.addHeader("Accept-Language", "en-GB,ja;q=0.5");
    english.addPreferredLocale(Locale.UK);
    assertThat(Reading.of(english)).isEqualTo(new Reading(false, false, true, PAGE));
    var japanese = request(PAGE);
    japanese.addHeader("Accept-Language", "ja,en;q=0.5");
    japanese.addPreferredLocale(Locale.JAPAN);
    assertThat(Reading.of(japanese).offersEnglish()).isFalse();
  }

  @Test
  @DisplayName("選んだ人には、選んだとおりに見せ、もう知らせない")
  void remembersTheChoice() {
    var chosen = request(PAGE);
    chosen.addHeader("Accept-Language", "en");
    chosen.addPreferredLocale(Locale.ENGLISH);
    chosen.setCookies(new Cookie(Reading.COOKIE, "ja.large"));
    assertThat(Reading.of(chosen)).isEqualTo(new Reading(false, true, false, PAGE));
    chosen.setCookies(new Cookie(Reading.COOKIE, "en.normal"));
    assertThat(Reading.of(chosen)).isEqualTo(new Reading(true, false, false, PAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fr.large", "en", "en.large; x", "<script>", ""})
  @DisplayName("知らない値のクッキーは、ないものとする")
  void takesNoOtherValue(String value) {
    var request = request(PAGE);
    request.setCookies(new Cookie(Reading.COOKIE, value));
    assertThat(Reading.of(request)).isEqualTo(new Reading(false, false, false, PAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/contracts", "/signin", "/sx", "//elsewhere.example/s/1", "/helps"})
  @DisplayName("職員の画面は、いつも日本語")
  void leavesStaffAlone(String path) throws Exception {
    var request = request(path);
    request.setCookies(new Cookie(Reading.COOKIE, "en.large"));
    assertThat(Reading.of(request)).isEqualTo(new Reading(false, false, false, null));
    request.setQueryString("lang=en");
    request.setParameter("lang", "en");
    assertThat(answer(request).getStatus()).isEqualTo(200);
  }

  @Test
  @DisplayName("切替のリンクは、クッキーに残して同じ画面に戻り、ほかの問い合わせを失わない")
  void comesBackToTheSamePage() throws Exception {
    var request = request(PAGE);
    request.setQueryString("missing&lang=en&refused=changed");
    request.setParameter("lang", "en");
    request.setCookies(new Cookie(Reading.COOKIE, "ja.large"));

    var answer = answer(request);

    assertThat(answer.getStatus()).isEqualTo(303);
    assertThat(answer.getHeader("Location")).isEqualTo(PAGE + "?missing&refused=changed");
    assertThat(answer.getHeader("Set-Cookie"))
        .startsWith("musubi-reading=en.large; Path=/; ")
        .contains("Secure", "HttpOnly", "SameSite=Lax");
  }

  @Test
  @DisplayName("送信や、知らない言語では、何も切り替えない")
  void switchesByLooksOnly() throws Exception {
    var post = request(PAGE);
    post.setMethod("POST");
    post.setParameter("lang", "en");
    assertThat(answer(post).getHeader("Set-Cookie")).isNull();
    var unknown = request(PAGE);
    unknown.setParameter("lang", "fr");
    assertThat(answer(unknown).getStatus()).isEqualTo(200);
    assertThat(Reading.of(post).here()).isNull();
  }

  private static MockHttpServletRequest request(String path) {
    return new MockHttpServletRequest("GET", path);
  }

  private static MockHttpServletResponse answer(MockHttpServletRequest request) throws Exception {
    var response = new MockHttpServletResponse();
    var environment =
        new MockEnvironment().withProperty("musubi.public-url", "https://keiyaku.example");
    new ReadingFilter(environment).doFilter(request, response, new MockFilterChain());
    return response;
  }
}
