package jp.musubi.seal.pdf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The bytes of an incremental update, with or without room for a signature's value in them. */
public final class Appendix {
  private static final HexFormat HEX = HexFormat.of();

  private final byte[] bytes;
  private final int from;
  private final int to;

  private Appendix(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  static Appendix plain(byte[] bytes) {
    return new Appendix(bytes, bytes.length, bytes.length);
  }

  /**
   * An update that waits for a signature.
   *
   * @param from where the room's {@code <} stands in the bytes
   * @param to behind the room's {@code >}
   * @throws IllegalArgumentException when no room is there
   */
  public static Appendix withRoom(byte[] bytes, int from, int to) {
    if (from < 0
        || to > bytes.length
        || from + 2 > to
        || bytes[from] != '<'
        || bytes[to - 1] != '>'
        || (to - from) % 2 != 0) {
      throw new IllegalArgumentException("no room for a signature at %d to %d".formatted(from, to));
    }
    return new Appendix(bytes.clone(), from, to);
  }

  /** How many bytes the update has. */
  public int length() {
    return bytes.length;
  }

  /** The update as it stands. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Where the room begins. */
  public int from() {
    return from;
  }

  /** Where the room ends. */
  public int to() {
    return to;
  }

  /** How many bytes the room holds. */
  public int room() {
    return (to - from) / 2 - 1;
  }

  /** What a signature covers of the update: all before the room, and all behind it. */
  public byte[][] covered() {
    return new byte[][] {
      Arrays.copyOfRange(bytes, 0, from), Arrays.copyOfRange(bytes, to, bytes.length)
    };
  }

  /**
   * The update with the value in its room; what is left over stays zero.
   *
   * @throws IllegalArgumentException when the value is larger than its room
   */
  public byte[] filled(byte[] value) {
    if (value.length > room()) {
      throw new IllegalArgumentException(
          "%d bytes for a room of %d".formatted(value.length, room()));
    }
    var filled = bytes.clone();
    var digits = HEX.formatHex(value).getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(digits, 0, filled, from + 1, digits.length);
    return filled;
  }
}
