package jp.musubi.bench.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Set;
import jp.musubi.bench.parts.Parts;

/**
 * 限界 — What no engine can be faster than: the file read and hashed once by the JDK, and the key
 * operations of the level. It writes nothing, or, as {@link WritingLimitEngine}, the file as it is.
 */
public final class LimitEngine implements Engine {
  private static final int CHUNK = 64 * 1024;

  private final Parts parts;
  private final boolean writes;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
  private final byte[] bytes = new byte[CHUNK];

  LimitEngine(Parts parts) {
    this(parts, false);
  }

  LimitEngine(Parts parts, boolean writes) {
    this.parts = parts;
    this.writes = writes;
  }

  /** Serves the limit. */
  public static void main(String[] args) throws IOException {
    EngineServer.main(args, LimitEngine::new);
  }

  @Override
  public Set<Level> levels() {
    return EnumSet.allOf(Level.class);
  }

  @Override
  public boolean validates() {
    return false;
  }

  @Override
  public void seal(Path source, Path target, Level level, String field, boolean first)
      throws IOException, GeneralSecurityException {
    var digest = writes ? copied(source, target) : hash(source, _ -> {});
    for (var operation = 0; operation < level.keyOperations(); operation++) {
      parts.seal().sign(digest);
    }
  }

  @Override
  public void validate(Path file) {
    throw new UnsupportedOperationException("the limit judges nothing");
  }

  private byte[] copied(Path source, Path target) throws IOException, GeneralSecurityException {
    try (var out =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      return hash(
          source,
          portion -> {
            while (portion.hasRemaining()) {
              out.write(portion);
            }
          });
    }
  }

  /** What else is done with a portion of the file. */
  private interface Passing {
    void portion(ByteBuffer portion) throws IOException;
  }

  private byte[] hash(Path file, Passing passing) throws IOException, GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-256");
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer.clear()) >= 0) {
        var count = buffer.flip().remaining();
        buffer.get(0, bytes, 0, count);
        digest.update(bytes, 0, count);
        passing.portion(buffer);
      }
    }
    return digest.digest();
  }
}
