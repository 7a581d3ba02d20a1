package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The bytes of one file. Small files are read, large ones mapped, so that the heap does not grow
 * with them; a revision is a view on the same bytes and never a copy.
 */
final class Content {
  private static final int SMALL = 4_000_000;
  private static final int CHUNK = 64 * 1024;

  private final ByteBuffer bytes;

  private Content(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * Opens a file.
   *
   * @param arena for how long a large file stays mapped
   * @throws IOException when it cannot be read, or is larger than two gigabytes
   */
  static Content open(Path file, Arena arena) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var size = channel.size();
      if (size > Integer.MAX_VALUE) {
        throw new IOException("the file has %d bytes (expected: at most 2^31-1)".formatted(size));
      }
      if (size > SMALL) {
        return new Content(
            channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena).asByteBuffer());
      }
      var bytes = ByteBuffer.allocate((int) size);
      var more = true;
      while (more && bytes.hasRemaining()) {
        more = channel.read(bytes) >= 0;
      }
      return new Content(bytes.flip());
    }
  }

  /** Bytes that are in memory already. */
  static Content of(byte[] bytes) {
    return new Content(ByteBuffer.wrap(bytes));
  }

  int length() {
    return bytes.limit();
  }

  byte at(int index) {
    return bytes.get(index);
  }

  /** Copies a part. */
  byte[] part(int from, int to) {
    var part = new byte[to - from];
    bytes.get(from, part);
    return part;
  }

  /** A part, one character a byte. */
  String text(int from, int to) {
    return new String(part(from, to), ISO_8859_1);
  }

  /** Whether {@code what} stands at {@code at}. */
  boolean holds(String what, int at) {
    if (at < 0 || at + what.length() > length()) {
      return false;
    }
    for (var i = 0; i < what.length(); i++) {
      if (bytes.get(at + i) != what.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where {@code word} stands, every time (Horspool's search, a part of the file at a time). */
  List<Integer> find(String word) {
    var found = new ArrayList<Integer>();
    var last = word.length() - 1;
    var skip = new int[256];
    Arrays.fill(skip, word.length());
    for (var i = 0; i < last; i++) {
      skip[word.charAt(i)] = last - i;
    }
    var buffer = new byte[CHUNK];
    for (var start = 0; start + last < length(); ) {
      var many = read(start, length(), buffer);
      var at = 0;
      while (at + last < many) {
        if (buffer[at + last] == word.charAt(last) && holds(word, start + at)) {
          found.add(start + at);
        }
        at += skip[buffer[at + last] & 0xff];
      }
      // The word may lie across the border: goes on where no place has been tried yet.
      start += at;
    }
    return found;
  }

  /** The file as it stood after {@code length} bytes. */
  RandomAccessRead until(int length) {
    return new RandomAccessReadBuffer(bytes.slice(0, length));
  }

  /** Copies as much as fits into {@code target}, from {@code from} on, before {@code to}. */
  int read(int from, int to, byte[] target) {
    var many = Math.min(to - from, target.length);
    bytes.get(from, target, 0, many);
    return many;
  }
}
