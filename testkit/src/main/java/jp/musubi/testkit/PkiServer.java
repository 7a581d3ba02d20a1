package jp.musubi.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * 試用認証局のサーバー — TSA, OCSP responder, revocation lists and CA certificates over HTTP on the loopback
 * address.
 *
 * <p>Paths: {@code POST /tsa}; {@code POST /ocsp} and {@code GET /ocsp/<base64>}; {@code GET
 * /crl/{root,issuing,tsa}.crl}; {@code GET /ca/{root,issuing,tsa}.cer}. Every faculty counts its
 * calls and can be made to fail.
 */
public final class PkiServer implements AutoCloseable {

  /** The policy under which the TSA signs. */
  public static final String TSA_POLICY = Timestamps.POLICY.getId();

  private static final int LARGEST_REQUEST = 64 * 1024;
  // Below Linux's range for outgoing connections, so that the port is free again at the next start.
  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 32_000;

  private final TestPki pki;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Faculty<Fault.OfTsa> tsa = new Faculty<>();
  private final Faculty<Fault.OfOcsp> ocsp = new Faculty<>();
  private final Faculty<Fault.OfDownload> crl = new Faculty<>();
  private final Faculty<Fault.OfDownload> ca = new Faculty<>();

  /**
   * Opens the directory and serves it: on the port it was made for, or, the first time, on a free
   * one.
   */
  public static PkiServer open(Path directory, Clock clock) {
    return open(directory, clock, KeyKind.P_256);
  }

  /** As {@link #open(Path, Clock)}, with another kind of seal key. */
  public static PkiServer open(Path directory, Clock clock, KeyKind sealKey) {
    return open(directory, clock, HierarchyKeys.withSeal(sealKey));
  }

  /**
   * As {@link #open(Path, Clock)}, with other kinds of key; the hierarchy begins at the clock's
   * time.
   */
  public static PkiServer open(Path directory, Clock clock, HierarchyKeys keys) {
    var kept = TestPki.baseUrlOf(directory);
    var http = kept.isPresent() ? bind(kept.get().getPort()) : bindAnywhere();
    var baseUrl =
        kept.orElseGet(() -> URI.create("http://127.0.0.1:" + http.getAddress().getPort()));
    return new PkiServer(TestPki.open(directory, baseUrl, clock, keys), http);
  }

  /** Serves {@code pki} on the port of its base URL. */
  public static PkiServer start(TestPki pki) {
    return new PkiServer(pki, bind(pki.baseUrl().getPort()));
  }

  /** Serves {@code pki} on a free port, for something on the port of its base URL to lead here. */
  public static PkiServer behind(TestPki pki) {
    return new PkiServer(pki, bindAnywhere());
  }

  private PkiServer(TestPki pki, HttpServer http) {
    this.pki = pki;
    this.http = http;
    var statuses = new CertificateStatuses(pki);
    http.createContext(
        "/tsa",
        exchange ->
            serve(
                exchange,
                tsa,
                "application/timestamp-reply",
                fault -> pki.timestamp(body(exchange, "application/timestamp-query"), fault)));
    http.createContext(
        "/ocsp",
        exchange ->
            serve(
                exchange,
                ocsp,
                "application/ocsp-response",
                fault -> statuses.answer(statusRequest(exchange), fault)));
    for (var authority : pki.authorities()) {
      http.createContext(
          "/crl/" + authority.name() + ".crl",
          exchange ->
              serve(
                  exchange,
                  crl,
                  "application/pkix-crl",
                  _ -> {
                    onlyGet(exchange);
                    return authority.revocationList(pki.clock().instant());
                  }));
      http.createContext(
          "/ca/" + authority.name() + ".cer",
          exchange ->
              serve(
                  exchange,
                  ca,
                  "application/pkix-cert",
                  _ -> {
                    onlyGet(exchange);
                    return encoded(authority);
                  }));
    }
    http.setExecutor(threads);
    http.start();
  }

  /** Where it listens. */
  public int port() {
    return http.getAddress().getPort();
  }

  /** The hierarchy that is served. */
  public TestPki pki() {
    return pki;
  }

  /** The timestamping authority. */
  public Faculty<Fault.OfTsa> tsa() {
    return tsa;
  }

  /** The OCSP responders. */
  public Faculty<Fault.OfOcsp> ocsp() {
    return ocsp;
  }

  /** The revocation lists. */
  public Faculty<Fault.OfDownload> crl() {
    return crl;
  }

  /** The download of CA certificates. */
  public Faculty<Fault.OfDownload> ca() {
    return ca;
  }

  /** Stops at once; connections are cut, slow answers included. */
  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  @FunctionalInterface
  private interface Answer<F> {
    byte[] to(Optional<F> fault) throws IOException;
  }

  /** A request that the protocol does not allow, and the HTTP status that says so. */
  private static final class BadRequest extends IOException {
    private final int status;

    BadRequest(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  private static <F extends Fault> void serve(
      HttpExchange exchange, Faculty<F> faculty, String type, Answer<F> answer) throws IOException {
    try (exchange) {
      var fault = faculty.next();
      if (fault.isPresent() && refused(exchange, fault.get())) {
        return;
      }
      try {
        var right = answer.to(fault);
        deliver(exchange, type, right, fault);
      } catch (BadRequest e) {
        send(exchange, e.status, "text/plain", bytes(String.valueOf(e.getMessage())));
      }
    }
  }

  private static void deliver(
      HttpExchange exchange, String type, byte[] right, Optional<? extends Fault> fault)
      throws IOException {
    if (fault.isEmpty()) {
      send(exchange, 200, type, right);
      return;
    }
    switch (fault.get()) {
      case Fault.WrongType _ -> send(exchange, 200, "text/html", right);
      case Fault.Drip(var pause) -> drip(exchange, type, right, pause);
      case Fault bent -> send(exchange, 200, type, bent(right, bent));
    }
  }

  /** One byte after the other: no read ever waits long, but the answer never ends. */
  private static void drip(HttpExchange exchange, String type, byte[] right, Duration pause)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, right.length);
    for (var b : right) {
      exchange.getResponseBody().write(b);
      exchange.getResponseBody().flush();
      pause(pause);
    }
  }

  private static void pause(Duration duration) throws InterruptedIOException {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The server stopped before the slow answer");
    }
  }

  private static boolean refused(HttpExchange exchange, Fault fault) throws IOException {
    return switch (fault) {
      case Fault.Refuse _ -> {
        exchange.sendResponseHeaders(503, -1);
        yield true;
      }
      case Fault.ServerError _ -> {
        send(exchange, 500, "text/html", bytes("<html><body>Bad gateway</body></html>"));
        yield true;
      }
      case Fault.Slow(var delay) -> {
        pause(delay);
        yield false;
      }
      case Fault.Ban(var pause) -> {
        exchange.getResponseHeaders().set("Retry-After", String.valueOf(pause.toSeconds()));
        exchange.sendResponseHeaders(429, -1);
        yield true;
      }
      case Fault.Redirect(var target) -> {
        exchange.getResponseHeaders().set("Location", target.toString());
        exchange.sendResponseHeaders(307, -1);
        yield true;
      }
      case Fault _ -> false;
    };
  }

  private static byte[] bent(byte[] right, Fault fault) {
    return switch (fault) {
      case Fault.Garbage _ -> bytes("this is not what you asked for");
      case Fault.Truncated _ -> Arrays.copyOf(right, right.length / 2);
      case Fault _ -> right;
    };
  }

  private static byte[] body(HttpExchange exchange, String type) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      throw new BadRequest(405, "POST only");
    }
    if (!type.equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      throw new BadRequest(415, "Content-Type must be " + type);
    }
    var bytes = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
    if (bytes.length > LARGEST_REQUEST) {
      throw new BadRequest(413, "Too large");
    }
    return bytes;
  }

  private static byte[] statusRequest(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      return body(exchange, "application/ocsp-request");
    }
    var path = exchange.getRequestURI().getRawPath();
    if (path.length() <= "/ocsp/".length()) {
      throw new BadRequest(400, "No request in the path");
    }
    var text =
        URLDecoder.decode(
            path.substring("/ocsp/".length()).replace("+", "%2B"), StandardCharsets.UTF_8);
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      throw new BadRequest(400, "Not base64");
    }
  }

  private static void onlyGet(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      throw new BadRequest(405, "GET only");
    }
  }

  private static byte[] encoded(Authority authority) throws IOException {
    try {
      return authority.identity().certificate().getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IOException(e);
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static HttpServer bindAnywhere() {
    for (var tries = 0; tries < 50; tries++) {
      try {
        return tryBind(ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT));
      } catch (BindException _) {
        // Taken by someone else: the next number is as good.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("No free port between " + FIRST_PORT + " and " + LAST_PORT);
  }

  private static HttpServer bind(int port) {
    try {
      return tryBind(port);
    } catch (IOException e) {
      throw new UncheckedIOException("The trial PKI cannot listen on port " + port, e);
    }
  }

  private static HttpServer tryBind(int port) throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
  }
}
