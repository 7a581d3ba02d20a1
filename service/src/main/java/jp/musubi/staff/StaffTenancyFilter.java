package jp.musubi.staff;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.ProblemKind;
import jp.musubi.platform.web.Problems;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Works for the body of whoever is signed in, and looks at every request whether they still may: a
 * member who was struck off, or who signed in half a day ago, is signed out (ASVS 7.3.2, 7.4.2).
 */
final class StaffTenancyFilter extends OncePerRequestFilter {
  private static final Duration LONGEST = Duration.ofHours(12);

  private final Staff staff;
  private final Problems problems;
  private final Clock clock;

  StaffTenancyFilter(Staff staff, Problems problems, Clock clock) {
    this.staff = staff;
    this.problems = problems;
    this.clock = clock;
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
    var today = today(person);
    if (today.isEmpty()) {
      signOut(request, response);
      return;
    }
    var answer =
        UsernamePasswordAuthenticationToken.authenticated(
            today.get(), null, today.get().authorities());
    SecurityContextHolder.setContext(new SecurityContextImpl(answer));
    chain.doFilter(request, response);
  }

  private Optional<SignedInStaff> today(SignedInStaff person) {
    if (!clock.instant().isBefore(person.since().plus(LONGEST))) {
      return Optional.empty();
    }
    return staff
        .active(person.member().id())
        .map(member -> person.with(member, staff.sectionName(member)));
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
