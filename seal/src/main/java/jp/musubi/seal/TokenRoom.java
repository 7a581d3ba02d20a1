package jp.musubi.seal;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much room a timestamp token needs: measured on the last token that the authority gave, and
 * asked for once when it gave none yet.
 */
final class TokenRoom {
  /**
   * By how much tokens of one authority differ: nonce (2 bytes), serial number (2), an ECDSA
   * signature (4), fractions of a second (8), and longer lengths around them (8).
   */
  private static final int MARGIN = 24;

  private final TimestampAuthority authority;
  private final Map<ImprintAlgorithm, AtomicInteger> last = new EnumMap<>(ImprintAlgorithm.class);

  TokenRoom(TimestampAuthority authority) {
    this.authority = authority;
    for (var algorithm : ImprintAlgorithm.values()) {
      last.put(algorithm, new AtomicInteger());
    }
  }

  /** Bytes that the next token will fit in, unless another authority answers. */
  int bytes() {
    if (last().get() == 0) {
      token();
    }
    return last().get() + MARGIN;
  }

  /** A token over the digest of bytes. */
  TimestampToken token(byte[]... stamped) {
    var digest = authority.imprintAlgorithm().digest();
    for (var each : stamped) {
      digest.update(each);
    }
    return tokenOver(digest.digest());
  }

  /** A token over a digest. */
  TimestampToken tokenOver(byte[] imprint) {
    var token = authority.timestamp(imprint);
    last().set(token.der().length);
    return token;
  }

  private AtomicInteger last() {
    return java.util.Objects.requireNonNull(last.get(authority.imprintAlgorithm()));
  }
}
