package jp.musubi.seal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * 写し — a file on its way to its place: it lies beside it under another name until it is whole, and
 * is gone when it does not become so.
 */
final class Copy implements WritableByteChannel, Closeable {
  private static final int PORTION = 64 * 1_024;

  private final Path target;
  private final Path part;
  private @Nullable FileChannel out;

  private Copy(Path target) {
    this.target = target;
    part = target.resolveSibling(target.getFileName() + ".part");
  }

  /** Nothing is there yet. */
  static Copy to(Path target) {
    return new Copy(target);
  }

  boolean isTo(Path other) {
    return target.equals(other);
  }

  /** Whether something was written already. */
  @Override
  public boolean isOpen() {
    return out != null;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    var to = channel();
    var end = bytes.limit();
    var from = bytes.position();
    while (bytes.position() < end) {
      // In portions that stay in the processor's cache on their way.
      to.write(bytes.limit(Math.min(end, bytes.position() + PORTION)));
    }
    return end - from;
  }

  /** Copies a whole file of that many bytes without looking at it. */
  void write(Path file, long bytes) throws IOException {
    var to = channel();
    try (var in = FileChannel.open(file)) {
      for (var at = 0L; at < bytes; ) {
        var moved = in.transferTo(at, bytes - at, to);
        if (moved <= 0) {
          throw new IOException("the document became shorter while it was copied");
        }
        at += moved;
      }
    }
  }

  /** Puts the file in its place. */
  void finish() throws IOException {
    channel().close();
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    out = null;
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
      out = null;
      Files.deleteIfExists(part);
    }
  }

  private FileChannel channel() throws IOException {
    if (out == null) {
      // What a process that was killed left behind is nobody's.
      Files.deleteIfExists(part);
      out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
    return out;
  }
}
