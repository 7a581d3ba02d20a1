package jp.musubi.bench.parts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * 通信による部品 — The timestamp authority and the responders over loopback HTTP, for engines that are no
 * Java: {@code POST /tsa} takes an RFC 3161 request, {@code POST /status} a DER certificate.
 */
public final class AuthorityServer implements AutoCloseable {
  private static final int HTTP_OK = 200;

  private final Parts parts;
  private final HttpServer http;

  /** Starts on a free port. */
  public AuthorityServer(Parts parts) throws IOException {
    this.parts = parts;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/tsa", exchange -> reply(exchange, parts.timestamping().respond(body(exchange))));
    http.createContext("/status", exchange -> reply(exchange, status(body(exchange))));
    http.start();
  }

  /** Where it answers. */
  public URI baseUrl() {
    return URI.create(
        "http://%s:%d".formatted(http.getAddress().getHostString(), http.getAddress().getPort()));
  }

  private byte[] status(byte[] der) throws IOException {
    try {
      var certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
      var statuses = parts.statuses();
      return statuses.knows((X509Certificate) certificate)
          ? statuses.answer((X509Certificate) certificate)
          : new byte[0];
    } catch (CertificateException e) {
      throw new IOException("not a certificate", e);
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    try (var in = exchange.getRequestBody()) {
      return in.readAllBytes();
    }
  }

  private static void reply(HttpExchange exchange, byte[] answer) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(HTTP_OK, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
