package jp.musubi.notification;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A mail server that answers every recipient with the same refusal. */
final class RefusingServer implements AutoCloseable {
  private final ServerSocket socket;
  private final String refusal;

  RefusingServer(String refusal) throws IOException {
    this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    this.refusal = refusal;
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (var client = socket.accept()) {
        talk(client);
      } catch (SocketException closed) {
        return;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void talk(Socket client) throws IOException {
    var in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    say(client, "220 test ESMTP");
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      var command = line.toUpperCase(Locale.ROOT);
      say(client, command.startsWith("RCPT") ? refusal : "250 ok");
      if (command.startsWith("QUIT")) {
        return;
      }
    }
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
