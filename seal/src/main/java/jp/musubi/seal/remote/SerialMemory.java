package jp.musubi.seal.remote;

import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/** The latest serial numbers of one authority's tokens: none comes twice (RFC 3161, 2.4.2). */
final class SerialMemory {
  private static final int REMEMBERED = 4096;

  private final SequencedSet<BigInteger> seen = new LinkedHashSet<>();

  /** Whether the serial number is new; it is remembered. */
  synchronized boolean isNew(BigInteger serial) {
    if (!seen.add(serial)) {
      return false;
    }
    if (seen.size() > REMEMBERED) {
      seen.removeFirst();
    }
    return true;
  }
}
