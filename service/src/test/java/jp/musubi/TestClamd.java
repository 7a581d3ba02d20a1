package jp.musubi;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A daemon that speaks clamd's protocol and knows one signature, the EICAR test file's, and one
 * word of a test's own: a real one loads a gigabyte of signatures.
 */
public final class TestClamd {
  /** EICAR's test string, in two halves so that no scanner minds this source. */
  public static final String EICAR =
      "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

  private final ServerSocket server;
  private volatile String failing = "";

  TestClamd() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  /** {@code host:port}. */
  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Answers so to files that contain this; nothing fails after {@code ""}. */
  public void failOn(String content) {
    failing = content;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (var socket = server.accept()) {
        answer(socket);
      } catch (IOException e) {
        // Whoever asked has gone; the next may come.
      }
    }
  }

  private void answer(Socket socket) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    var command = new StringBuilder();
    for (int letter; (letter = in.read()) > 0; ) {
      command.append((char) letter);
    }
    var said =
        command.toString().equals("zVERSION")
            ? "ClamAV 1.4.3/27800/Tue Nov 24 08:30:00 2026"
            : scan(in);
    socket.getOutputStream().write((said + "\0").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private String scan(DataInputStream in) throws IOException {
    var content = new StringBuilder();
    for (int length; (length = in.readInt()) > 0; ) {
      content.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
    }
    if (!failing.isEmpty() && content.indexOf(failing) >= 0) {
      return "INSTREAM size limit exceeded. ERROR";
    }
    return content.indexOf(EICAR) >= 0 ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
  }
}
