package jp.musubi.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * 発行台帳 — Which serial numbers each authority has issued and revoked; an append-only text file, so
 * that a restart answers as before.
 */
final class Ledger {

  /**
   * @param reason a CRLReason of RFC 5280 5.3.1
   */
  record Revocation(BigInteger serial, Instant at, int reason) {}

  private record Key(String authority, BigInteger serial) {}

  private final Path file;
  private final Map<Key, Optional<Revocation>> entries = new ConcurrentHashMap<>();

  Ledger(Path file) {
    this.file = file;
    try {
      for (var line : Files.readAllLines(file)) {
        replay(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void issued(String authority, BigInteger serial) {
    append("issued %s %s".formatted(authority, serial.toString(16)));
  }

  void revoked(String authority, Revocation revocation) {
    append(
        "revoked %s %s %s %d"
            .formatted(
                authority, revocation.serial().toString(16), revocation.at(), revocation.reason()));
  }

  boolean knows(String authority, BigInteger serial) {
    return entries.containsKey(new Key(authority, serial));
  }

  Optional<Revocation> revocation(String authority, BigInteger serial) {
    return entries.getOrDefault(new Key(authority, serial), Optional.empty());
  }

  /** The authority that issued {@code serial}. */
  Optional<String> issuerOf(BigInteger serial) {
    return entries.keySet().stream()
        .filter(key -> key.serial().equals(serial))
        .map(Key::authority)
        .findFirst();
  }

  List<Revocation> revocations(String authority) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getKey().authority().equals(authority))
        .flatMap(entry -> entry.getValue().stream())
        .sorted(Comparator.comparing(Revocation::at).thenComparing(Revocation::serial))
        .toList();
  }

  private synchronized void append(String line) {
    try (var channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    replay(line);
  }

  private void replay(String line) {
    var words = line.split(" ", -1);
    var serial = new BigInteger(words[2], 16);
    var key = new Key(words[1], serial);
    switch (words[0]) {
      case "issued" -> entries.put(key, Optional.empty());
      case "revoked" -> {
        var revocation =
            new Revocation(serial, Instant.parse(words[3]), Integer.parseInt(words[4]));
        entries.put(key, Optional.of(revocation));
      }
      default -> throw new IllegalStateException("Not a line of a ledger: " + line);
    }
  }
}
