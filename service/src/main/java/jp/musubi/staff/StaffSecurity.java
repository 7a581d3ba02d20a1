package jp.musubi.staff;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import jp.musubi.access.AddressGate;
import jp.musubi.authority.OpenRoutes;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.ProblemKind;
import jp.musubi.platform.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.HeaderWriterLogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter;
import org.springframework.security.web.savedrequest.CookieRequestCache;

/**
 * The chain of the staff's pages, and of everything no other chain names: what is not on the list
 * of {@link OpenRoutes} wants a signed-in member of staff.
 */
@Configuration(proxyBeanMethods = false)
class StaffSecurity {
  /** Where the second factor is shown. */
  static final String SECOND = "/signin/second";

  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  SecurityFilterChain staffPages(
      HttpSecurity http,
      RequestCheck check,
      StaffSessions sessions,
      AddressGate gate,
      RememberedBody remembered,
      Problems problems,
      CsrfTokenRepository formTokens,
      AccessDeniedHandler refusals,
      AccessRecord record,
      Environment environment) {
    var trial = environment.getProperty("musubi.trial.enabled", Boolean.class, false);
    // SignInProvider is found as the one bean of its kind; named here too, it would be asked twice
    // and count every failure double.
    return http.authorizeHttpRequests(
            all -> {
              all.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD).permitAll();
              all.requestMatchers(OpenRoutes.PATTERNS.toArray(String[]::new)).permitAll();
              if (trial) {
                all.requestMatchers(OpenRoutes.TRIAL.toArray(String[]::new)).permitAll();
              }
              all.requestMatchers(SECOND, SECOND + "/*", "/signout").hasAnyRole("STAFF", "HALF");
              all.anyRequest().hasRole("STAFF");
            })
        // What a provider sends back is bound to the browser by a cookie and a state of its own;
        // the cookie of the form token need not be there when it comes.
        .csrf(csrf ->
            csrf.csrfTokenRepository(formTokens)
                .ignoringRequestMatchers(OpenRoutes.ANSWERS.toArray(String[]::new)))
        .requestCache(cache -> cache.requestCache(wayBack()))
        .formLogin(form ->
            form.loginPage("/signin")
                .usernameParameter("login")
                .passwordParameter("password")
                .authenticationDetailsSource(SignInDetails::of)
                .successHandler(onwards(remembered))
                .failureHandler(StaffSecurity::refused))
        .logout(out ->
            out.logoutUrl("/signout")
                .logoutSuccessUrl("/signin?out")
                .addLogoutHandler(signingOut(sessions))
                .addLogoutHandler(
                    new HeaderWriterLogoutHandler(
                        new ClearSiteDataHeaderWriter(
                            ClearSiteDataHeaderWriter.Directive.CACHE,
                            ClearSiteDataHeaderWriter.Directive.STORAGE))))
        .exceptionHandling(handling ->
            handling
                .authenticationEntryPoint(toSignIn(problems))
                .accessDeniedHandler(toSecondFactor(refusals, record)))
        .headers(headers -> headers.disable())
        .addFilterAfter(
            new StaffTenancyFilter(check, gate, problems, record), AuthorizationFilter.class)
        .build();
  }

  /** Ends the row too, before the web session goes. */
  private static LogoutHandler signingOut(StaffSessions sessions) {
    return (request, _, authentication) -> {
      if (authentication != null && authentication.getPrincipal() instanceof SignedInStaff person) {
        Tenancy.in(
            person.member().tenant(),
            () -> {
              sessions.signOut(person, request.getRemoteAddr());
              return true;
            });
      }
    };
  }

  /** After the password: to the second factor where one is wanted, else where one wanted to go. */
  private static AuthenticationSuccessHandler onwards(RememberedBody remembered) {
    var wanted = new SavedRequestAwareAuthenticationSuccessHandler();
    wanted.setRequestCache(wayBack());
    return (request, response, authentication) -> {
      if (authentication.getDetails() instanceof SignInDetails details) {
        remembered.keep(details.bodyCode(), response);
      }
      if (isHalf(authentication)) {
        response.sendRedirect(request.getContextPath() + SECOND);
      } else {
        SignInContexts.outliveIdleness(request);
        wanted.onAuthenticationSuccess(request, response, authentication);
      }
    };
  }

  /** Says why only where it tells nothing of name and password. */
  private static void refused(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
      throws IOException {
    response.sendRedirect(
        request.getContextPath()
            + (refused instanceof PlaceNotAllowed ? "/signin?place" : "/signin?refused"));
  }

  /** Whoever has shown half of what is wanted is led to the other half. */
  private static AccessDeniedHandler toSecondFactor(
      AccessDeniedHandler otherwise, AccessRecord record) {
    return (request, response, denied) -> {
      if (isHalf(SecurityContextHolder.getContext().getAuthentication())
          && !Problems.wantsJson(request)
          && !(denied instanceof CsrfException)) {
        response.sendRedirect(request.getContextPath() + SECOND);
      } else {
        recordRefusal(record, request, denied);
        otherwise.handle(request, response, denied);
      }
    };
  }

  /** What this chain refuses never comes to the guard that records everything else. */
  private static void recordRefusal(
      AccessRecord record, HttpServletRequest request, AccessDeniedException denied) {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null && authentication.getPrincipal() instanceof SignedInStaff person) {
      var reason = denied instanceof CsrfException ? "form-token" : "security-chain";
      Tenancy.in(
          person.member().tenant(),
          () -> {
            record.note(
                person.actor(),
                "route.refused",
                null,
                request.getRemoteAddr(),
                Map.of("method", request.getMethod(), "reason", reason));
            return true;
          });
    }
  }

  private static boolean isHalf(@Nullable Authentication authentication) {
    return authentication != null
        && authentication.getPrincipal() instanceof SignedInStaff person
        && !person.complete();
  }

  /** Where a person wanted to go before signing in; kept in a cookie, so that it costs no row. */
  static CookieRequestCache wayBack() {
    var cache = new CookieRequestCache();
    cache.setRequestMatcher(
        request -> request.getMethod().equals("GET") && accepts(request, "text/html"));
    return cache;
  }

  private static boolean accepts(HttpServletRequest request, String type) {
    return Objects.requireNonNullElse(request.getHeader("Accept"), "").contains(type);
  }

  private static AuthenticationEntryPoint toSignIn(Problems problems) {
    var page = new LoginUrlAuthenticationEntryPoint("/signin");
    return (request, response, refused) -> {
      if (Problems.wantsJson(request)) {
        problems.write(request, response, ProblemKind.UNAUTHORIZED);
      } else {
        page.commence(request, response, refused);
      }
    };
  }
}
