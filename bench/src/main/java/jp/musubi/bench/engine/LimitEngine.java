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
 * operations of the level. It writes nothing.
 */
public final class LimitEngine implements Engine {
  private static final int CHUNK = 256 * 1024;

  private final Parts parts;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);

  LimitEngine(Parts parts) {
    this.parts = parts;
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
    var digest = hash(source);
    for (var operation = 0; operation < level.keyOperations(); operation++) {
      parts.seal().sign(digest);
    }
  }

  @Override
  public void validate(Path file) {
    throw new UnsupportedOperationException("the limit judges nothing");
  }

  private byte[] hash(Path file) throws IOException, GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-256");
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    return digest.digest();
  }
}
