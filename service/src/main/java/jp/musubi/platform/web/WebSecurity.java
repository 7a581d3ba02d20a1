package jp.musubi.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import jp.musubi.platform.SecretKeyFile;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/** What all security chains share, and the chain of the management port. */
@Configuration(proxyBeanMethods = false)
class WebSecurity {

  /** Metrics and health: on a port of its own, which listens on the loopback interface only. */
  @Bean
  @Order(5)
  SecurityFilterChain management(HttpSecurity http) {
    return http.securityMatcher(EndpointRequest.toAnyEndpoint())
        .authorizeHttpRequests(all -> all.anyRequest().permitAll())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .build();
  }

  /**
   * The token of forms lives in a cookie, so that looking at a page writes no session. The page
   * carries it masked (BREACH); the {@code __Host-} prefix keeps other hosts from setting it.
   */
  @Bean
  CsrfTokenRepository formTokens(Environment environment) {
    var secure = PublicUrl.isSecure(environment);
    var tokens = new CookieCsrfTokenRepository();
    tokens.setCookieName(secure ? "__Host-musubi-form" : "musubi-form");
    tokens.setCookiePath("/");
    tokens.setCookieCustomizer(cookie -> cookie.secure(secure).httpOnly(true).sameSite("Lax"));
    return tokens;
  }

  @Bean
  CookieSerializer sessionCookie(
      Environment environment, @Value("${musubi.secrets.link-key-file}") Path keyFile) {
    var secure = PublicUrl.isSecure(environment);
    var cookie = new DefaultCookieSerializer();
    cookie.setCookieName(secure ? "__Host-musubi" : "musubi");
    cookie.setCookiePath("/");
    cookie.setUseSecureCookie(secure);
    cookie.setUseHttpOnlyCookie(true);
    cookie.setSameSite("Lax");
    return new SessionCookies(cookie, SecretKeyFile.read("musubi.secrets.link-key-file", keyFile));
  }

  /** Tells of a refused step; a form whose token is missing or old can be opened again. */
  @Bean
  AccessDeniedHandler refusals(Problems problems) {
    return new AccessDeniedHandler() {
      @Override
      public void handle(
          HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
          throws IOException {
        problems.write(
            request,
            response,
            refused instanceof CsrfException ? ProblemKind.FORM_EXPIRED : ProblemKind.FORBIDDEN);
      }
    };
  }

  /** Addresses no browser writes by itself. */
  @Bean
  RequestRejectedHandler rejections(Problems problems) {
    return (request, response, _) -> problems.write(request, response, ProblemKind.BAD_REQUEST);
  }
}
