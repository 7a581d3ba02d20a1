package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;

/** 入口. Lets whoever has shown something of themselves in, as far as that goes (ASVS 7.2.4). */
@Component
public class StaffEntrance {
  private final StaffSessions sessions;
  private final SignInContexts contexts;

  StaffEntrance(StaffSessions sessions, SignInContexts contexts) {
    this.sessions = sessions;
    this.contexts = contexts;
  }

  /**
   * Begins a session for somebody who has shown enough, else the way to the second factor; in the
   * tenancy of their body.
   *
   * @return where they go on
   */
  public String enter(
      SignedInStaff person, HttpServletRequest request, HttpServletResponse response) {
    if (!person.complete()) {
      contexts.save(person, request, response);
      return StaffSecurity.SECOND;
    }
    var session =
        sessions.begin(
            person.member(),
            person.shown(),
            Device.of(request.getHeader("User-Agent")),
            request.getRemoteAddr());
    contexts.save(person.in(session), request, response);
    var wanted = StaffSecurity.wayBack().getRequest(request, response);
    StaffSecurity.wayBack().removeRequest(request, response);
    return wanted == null ? "/" : wanted.getRedirectUrl();
  }
}
