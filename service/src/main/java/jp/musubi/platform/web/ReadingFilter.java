package jp.musubi.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * 「English」 and 「文字を大きく」: the choice goes into the browser's cookie, and the page is shown anew.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class ReadingFilter extends OncePerRequestFilter {
  private static final Duration KEPT = Duration.ofDays(180);

  private final boolean secure;

  ReadingFilter(Environment environment) {
    this.secure = PublicUrl.isSecure(environment);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var pressed = Reading.pressed(request);
    if (pressed.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(Reading.COOKIE, pressed.get())
            .path("/")
            .httpOnly(true)
            .secure(secure)
            .sameSite("Lax")
            .maxAge(KEPT)
            .build()
            .toString());
    response.setStatus(HttpStatus.SEE_OTHER.value());
    response.setHeader(HttpHeaders.LOCATION, Reading.place(request));
  }
}
