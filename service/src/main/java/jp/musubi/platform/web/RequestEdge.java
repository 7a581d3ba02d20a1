package jp.musubi.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import jp.musubi.platform.PeopleFirst;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The outermost edge of every request: a number to ask about it by, the headers no answer goes
 * without (ASVS 3.4), and a plain page for what nothing inside could handle, such as a session
 * store that is gone. It counts who waits for the answer to a button.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestEdge extends OncePerRequestFilter {
  /** Where the request's number is kept. */
  static final String REQUEST_ID = RequestEdge.class.getName() + ".id";

  private static final Logger LOG = LoggerFactory.getLogger(RequestEdge.class);
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";
  private static final String PERMISSIONS_POLICY =
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
          + " magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

  private final SecureRandom random = new SecureRandom();
  private final Problems problems;
  private final PeopleFirst people;
  private final boolean secure;

  RequestEdge(Problems problems, PeopleFirst people, Environment environment) {
    this.problems = problems;
    this.people = people;
    this.secure = PublicUrl.isSecure(environment);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var id = newId();
    request.setAttribute(REQUEST_ID, id);
    writeHeaders(response, id);
    var button = request.getMethod().equals("POST");
    if (button) {
      people.pressed();
    }
    try (var _ = MDC.putCloseable("request", id)) {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException unhandled) {
      if (response.isCommitted()) {
        throw unhandled;
      }
      LOG.atError().setCause(unhandled).log("request failed");
      response.reset();
      writeHeaders(response, id);
      problems.write(request, response, ProblemKind.of(unhandled));
    } finally {
      if (button) {
        people.answered();
      }
    }
  }

  private void writeHeaders(HttpServletResponse response, String id) {
    response.setHeader("X-Request-Id", id);
    response.setHeader("Content-Security-Policy", CONTENT_POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Permissions-Policy", PERMISSIONS_POLICY);
    // What never changes says so itself; nothing else is kept anywhere.
    response.setHeader("Cache-Control", "no-store");
    if (secure) {
      response.setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
    }
  }

  private String newId() {
    var bytes = new byte[8];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
