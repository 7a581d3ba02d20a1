package jp.musubi.journeys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Somebody with a browser that has no scripts: follows links, fills forms, keeps cookies. */
public final class Visitor {
  private static final int MOST_REDIRECTS = 5;

  private final URI home;
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          // Followed here, where it can be told how long each answer took.
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** A visitor with no cookies yet. */
  public Visitor(URI home) {
    this.home = home;
  }

  /** The cookies this visitor holds, for showing the same pages in a real browser. */
  public CookieManager cookies() {
    return cookies;
  }

  /** Opens a page; relative addresses start at the service. */
  public Page get(String address) throws IOException, InterruptedException {
    return page(HttpRequest.newBuilder(home.resolve(address)).GET());
  }

  /** Downloads a file. */
  public byte[] download(String address) throws IOException, InterruptedException {
    var response = follow(send(HttpRequest.newBuilder(home.resolve(address)).GET()));
    if (response.statusCode() != 200) {
      throw new IllegalStateException(address + " answered " + response.statusCode());
    }
    return response.body();
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.timeout(Duration.ofMinutes(1)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Goes where an answer leads, as a browser does after a form. */
  private HttpResponse<byte[]> follow(HttpResponse<byte[]> answer)
      throws IOException, InterruptedException {
    var response = answer;
    for (var step = 0; response.statusCode() / 100 == 3; step++) {
      if (step == MOST_REDIRECTS) {
        throw new IllegalStateException(answer.uri() + " leads nowhere");
      }
      var target = response.uri().resolve(response.headers().firstValue("Location").orElseThrow());
      response = send(HttpRequest.newBuilder(target).GET());
    }
    return response;
  }

  private Page page(HttpRequest.Builder request) throws IOException, InterruptedException {
    var first = send(request);
    var answered = System.nanoTime();
    var response = follow(first);
    return new Page(
        response.statusCode(),
        response.uri(),
        Duration.ofNanos(System.nanoTime() - answered),
        Jsoup.parse(
            new String(response.body(), StandardCharsets.UTF_8), response.uri().toString()));
  }

  /**
   * A page as it was answered, after redirects.
   *
   * @param redirects how long those took that followed the first answer
   */
  public record Page(int status, URI address, Duration redirects, Document document) {

    /** The page, provided it is one that was asked for and not a problem page. */
    public Page expect(int expected) {
      if (status != expected) {
        throw new IllegalStateException(
            "%s answered %d (expected: %d): %s"
                .formatted(address, status, expected, document.text()));
      }
      return this;
    }

    /** The visible words. */
    public String text() {
      return document.text();
    }

    /** The address of the first link whose words contain {@code words}. */
    public String link(String words) {
      return document.select("a[href]").stream()
          .filter(a -> a.text().contains(words))
          .findFirst()
          .orElseThrow(() ->
              new IllegalStateException(
                  "no link '%s' on %s: %s".formatted(words, address, document.text())))
          .absUrl("href");
    }

    /** The form whose button says {@code words}. */
    public Form form(String words) {
      for (var form : document.select("form")) {
        for (var button : form.select("button, input[type=submit]")) {
          if ((button.text() + button.val()).contains(words)) {
            return new Form(form, button);
          }
        }
      }
      throw new IllegalStateException(
          "no button '%s' on %s: %s".formatted(words, address, document.text()));
    }
  }

  /** A form with its values as rendered, and as filled in. */
  public static final class Form {
    private final Element form;
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, Path> files = new LinkedHashMap<>();

    private Form(Element form, Element button) {
      this.form = form;
      for (var input : form.select("input[name], select[name], textarea[name]")) {
        switch (input.attr("type")) {
          case "checkbox", "radio" -> {
            if (input.hasAttr("checked")) {
              add(input);
            }
          }
          case "file", "submit" -> {}
          default -> put(input.attr("name"), value(input));
        }
      }
      if (button.hasAttr("name")) {
        put(button.attr("name"), button.val());
      }
    }

    private void put(String name, String value) {
      values.put(name, List.of(value));
    }

    private void add(Element box) {
      var ticked = new ArrayList<>(values.getOrDefault(box.attr("name"), List.of()));
      ticked.add(box.val().isEmpty() ? "on" : box.val());
      values.put(box.attr("name"), List.copyOf(ticked));
    }

    private static String value(Element input) {
      if (!input.normalName().equals("select")) {
        return input.val();
      }
      var chosen = input.selectFirst("option[selected]");
      if (chosen == null) {
        chosen = input.selectFirst("option");
      }
      return chosen == null ? "" : chosen.val();
    }

    /** Fills a field. */
    public Form fill(String name, String value) {
      if (form.select("[name=" + name + "]").isEmpty()) {
        throw new IllegalStateException("the form has no field '%s': %s".formatted(name, form));
      }
      put(name, value);
      return this;
    }

    /** Chooses among what is offered under a name, by words of its label. */
    public Form choose(String name, String words) {
      for (var option : form.select("input[type=radio][name=" + name + "]")) {
        var label = option.closest("label");
        if (label != null && label.text().contains(words)) {
          put(name, option.val());
          return this;
        }
      }
      throw new IllegalStateException("'%s' offers no '%s': %s".formatted(name, words, form));
    }

    /** Ticks a box. */
    public Form tick(String name) {
      var box = form.selectFirst("input[name=" + name + "]");
      if (box == null) {
        throw new IllegalStateException("the form has no box '%s': %s".formatted(name, form));
      }
      put(name, box.val().isEmpty() ? "on" : box.val());
      return this;
    }

    /** Ticks every box of a name. */
    public Form tickAll(String name) {
      values.remove(name);
      form.select("input[name=" + name + "]").forEach(this::add);
      return this;
    }

    private Stream<Map.Entry<String, String>> pairs() {
      return values.entrySet().stream()
          .flatMap(
              named -> named.getValue().stream().map(value -> Map.entry(named.getKey(), value)));
    }

    /** Chooses a file. */
    public Form choose(String name, Path file) {
      files.put(name, file);
      return this;
    }
  }

  /** Sends a form. */
  public Page submit(Form form) throws IOException, InterruptedException {
    var action = form.form.absUrl("action");
    var target = action.isEmpty() ? form.form.baseUri() : action;
    if (!form.form.attr("method").equalsIgnoreCase("post")) {
      return get(form.values.isEmpty() ? target : target + "?" + encoded(form));
    }
    var request = HttpRequest.newBuilder(URI.create(target));
    if (form.form.attr("enctype").equals("multipart/form-data")) {
      var boundary = "musubi-" + UUID.randomUUID();
      request
          .header("Content-Type", "multipart/form-data; boundary=" + boundary)
          .POST(HttpRequest.BodyPublishers.ofByteArray(multipart(form, boundary)));
    } else {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
    }
    return page(request);
  }

  private static String encoded(Form form) {
    return form.pairs()
        .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static byte[] multipart(Form form, String boundary) throws IOException {
    var out = new ByteArrayOutputStream();
    for (var e : form.pairs().toList()) {
      out.writeBytes(
          "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
              .formatted(boundary, e.getKey(), e.getValue())
              .getBytes(StandardCharsets.UTF_8));
    }
    for (var e : form.files.entrySet()) {
      out.writeBytes(
          ("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                  + "Content-Type: application/pdf\r\n\r\n")
              .formatted(boundary, e.getKey(), e.getValue().getFileName())
              .getBytes(StandardCharsets.UTF_8));
      out.writeBytes(Files.readAllBytes(e.getValue()));
      out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    out.writeBytes("--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
