package jp.musubi.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The digests of a file that only grows, kept open at its end: what is appended later is all that
 * has to be hashed later. Immutable; every use goes on from a copy.
 */
final class RunningDigests {
  private static final int PORTION = 64 * 1_024;

  private final Map<ImprintAlgorithm, MessageDigest> states;

  private RunningDigests(Map<ImprintAlgorithm, MessageDigest> states) {
    this.states = states;
  }

  /** Reads a file once, a portion at a time, and keeps it. */
  static RunningDigests keeping(byte[] whole, Path file, Set<ImprintAlgorithm> algorithms)
      throws IOException {
    var states = states(algorithms);
    try (var channel = FileChannel.open(file)) {
      for (var at = 0; at < whole.length; ) {
        var portion = Math.min(PORTION, whole.length - at);
        var count = channel.read(ByteBuffer.wrap(whole, at, portion));
        if (count < 0) {
          throw new IOException("the document became shorter while it was read");
        }
        update(states, whole, at, count);
        at += count;
      }
    }
    return new RunningDigests(states);
  }

  /** Reads a file once, a portion at a time. */
  static RunningDigests of(Path file, Set<ImprintAlgorithm> algorithms) throws IOException {
    return passing(file, algorithms, _ -> {});
  }

  /** Reads a file once, a portion at a time, and writes each on while it is at hand. */
  static RunningDigests copying(Path file, WritableByteChannel to, Set<ImprintAlgorithm> algorithms)
      throws IOException {
    return passing(
        file,
        algorithms,
        portion -> {
          while (portion.hasRemaining()) {
            to.write(portion);
          }
        });
  }

  /** What else is done with a portion of a file. */
  private interface Passing {
    void portion(ByteBuffer portion) throws IOException;
  }

  private static RunningDigests passing(
      Path file, Set<ImprintAlgorithm> algorithms, Passing passing) throws IOException {
    var states = states(algorithms);
    try (var channel = FileChannel.open(file)) {
      var portion = ByteBuffer.allocateDirect(PORTION);
      var bytes = new byte[PORTION];
      while (channel.read(portion.clear()) >= 0) {
        var count = portion.flip().remaining();
        portion.get(0, bytes, 0, count);
        update(states, bytes, 0, count);
        passing.portion(portion);
      }
    }
    return new RunningDigests(states);
  }

  private static void update(
      Map<ImprintAlgorithm, MessageDigest> states, byte[] bytes, int from, int count) {
    for (var state : states.values()) {
      state.update(bytes, from, count);
    }
  }

  private static Map<ImprintAlgorithm, MessageDigest> states(Set<ImprintAlgorithm> algorithms) {
    var states = new EnumMap<ImprintAlgorithm, MessageDigest>(ImprintAlgorithm.class);
    algorithms.forEach(algorithm -> states.put(algorithm, algorithm.digest()));
    return states;
  }

  /** Whether all of these are kept. */
  boolean keeps(Set<ImprintAlgorithm> algorithms) {
    return states.keySet().containsAll(algorithms);
  }

  /** Which are kept. */
  Set<ImprintAlgorithm> algorithms() {
    return Collections.unmodifiableSet(states.keySet());
  }

  /** The same file with more bytes at its end. */
  RunningDigests plus(byte[] appended) {
    var states = new EnumMap<ImprintAlgorithm, MessageDigest>(ImprintAlgorithm.class);
    this.states.forEach((algorithm, state) -> {
      var copy = copy(state);
      copy.update(appended);
      states.put(algorithm, copy);
    });
    return new RunningDigests(states);
  }

  /** The digest of the file and of what follows it. */
  byte[] digest(ImprintAlgorithm algorithm, byte[]... following) {
    var state = states.get(algorithm);
    if (state == null) {
      throw new IllegalStateException(algorithm + " was not kept");
    }
    var copy = copy(state);
    for (var each : following) {
      copy.update(each);
    }
    return copy.digest();
  }

  private static MessageDigest copy(MessageDigest state) {
    try {
      return (MessageDigest) state.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's digests can be copied", e);
    }
  }
}
