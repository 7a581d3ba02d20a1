package jp.musubi.staff.sso;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A browser that goes to the provider and back, keeping its cookies. */
final class SsoVisit {
  private final MockMvc web;
  private final String host;
  private final Map<String, Cookie> cookies = new HashMap<>();

  SsoVisit(MockMvc web) {
    this(web, "keiyaku.musubi.example");
  }

  /** By another name of the service. */
  SsoVisit(MockMvc web, String host) {
    this.web = web;
    this.host = host;
  }

  /** Where the provider was asked to look, and with what. */
  record Sent(URI address, Map<String, String> asked) {
    /** What was asked under this name. */
    String of(String name) {
      return Objects.requireNonNull(asked.get(name), name);
    }
  }

  MockHttpServletResponse go(MockHttpServletRequestBuilder request) throws Exception {
    var mine = new ArrayList<>(cookies.values());
    if (!mine.isEmpty()) {
      request.cookie(mine.toArray(Cookie[]::new));
    }
    var response =
        web.perform(request.header("Host", host).accept("text/html")).andReturn().getResponse();
    for (var cookie : response.getCookies()) {
      cookies.put(cookie.getName(), cookie);
    }
    return response;
  }

  MockHttpServletResponse press(String path, String... values) throws Exception {
    return go(form(post(path).with(csrf()), values));
  }

  MockHttpServletResponse look(String path) throws Exception {
    return go(get(path));
  }

  void forget(String cookie) {
    cookies.remove(cookie);
  }

  /** Reads where the leaving page leads. */
  static Sent leaving(MockHttpServletResponse response) throws Exception {
    var link =
        Objects.requireNonNull(
            Jsoup.parse(response.getContentAsString(StandardCharsets.UTF_8))
                .selectFirst("a[data-go]"),
            () -> "no way to the provider: " + response.getStatus());
    var address = URI.create(link.attr("href"));
    var asked = new HashMap<String, String>();
    Arrays.stream(address.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> asked.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    return new Sent(address, asked);
  }

  /** Sends an answer without the form token, as the page on the way back does. */
  MockHttpServletResponse answer(String path, String... values) throws Exception {
    return go(form(post(path), values));
  }

  /** The fields and one more. */
  static String[] with(String[] fields, String name, String value) {
    var more = Arrays.copyOf(fields, fields.length + 2);
    more[fields.length] = name;
    more[fields.length + 1] = value;
    return more;
  }

  private static MockHttpServletRequestBuilder form(
      MockHttpServletRequestBuilder request, @Nullable String... values) {
    var list = List.of(values);
    for (var i = 0; i < list.size(); i += 2) {
      request.param(list.get(i), list.get(i + 1));
    }
    return request;
  }
}
