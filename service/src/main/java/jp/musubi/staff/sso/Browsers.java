package jp.musubi.staff.sso;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.platform.openid.Tokens;
import jp.musubi.platform.web.Entrance;
import jp.musubi.platform.web.Entrances;
import jp.musubi.platform.web.PublicUrl;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Knows a browser again when it comes back from the provider, by a cookie of its own. Whoever slips
 * somebody else an answer that they got themselves (login CSRF) does not have it.
 */
@Component
class Browsers {
  private final Entrances entrances;
  private final boolean secure;

  Browsers(Entrances entrances, Environment environment) {
    this.entrances = entrances;
    this.secure = PublicUrl.isSecure(environment);
  }

  /** The browser's secret; given to it now if it has none. */
  String of(HttpServletRequest request, HttpServletResponse response) {
    var secret = find(request).orElseGet(Tokens::fresh);
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(name(), secret)
            .path("/")
            .httpOnly(true)
            .secure(secure)
            .sameSite("Lax")
            .maxAge(Errand.VALID)
            .build()
            .toString());
    return secret;
  }

  /** The browser's secret, if it has one. */
  Optional<String> find(HttpServletRequest request) {
    return Stream.ofNullable(request.getCookies())
        .flatMap(Arrays::stream)
        .filter(cookie -> cookie.getName().equals(name()))
        .map(Cookie::getValue)
        .filter(Tokens::isToken)
        .findFirst();
  }

  /** Where it came in. */
  Entrance.Side entrance(HttpServletRequest request) {
    return entrances.of(request).side();
  }

  private String name() {
    return secure ? "__Host-musubi-sso" : "musubi-sso";
  }
}
