package jp.musubi.index;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Which of a block's places have a term, as bytes: a bit a place, or 2 bytes for each of a few. */
final class Members {
  /** How many contracts a block holds at most. */
  static final int PLACES = 4096;

  private static final int BITMAP = PLACES / 8;

  private Members() {}

  static byte[] pack(BitSet members) {
    var few = members.cardinality();
    if (few * Short.BYTES >= BITMAP) {
      return ByteBuffer.allocate(BITMAP).put(members.toByteArray()).array();
    }
    var packed = ByteBuffer.allocate(few * Short.BYTES);
    members.stream().forEach(place -> packed.putShort((short) place));
    return packed.array();
  }

  static BitSet read(byte[] packed) {
    if (packed.length == BITMAP) {
      return BitSet.valueOf(packed);
    }
    var members = new BitSet(PLACES);
    for (var places = ByteBuffer.wrap(packed); places.remaining() >= Short.BYTES; ) {
      members.set(Short.toUnsignedInt(places.getShort()) % PLACES);
    }
    return members;
  }
}
