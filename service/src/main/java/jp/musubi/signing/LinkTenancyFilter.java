package jp.musubi.signing;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.musubi.access.AddressGate;
import jp.musubi.access.Audience;
import jp.musubi.evidence.Circumstances;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.ProblemKind;
import jp.musubi.platform.web.Problems;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Works for the body that the link's address names. An address with an unknown code works for none
 * and so finds no link.
 */
final class LinkTenancyFilter extends OncePerRequestFilter {
  private static final Pattern BODY = Pattern.compile("/s/([0-9]{6})(?:/.*)?");

  private final Organisations organisations;
  private final AddressGate gate;
  private final Problems problems;

  LinkTenancyFilter(Organisations organisations, AddressGate gate, Problems problems) {
    this.organisations = organisations;
    this.gate = gate;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("X-Robots-Tag", "noindex, nofollow, noarchive");
    writeTokenNow(request);
    var body = body(request);
    if (body.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    Tenancy.<Boolean, FilterFailure>in(
        body.get().id(),
        () -> {
          serve(request, response, chain);
          return true;
        });
  }

  private void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws FilterFailure {
    Circumstances.from(request.getRemoteAddr())
        .<Boolean, FilterFailure>in(() -> {
          try {
            if (gate.admits(Audience.LINK, request.getRemoteAddr(), AddressGate.SOMEBODY)) {
              chain.doFilter(request, response);
            } else {
              problems.write(request, response, ProblemKind.PLACE_NOT_ALLOWED);
            }
            return true;
          } catch (ServletException | IOException e) {
            throw new FilterFailure(e);
          }
        });
  }

  /** A page longer than the response buffer would otherwise be on its way before the cookie is. */
  private static void writeTokenNow(HttpServletRequest request) {
    if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
      var _ = token.getToken();
    }
  }

  private Optional<Body> body(HttpServletRequest request) {
    var path = request.getRequestURI().substring(request.getContextPath().length());
    var match = BODY.matcher(path);
    return match.matches() ? organisations.bodyByCode(match.group(1)) : Optional.empty();
  }

  /** Carries a checked exception through {@link Tenancy#in}. */
  private static final class FilterFailure extends ServletException {
    FilterFailure(Exception cause) {
      super(cause);
    }
  }
}
