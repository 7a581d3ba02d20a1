package jp.musubi.seal.inspection;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * What a JBIG2 image asks its decoder to hold (ITU-T T.88, 7.2 and 7.4), read from its segment
 * headers alone: a kilobyte may ask for gigabytes, whatever size the PDF tells (PDF-P15).
 */
final class Jbig2 {
  private static final int PAGE = 48;
  private static final Set<Integer> REGIONS = Set.of(4, 6, 7, 20, 22, 23, 36, 38, 39, 40, 42, 43);
  private static final long UNKNOWN = 0xffff_ffffL;

  /**
   * 7 says that a long count follows (T.88, 7.2.4); decoders take the unused 5 and 6 for it, too.
   */
  private static final int LONG_FORM = 5;

  private Jbig2() {}

  /** The pixels of the largest page or region; as many as there can be when a header lies. */
  static long pixels(byte[] segments) {
    var largest = 0L;
    var in = ByteBuffer.wrap(segments);
    try {
      while (in.hasRemaining()) {
        var number = unsigned(in);
        var flags = in.get();
        if (!skipReferences(in, number)) {
          return Long.MAX_VALUE;
        }
        in.position(Math.addExact(in.position(), (flags & 0x40) == 0 ? 1 : 4));
        var length = unsigned(in);
        var kind = flags & 0x3f;
        var data = in.position();
        if (kind == PAGE || REGIONS.contains(kind)) {
          largest = Math.max(largest, pixels(unsigned(in), unsigned(in)));
        }
        // Counted from where the data begin: a region may say that it is shorter than its own size.
        in.position(data);
        if (length > in.remaining()) {
          return largest;
        }
        in.position(data + (int) length);
      }
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException cutOff) {
      return largest;
    }
    return largest;
  }

  /** The height of a page in stripes is not told; its stripes are regions. */
  private static long pixels(long width, long height) {
    return height == UNKNOWN ? width : width * Math.min(height, Integer.MAX_VALUE);
  }

  /** False when there would be more references than bytes. */
  private static boolean skipReferences(ByteBuffer in, long number) {
    var each = number <= 256 ? 1 : number <= 65_536 ? 2 : 4;
    var start = in.position();
    long count = (in.get(start) & 0xff) >> 5;
    var retained = 1L;
    if (count >= LONG_FORM) {
      count = in.getInt(start) & 0x1fff_ffffL;
      retained = Integer.BYTES + (count + 8) / 8;
    }
    var bytes = retained + count * each;
    if (bytes > in.remaining()) {
      return false;
    }
    in.position(start + (int) bytes);
    return true;
  }

  private static long unsigned(ByteBuffer in) {
    return in.getInt() & UNKNOWN;
  }
}
