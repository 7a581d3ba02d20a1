package jp.musubi.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A wire to a real server, on which calls go wrong as told: an in-JVM proxy. Over HTTP it takes one
 * request a connection, so that whole requests and answers are in its hands; other protocols it
 * pumps byte by byte.
 */
public final class Wire implements AutoCloseable {
  /** Longer than any deadline of a test. */
  private static final Duration TOO_LONG = Duration.ofSeconds(4);

  private volatile InetSocketAddress target;
  private final Protocol protocol;
  private final int port;
  private final AtomicInteger seen = new AtomicInteger();
  private final AtomicInteger spoilt = new AtomicInteger();
  private volatile ServerSocket server;
  private volatile Spell spell = new Spell(null, 0, "");

  /** What a protocol's own error and nonsense look like. */
  public enum Protocol {
    HTTP("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    SMTP("421 4.3.2 mail.example is shutting down\r\n"),
    CLAMD("INSTREAM: Internal failure. ERROR\0");

    private final String error;

    Protocol(String error) {
      this.error = error;
    }

    byte[] error() {
      return error.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** What goes wrong, from which call on, and with whom. */
  private record Spell(@org.jspecify.annotations.Nullable Toxic toxic, int from, String path) {}

  /** A wire to a server of this machine. */
  public Wire(Protocol protocol, int target) {
    this.protocol = protocol;
    this.target = at(target);
    this.server = listen(0);
    this.port = server.getLocalPort();
  }

  /** From now on it leads elsewhere. */
  public void to(int other) {
    target = at(other);
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Where to call. */
  public int port() {
    return port;
  }

  /** How many calls came. */
  public int seen() {
    return seen.get();
  }

  /** How many of them went wrong. */
  public int spoilt() {
    return spoilt.get();
  }

  /** From the n-th call on, everything goes wrong. */
  public void spoil(Toxic toxic, int from) {
    spoil(toxic, from, "");
  }

  /** The same, of calls whose request has this in it. */
  public void spoil(Toxic toxic, int from, String path) {
    seen.set(0);
    spoilt.set(0);
    spell = new Spell(toxic, from, path);
    if (toxic == Toxic.REFUSED && from <= 1 && path.isEmpty()) {
      spoilt.set(1);
      close();
    }
  }

  /** All is well again. */
  public void heal() {
    spell = new Spell(null, 0, "");
    if (server.isClosed()) {
      server = listen(port);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerSocket listen(int at) {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
      Thread.ofVirtual().start(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      if (protocol == Protocol.HTTP) {
        http(client);
      } else {
        stream(client);
      }
    } catch (IOException e) {
      // One of the two has gone; so has the call.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @org.jspecify.annotations.Nullable Toxic toxic(String request) {
    var now = spell;
    if (!request.contains(now.path()) || seen.incrementAndGet() < now.from()) {
      return null;
    }
    if (now.toxic() != null) {
      spoilt.incrementAndGet();
    }
    return now.toxic();
  }

  private void http(Socket client) throws IOException, InterruptedException {
    var request = HttpMessage.request(client.getInputStream());
    var toxic = toxic(new String(request, StandardCharsets.ISO_8859_1));
    var out = client.getOutputStream();
    switch (toxic) {
      case null -> out.write(exchange(request));
      case REFUSED, RESET -> reset(client);
      case BLACK_HOLE -> Thread.sleep(TOO_LONG);
      case SLOW -> {
        var answer = exchange(request);
        Thread.sleep(TOO_LONG);
        out.write(answer);
      }
      case SERVER_ERROR -> out.write(protocol.error());
      case GARBAGE -> out.write(HttpMessage.nonsense(exchange(request)));
      case TRUNCATED -> {
        var answer = exchange(request);
        out.write(answer, 0, answer.length - HttpMessage.bodyLength(answer) / 2 - 1);
      }
      case EFFECT_LOST -> {
        exchange(request);
        reset(client);
      }
      case DUPLICATE -> {
        exchange(request);
        out.write(exchange(request));
      }
    }
  }

  private byte[] exchange(byte[] request) throws IOException {
    try (var upstream = new Socket(target.getAddress(), target.getPort())) {
      upstream.getOutputStream().write(request);
      upstream.getOutputStream().flush();
      var answer =
          new String(upstream.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return HttpMessage.closing(answer).getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private void stream(Socket client) throws IOException, InterruptedException {
    var toxic = toxic("");
    switch (toxic) {
      case REFUSED, RESET -> {
        reset(client);
        return;
      }
      case BLACK_HOLE -> {
        Thread.sleep(TOO_LONG);
        return;
      }
      case SERVER_ERROR -> {
        answer(client, protocol.error());
        return;
      }
      case GARBAGE -> {
        answer(client, "\u0001 what? \u0002\r\n\0".repeat(4).getBytes(StandardCharsets.US_ASCII));
        return;
      }
      case null, default -> {}
    }
    try (var upstream = new Socket(target.getAddress(), target.getPort())) {
      var said = new ByteArrayOutputStream();
      var up =
          Thread.ofVirtual()
              .start(() -> Pump.carry(client, upstream, Integer.MAX_VALUE, said, Duration.ZERO));
      var most =
          switch (toxic) {
            case TRUNCATED -> protocol == Protocol.SMTP ? 60 : 5;
            // The last answer of the dialogue: after DATA, or after the file.
            case EFFECT_LOST -> -1;
            case null, default -> Integer.MAX_VALUE;
          };
      var pause = toxic == Toxic.SLOW ? TOO_LONG : Duration.ZERO;
      Pump.carry(upstream, client, most, new ByteArrayOutputStream(), pause);
      if (most != Integer.MAX_VALUE) {
        reset(client);
      }
      up.join();
      if (toxic == Toxic.DUPLICATE) {
        again(said.toByteArray());
      }
    }
  }

  private static void answer(Socket client, byte[] bytes) throws IOException, InterruptedException {
    client.getOutputStream().write(bytes);
    client.getOutputStream().flush();
    client.shutdownOutput();
    // What it still sends has to be taken, or it sees a reset and no answer.
    client.setSoTimeout(500);
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  /** Everything that was said before, said once more, and no answer heard. */
  private void again(byte[] said) throws IOException {
    try (var upstream = new Socket(target.getAddress(), target.getPort())) {
      upstream.setSoTimeout(2_000);
      for (var line : new String(said, StandardCharsets.ISO_8859_1).split("(?<=\n)", -1)) {
        upstream.getOutputStream().write(line.getBytes(StandardCharsets.ISO_8859_1));
        upstream.getOutputStream().flush();
      }
      upstream.shutdownOutput();
      upstream.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }
}
