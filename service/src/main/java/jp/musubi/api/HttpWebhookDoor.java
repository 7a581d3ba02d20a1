package jp.musubi.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * HTTP/1.1 by hand, since it has to go to the very address that was looked at, under the name that
 * was typed, whatever the name leads to a moment later. Of the answer only the first line is read:
 * no redirect is followed, and nothing a receiver says is kept.
 */
final class HttpWebhookDoor implements WebhookDoor {
  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final int LONGEST_LINE = 200;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");

  private final SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
  private final boolean loopback;
  private final Duration deadline;

  /**
   * A door.
   *
   * @param loopback whether a receiver on this machine may be told
   * @param deadline for one exchange, from its connecting to its answer
   */
  HttpWebhookDoor(boolean loopback, Duration deadline) {
    this.loopback = loopback;
    this.deadline = deadline;
  }

  @Override
  public Answer hand(Message message) {
    var address = WebhookAddress.parse(message.url(), loopback);
    if (address.isEmpty()) {
      return new Answer.Failed("nothing is sent to such an address");
    }
    try (var socket = new Socket()) {
      // However slowly a receiver drips, it is over then.
      var end =
          CompletableFuture.runAsync(
              () -> close(socket),
              CompletableFuture.delayedExecutor(deadline.toMillis(), TimeUnit.MILLISECONDS));
      try {
        socket.connect(
            new InetSocketAddress(address.get().resolve(), address.get().port()),
            Math.toIntExact(CONNECTING.toMillis()));
        socket.setSoTimeout(Math.toIntExact(deadline.toMillis()));
        return exchange(
            address.get().plain() ? socket : secured(socket, address.get()),
            address.get(),
            message);
      } finally {
        end.cancel(false);
      }
    } catch (IOException e) {
      return new Answer.Failed(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private Socket secured(Socket socket, WebhookAddress to) throws IOException {
    var secured = (SSLSocket) tls.createSocket(socket, to.host(), to.port(), true);
    var parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private static Answer exchange(Socket socket, WebhookAddress to, Message message)
      throws IOException {
    var body = message.body().getBytes(StandardCharsets.UTF_8);
    var standard = to.plain() ? 80 : 443;
    var head =
        String.join(
            "\r\n",
            "POST " + to.target() + " HTTP/1.1",
            "Host: " + to.host() + (to.port() == standard ? "" : ":" + to.port()),
            "User-Agent: Musubi-Webhook/1",
            "Content-Type: application/json",
            "Content-Length: " + body.length,
            "Musubi-Event-Id: " + message.event(),
            "Musubi-Sequence: " + message.sequence(),
            "Musubi-Signature: " + message.signature(),
            "Connection: close",
            "",
            "");
    var out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    var line = line(socket.getInputStream());
    var match = STATUS.matcher(line);
    if (!match.matches()) {
      return new Answer.Failed("no answer of HTTP");
    }
    var status = Integer.parseInt(match.group(1));
    return status >= 200 && status < 300
        ? new Answer.Taken(status)
        : new Answer.Failed("HTTP " + status);
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next; line.size() < LONGEST_LINE && (next = in.read()) >= 0 && next != '\n'; ) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
