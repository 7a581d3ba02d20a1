package jp.musubi.shelf;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.musubi.platform.web.PublicUrl;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The cookie of a holder's session. It is not the one by which staff are signed in, and gives no
 * right of theirs; both may be in one browser.
 */
@Component
class HolderCookie {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final String name;
  private final boolean secure;

  HolderCookie(Environment environment) {
    this.secure = PublicUrl.isSecure(environment);
    this.name = secure ? "__Host-musubi-past" : "musubi-past";
  }

  /** What the browser says, if it is of our form. */
  Optional<String> of(HttpServletRequest request) {
    return Optional.ofNullable(request.getCookies()).stream()
        .flatMap(Arrays::stream)
        .filter(cookie -> cookie.getName().equals(name))
        .map(Cookie::getValue)
        .filter(value -> FORM.matcher(value).matches())
        .findFirst();
  }

  void give(String token, HttpServletResponse response) {
    write(token, Holders.SESSION_LIFE, response);
  }

  void take(HttpServletResponse response) {
    write("", Duration.ZERO, response);
  }

  private void write(String value, Duration life, HttpServletResponse response) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(name, value)
            .path("/")
            .secure(secure)
            .httpOnly(true)
            .sameSite("Strict")
            .maxAge(life)
            .build()
            .toString());
  }
}
