package jp.musubi.seal.renewal;

import java.io.IOException;
import java.util.Arrays;

/**
 * Writes the few shapes of DER (X.690) that evidence records repeat a million times: a general
 * encoder takes longer over one record than the whole of it may cost.
 */
final class Der {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;

  private Der() {}

  /** One value: tag, length and the parts one after another. */
  static byte[] value(int tag, byte[]... parts) {
    var length = 0;
    for (var part : parts) {
      length += part.length;
    }
    var der = new byte[headerLength(length) + length];
    var at = header(der, 0, tag, length);
    for (var part : parts) {
      System.arraycopy(part, 0, der, at, part.length);
      at += part.length;
    }
    return der;
  }

  static int headerLength(int length) {
    return length < 0x80
        ? 2
        : length < 0x100 ? 3 : length < 0x1_0000 ? 4 : length < 0x100_0000 ? 5 : 6;
  }

  /** Writes tag and length at {@code at} and tells where the contents begin. */
  static int header(byte[] target, int at, int tag, int length) {
    var next = at;
    target[next++] = (byte) tag;
    if (length < 0x80) {
      target[next++] = (byte) length;
      return next;
    }
    var octets = headerLength(length) - 2;
    target[next++] = (byte) (0x80 | octets);
    for (var shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
      target[next++] = (byte) (length >>> shift);
    }
    return next;
  }

  /** Refuses what is not the one DER encoding of what it says. */
  static void requireCanonical(byte[] given, byte[] encodedAgain) throws IOException {
    if (!Arrays.equals(given, encodedAgain)) {
      throw new IOException("not in DER, or with bytes that belong to nothing");
    }
  }
}
