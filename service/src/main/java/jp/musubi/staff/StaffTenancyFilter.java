package jp.musubi.staff;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.musubi.access.AddressGate;
import jp.musubi.access.Audience;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.evidence.Circumstances;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.ProblemKind;
import jp.musubi.platform.web.Problems;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Works for the body of whoever is signed in, and looks at every request whether they still may: a
 * member who was struck off, or who signed in too long ago, is signed out (ASVS 7.3.2, 7.4.2), and
 * whoever lacks a factor that the body demands is led to register it before anything else.
 */
final class StaffTenancyFilter extends OncePerRequestFilter {
  /** What opens for somebody who has to register a second factor first. */
  private static final List<PathPattern> WHILE_ENROLLING =
      Stream.of(
              "/account/factors",
              "/account/factors/**",
              "/account/confirmation",
              "/signin/sso/**",
              "/account/sessions/extension",
              "/help",
              "/accessibility",
              "/assets/**")
          .map(PathPatternParser.defaultInstance::parse)
          .toList();

  private final RequestCheck check;
  private final AddressGate gate;
  private final Problems problems;
  private final AccessRecord record;

  StaffTenancyFilter(RequestCheck check, AddressGate gate, Problems problems, AccessRecord record) {
    this.check = check;
    this.gate = gate;
    this.problems = problems;
    this.record = record;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null
        || !(authentication.getPrincipal() instanceof SignedInStaff person)) {
      chain.doFilter(request, response);
      return;
    }
    Tenancy.<Boolean, Failed>in(
        person.member().tenant(),
        () -> {
          try {
            serve(person, request, response, chain);
            return true;
          } catch (ServletException | IOException e) {
            throw new Failed(e);
          }
        });
  }

  private void serve(
      SignedInStaff person,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    // First, so that a refused request does not keep a session from ending.
    if (!admits(person.member(), request)) {
      problems.write(request, response, ProblemKind.PLACE_NOT_ALLOWED);
      return;
    }
    switch (check.check(person)) {
      case RequestCheck.Verdict.Ended _ -> {
        record.note(
            person.actor(), "staff.session-expired", null, request.getRemoteAddr(), Map.of());
        signOut(request, response);
      }
      case RequestCheck.Verdict.GoesOn(var as) -> goOn(as, request, response, chain);
      case RequestCheck.Verdict.Enrols(var as, _) when whileEnrolling(request) ->
          goOn(as, request, response, chain);
      case RequestCheck.Verdict.Enrols(_, var lack) -> toFactors(lack, request, response);
    }
  }

  private static void goOn(
      SignedInStaff as, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    SecurityContextHolder.setContext(
        new SecurityContextImpl(
            UsernamePasswordAuthenticationToken.authenticated(as, null, as.authorities())));
    Circumstances.of(as.actor(), as.roleCodes(), request.getRemoteAddr())
        .<Boolean, Failed>in(() -> {
          try {
            chain.doFilter(request, response);
            return true;
          } catch (ServletException | IOException e) {
            throw new Failed(e);
          }
        });
  }

  /** Asked at every request: a body's new rule ends open sessions from elsewhere at once. */
  private boolean admits(StaffMember member, HttpServletRequest request) {
    return gate.admits(Audience.STAFF, request.getRemoteAddr(), member.actor());
  }

  private static boolean whileEnrolling(HttpServletRequest request) {
    var path =
        PathContainer.parsePath(
            request.getRequestURI().substring(request.getContextPath().length()));
    return WHILE_ENROLLING.stream().anyMatch(pattern -> pattern.matches(path));
  }

  private void toFactors(
      SignInPolicy.Lack lack, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (Problems.wantsJson(request)) {
      problems.write(request, response, ProblemKind.FORBIDDEN);
    } else {
      response.sendRedirect(request.getContextPath() + "/account/factors?wanted=" + lack);
    }
  }

  private void signOut(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    SecurityContextHolder.clearContext();
    if (Problems.wantsJson(request)) {
      problems.write(request, response, ProblemKind.UNAUTHORIZED);
    } else {
      response.sendRedirect(request.getContextPath() + "/signin?ended");
    }
  }

  /** Carries a checked exception through {@link Tenancy#in}. */
  private static final class Failed extends ServletException {
    Failed(Exception cause) {
      super(cause);
    }
  }
}
