package jp.musubi.trial;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import tools.jackson.databind.json.JsonMapper;

/**
 * The trial's SMS gateway: a real HTTP server on the loopback interface, which puts each message
 * into the {@link Mailbox} as a letter to the telephone. Nothing leaves the machine.
 */
final class TextGateway implements AutoCloseable {
  private static final String PATH = "/messages";

  private final HttpServer server;

  private TextGateway(HttpServer server) {
    this.server = server;
  }

  static TextGateway open(Mailbox mailbox, Clock clock) {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var json = JsonMapper.builder().build();
      server.createContext(
          PATH,
          exchange -> {
            var message = json.readTree(exchange.getRequestBody().readAllBytes());
            answer(
                exchange,
                kept(mailbox, message.path("to").asString(), message.path("text").asString(), clock)
                    ? 202
                    : 500);
          });
      server.start();
      return new TextGateway(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), PATH));
  }

  private static boolean kept(Mailbox mailbox, String to, String text, Clock clock) {
    try {
      var letter = new MimeMessage(Session.getInstance(new Properties()));
      letter.setFrom(new InternetAddress("sms@musubi.example", "SMS", "UTF-8"));
      letter.setRecipient(
          Message.RecipientType.TO, new InternetAddress(to + "@sms.musubi.example", false));
      letter.setSubject("SMS", StandardCharsets.UTF_8.name());
      letter.setSentDate(Date.from(clock.instant()));
      letter.setText(text, StandardCharsets.UTF_8.name());
      letter.saveChanges();
      mailbox.keep(letter);
      return true;
    } catch (MessagingException | IOException e) {
      // The service is told, and tries again.
      return false;
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
