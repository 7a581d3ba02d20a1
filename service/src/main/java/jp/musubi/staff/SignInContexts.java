package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/** Keeps who is signed in, under a session id of its own each time more is known (ASVS 7.2.4). */
@Component
class SignInContexts {
  private final HttpSessionSecurityContextRepository contexts =
      new HttpSessionSecurityContextRepository();

  void save(SignedInStaff person, HttpServletRequest request, HttpServletResponse response) {
    request.getSession();
    request.changeSessionId();
    var context =
        new SecurityContextImpl(
            UsernamePasswordAuthenticationToken.authenticated(person, null, person.authorities()));
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
  }
}
