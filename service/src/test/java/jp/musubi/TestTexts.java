package jp.musubi;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/** An SMS gateway: what it was told, and what it answers. */
public final class TestTexts {
  /** A message that was taken. */
  public record Message(String id, String to, String text) {}

  private final List<Message> taken = new CopyOnWriteArrayList<>();
  private final ConcurrentHashMap<String, List<Integer>> refusals = new ConcurrentHashMap<>();
  private final URI url;

  TestTexts() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var json = JsonMapper.builder().build();
      server.createContext(
          "/messages",
          exchange -> {
            var sent = json.readTree(exchange.getRequestBody().readAllBytes());
            var to = sent.path("to").asString();
            var refused = refusals.getOrDefault(to, List.of());
            if (refused.isEmpty()) {
              taken.add(new Message(sent.path("id").asString(), to, sent.path("text").asString()));
            } else {
              refusals.put(to, refused.subList(1, refused.size()));
            }
            exchange.sendResponseHeaders(refused.isEmpty() ? 202 : refused.getFirst(), -1);
            exchange.close();
          });
      server.start();
      url = URI.create("http://127.0.0.1:%d/messages".formatted(server.getAddress().getPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url() {
    return url;
  }

  /** Answers the next messages to a telephone so, before it takes any. */
  public void refuse(String to, Integer... statuses) {
    refusals.put(to, List.of(statuses));
  }

  /** What a telephone got. */
  public List<String> to(String phone) {
    return taken.stream().filter(each -> each.to().equals(phone)).map(Message::text).toList();
  }

  /** Under which ids they came. */
  public List<String> ids(String phone) {
    return taken.stream().filter(each -> each.to().equals(phone)).map(Message::id).toList();
  }

  /** The same, when there is so much of it. */
  public List<String> await(String phone, int count) throws InterruptedException {
    for (var i = 0; i < 200 && to(phone).size() < count; i++) {
      // The job that sends looks again and again, too.
      Thread.sleep(100);
    }
    if (to(phone).size() < count) {
      throw new AssertionError("of %d messages came: %s".formatted(count, to(phone)));
    }
    return to(phone);
  }
}
