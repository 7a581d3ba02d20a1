package jp.musubi.staff;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import jp.musubi.platform.web.PublicUrl;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * 前に選んだ団体. Which body this browser's people signed in to last, so that the sign-in page offers it
 * first. Says nothing of a person; the list of bodies stands on that page anyway.
 */
@Component
class RememberedBody {
  private final String name;
  private final boolean secure;

  RememberedBody(Environment environment) {
    this.secure = PublicUrl.isSecure(environment);
    this.name = secure ? "__Host-musubi-body" : "musubi-body";
  }

  /** The body's code, as the browser says: to be compared with those there are. */
  Optional<String> of(HttpServletRequest request) {
    return Optional.ofNullable(request.getCookies()).stream()
        .flatMap(Arrays::stream)
        .filter(cookie -> cookie.getName().equals(name))
        .map(Cookie::getValue)
        .findFirst();
  }

  /** Remembers a body that somebody has just signed in to. */
  void keep(String code, HttpServletResponse response) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(name, code)
            .path("/")
            .secure(secure)
            .httpOnly(true)
            .sameSite("Lax")
            .maxAge(Duration.ofDays(365))
            .build()
            .toString());
  }
}
