package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/** Keeps who is signed in, under a session id of its own each time more is known (ASVS 7.2.4). */
@Component
class SignInContexts {
  private static final Duration CARRIED = Duration.ofHours(3);

  private final HttpSessionSecurityContextRepository contexts =
      new HttpSessionSecurityContextRepository();

  /**
   * Idleness is judged by {@link StaffSessions}; what carries the session only has to last longer.
   */
  static void outliveIdleness(HttpServletRequest request) {
    request.getSession().setMaxInactiveInterval((int) CARRIED.toSeconds());
  }

  void save(SignedInStaff person, HttpServletRequest request, HttpServletResponse response) {
    outliveIdleness(request);
    request.changeSessionId();
    var context =
        new SecurityContextImpl(
            UsernamePasswordAuthenticationToken.authenticated(person, null, person.authorities()));
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
  }
}
