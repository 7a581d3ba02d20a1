package jp.musubi.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** Another system of a body, which hears of events; it may be down. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private volatile int status = 204;

  /** A request as it came. */
  record Heard(String target, String signature, String event, String sequence, String body) {
    JsonNode json() {
      return TestCalls.JSON.readTree(body);
    }

    String what() {
      return json().path("event").asString("");
    }
  }

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var head = exchange.getRequestHeaders();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var answer = status;
    if (answer < 300) {
      heard.add(
          new Heard(
              exchange.getRequestURI().toString(),
              head.getFirst("Musubi-Signature"),
              head.getFirst("Musubi-Event-Id"),
              head.getFirst("Musubi-Sequence"),
              body));
    }
    if (answer == 302) {
      exchange.getResponseHeaders().add("Location", url() + "/elsewhere");
    }
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void answers(int other) {
    status = other;
  }

  List<Heard> heard() {
    return List.copyOf(heard);
  }

  /** What it heard, once there are so many. */
  List<Heard> await(int count) throws InterruptedException {
    for (var i = 0; i < 600 && heard.size() < count; i++) {
      // The service's jobs tell of events in their own time.
      Thread.sleep(100);
    }
    if (heard.size() < count) {
      throw new AssertionError("%d of %d events came".formatted(heard.size(), count));
    }
    return heard();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
