package jp.musubi.seal.timestamp;

import java.util.ArrayDeque;

/**
 * How deep ASN.1 is nested, found without recursion: a recursive reader would die of some thousand
 * levels with an Error that nobody may catch.
 */
final class Nesting {
  private static final int CONSTRUCTED = 0x20;
  private static final int LONG_TAG = 0x1f;

  private Nesting() {}

  /** Whether {@code der} has more levels than {@code most}; broken lengths end the walk. */
  static boolean exceeds(byte[] der, int most) {
    var ends = new ArrayDeque<Integer>();
    var at = 0;
    while (at + 1 < der.length) {
      while (!ends.isEmpty() && at >= ends.peek()) {
        ends.pop();
      }
      var constructed = (der[at] & CONSTRUCTED) != 0;
      var length = at + 1;
      if ((der[at] & LONG_TAG) == LONG_TAG) {
        while (length < der.length && der[length] < 0) {
          length++;
        }
        length++;
      }
      if (length >= der.length) {
        return false;
      }
      var first = der[length] & 0xff;
      var content = length + 1;
      var size = first;
      if (first == 0x80) {
        // Indefinite: ends somewhere within what is around it.
        size = der.length - content;
      } else if (first > 0x80) {
        size = 0;
        for (var i = 0; i < first - 0x80 && content < der.length; i++) {
          size = Math.min((size << 8) | (der[content++] & 0xff), der.length);
        }
      }
      if (constructed) {
        ends.push(Math.min(der.length, content + size));
        if (ends.size() > most) {
          return true;
        }
        at = content;
      } else {
        at = Math.min(der.length, content + size);
      }
    }
    return false;
  }
}
