package jp.musubi.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.ServiceTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every page there is, asked for by nobody in particular. */
@ServiceTest
@DisplayName("誰でも開けるページ")
class OpenPagesTest {
  /** The pages that are meant to be open. A page that is open and not here fails this test. */
  private static final Set<String> OPEN =
      Set.of(
          "/signin",
          "/signin/passkey",
          "/signin/passkey/assertion",
          "/signin/sso",
          "/signin/sso/{code}/oidc",
          "/signin/sso/{code}/oidc-answer",
          "/signin/sso/{code}/saml",
          "/signin/sso/{code}/saml-answer",
          "/signin/sso/{code}/saml-metadata",
          "/help",
          "/logos/{code}/{digest}.png",
          "/mail",
          "/network",
          "/network.csv",
          "/api/v1/openapi.json",
          "/accessibility",
          "/error");

  /**
   * Whoever has no account, or no password yet: the mailed link decides, or nothing is at stake.
   */
  private static final Pattern LINKS =
      Pattern.compile("/(s|verify|invitation|practice|past)(/.*)?");

  @Autowired MockMvc web;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping pages;

  @Test
  @DisplayName("決めたページのほかは、サインインしないと開けない")
  void areOnlyThoseOnTheList() throws Exception {
    var open = new TreeSet<String>();
    var closed = new ArrayList<String>();
    for (var mapping : pages.getHandlerMethods().keySet()) {
      for (var pattern : mapping.getPatternValues()) {
        for (var method : methods(mapping)) {
          var answer = ask(method, pattern);
          if (leadsToSignIn(answer) || wantsAKey(pattern, answer)) {
            closed.add(method + " " + pattern);
          } else {
            open.add(pattern);
          }
        }
      }
    }

    assertThat(open).filteredOn(page -> !LINKS.matcher(page).matches()).isSubsetOf(OPEN);
    assertThat(open).containsAll(OPEN);
    assertThat(closed).contains("GET /account", "GET /api/v1/contracts");
  }

  @Test
  @DisplayName("どの答えにも守りのヘッダーが付く")
  void carryTheHeaders() throws Exception {
    for (var asked :
        List.of(
            get("/signin").accept("text/html"),
            get("/help"),
            get("/account").accept("text/html"),
            get("/account").accept("application/json"),
            get("/nothing"),
            get("/assets/tokens.css"),
            get("/assets/nothing.css"),
            get("/s/000000/nothing"),
            get(URI.create("/a;b=c")),
            post("/signin"),
            post("/signin").with(csrf()),
            request(HttpMethod.valueOf("TRACE"), URI.create("/help")))) {
      var answer = web.perform(asked).andReturn().getResponse();
      var what = answer.getStatus() + " " + answer.getContentType();
      assertThat(answer.getHeader("Content-Security-Policy"))
          .as(what)
          .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.getHeader("X-Content-Type-Options")).as(what).isEqualTo("nosniff");
      assertThat(answer.getHeader("X-Frame-Options")).as(what).isEqualTo("DENY");
      assertThat(answer.getHeader("Referrer-Policy")).as(what).isEqualTo("no-referrer");
      assertThat(answer.getHeader("Cross-Origin-Opener-Policy")).as(what).isEqualTo("same-origin");
      assertThat(answer.getHeader("Cross-Origin-Resource-Policy"))
          .as(what)
          .isEqualTo("same-origin");
      assertThat(answer.getHeader("Permissions-Policy")).as(what).contains("camera=()");
      assertThat(answer.getHeader("X-Request-Id")).as(what).hasSize(16);
      assertThat(answer.getHeader("Strict-Transport-Security"))
          .as(what)
          .contains("max-age=63072000");
      if (answer.getStatus() == 200 && "text/css".equals(answer.getContentType())) {
        assertThat(answer.getHeader("Cache-Control")).contains("immutable");
      } else {
        assertThat(answer.getHeader("Cache-Control")).as(what).contains("no-store");
      }
    }
  }

  private MockHttpServletResponse ask(HttpMethod method, String pattern) throws Exception {
    RequestBuilder asked =
        request(method, URI.create(pattern.replaceAll("\\{[^}]+}", UUID.randomUUID().toString())))
            .with(csrf())
            .accept("text/html");
    return web.perform(asked).andReturn().getResponse();
  }

  private static boolean leadsToSignIn(MockHttpServletResponse answer) {
    return answer.getStatus() == 302 && "/signin".equals(answer.getRedirectedUrl());
  }

  /** Of programs a key is wanted; they are led nowhere. */
  private static boolean wantsAKey(String pattern, MockHttpServletResponse answer) {
    return pattern.startsWith("/api/") && answer.getStatus() == 401;
  }

  private static List<HttpMethod> methods(RequestMappingInfo mapping) {
    var methods = mapping.getMethodsCondition().getMethods();
    return methods.isEmpty()
        ? List.of(HttpMethod.GET, HttpMethod.POST)
        : methods.stream().map(method -> HttpMethod.valueOf(method.name())).toList();
  }
}
