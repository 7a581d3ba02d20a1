package jp.musubi.signing;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Somebody's browser without script: keeps cookies, follows redirects, sends the forms it is shown.
 */
public final class Browser {
  private final CookieManager cookies = new CookieManager();
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final String base;

  /** A new one, which knows nothing yet. */
  public Browser(String base) {
    this.base = base;
  }

  /** What came back, after redirects. */
  public record Page(int status, URI uri, HttpResponse<byte[]> response) {
    /** As HTML. */
    public Document html() {
      return Jsoup.parse(text(), uri.toString());
    }

    /** As text. */
    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Its heading. */
    public String h1() {
      return html().select("h1").text();
    }
  }

  String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElseThrow();
  }

  /** Asks for a page. */
  public Page get(String path) {
    return send(request(path).GET().build());
  }

  Page head(String path) {
    return send(request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()).build());
  }

  /** Loads a page with all its images, as a browser does. */
  public Page getWithImages(String path) {
    var page = get(path);
    page.html().select("img[src]").forEach(image -> get(image.absUrl("src")));
    return page;
  }

  /** Sends the first form that posts to an address with this end, with more or other fields. */
  public Page submit(Page page, String actionEnd, Map<String, String> fields) {
    return post(action(page, actionEnd), filled(page, actionEnd, fields));
  }

  static String action(Page page, String actionEnd) {
    return form(page, actionEnd).absUrl("action");
  }

  static Map<String, String> filled(Page page, String actionEnd, Map<String, String> fields) {
    var all = new LinkedHashMap<String, String>();
    form(page, actionEnd)
        .select("input[type=hidden]")
        .forEach(input -> all.put(input.attr("name"), input.val()));
    all.putAll(fields);
    return all;
  }

  private static org.jsoup.nodes.Element form(Page page, String actionEnd) {
    var forms = new ArrayList<>(page.html().select("form[method=post]"));
    return forms.stream()
        .filter(form -> form.absUrl("action").endsWith(actionEnd))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no form to …" + actionEnd + " on:\n" + page.text()));
  }

  Page post(String path, Map<String, String> fields) {
    var body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Sends a file in the first form that posts to an address with this end. */
  Page upload(Page page, String actionEnd, String input, String name, byte[] bytes) {
    var boundary = "musubi-" + java.util.UUID.randomUUID();
    var out = new java.io.ByteArrayOutputStream();
    filled(page, actionEnd, Map.of())
        .forEach((key, value) ->
            out.writeBytes(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(boundary, key, value)
                    .getBytes(StandardCharsets.UTF_8)));
    out.writeBytes(
        ("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                + "Content-Type: application/pdf\r\n\r\n")
            .formatted(boundary, input, name)
            .getBytes(StandardCharsets.UTF_8));
    out.writeBytes(bytes);
    out.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
    return send(
        request(action(page, actionEnd))
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(HttpRequest.BodyPublishers.ofByteArray(out.toByteArray()))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
        .header("User-Agent", "Musubi test browser");
  }

  private Page send(HttpRequest request) {
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      var html = response.headers().firstValue("Content-Type").orElse("").startsWith("text/html");
      if (html && new String(response.body(), StandardCharsets.UTF_8).contains("??")) {
        throw new AssertionError("words are missing on " + response.uri());
      }
      return new Page(response.statusCode(), response.uri(), response);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
