package jp.musubi.seal;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the next timestamp token before it is there: how much room it needs and who will
 * sign it. Read from the last token that the authority gave, and asked for once when it gave none.
 */
final class TokenRoom {
  /**
   * By how much tokens of one authority differ: nonce (2 bytes), serial number (2), an ECDSA
   * signature (4), fractions of a second (8), and longer lengths around them (8).
   */
  private static final int MARGIN = 24;

  private final TimestampAuthority authority;
  private final Map<ImprintAlgorithm, TimestampToken> last = new ConcurrentHashMap<>();

  TokenRoom(TimestampAuthority authority) {
    this.authority = authority;
  }

  /** Bytes that the next token will fit in, unless another authority answers. */
  int bytes() {
    return last().der().length + MARGIN;
  }

  /** The path of the certificate that will sign it, unless another authority answers. */
  List<X509Certificate> path() {
    return last().path();
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
    last.put(authority.imprintAlgorithm(), token);
    return token;
  }

  private TimestampToken last() {
    var known = last.get(authority.imprintAlgorithm());
    return known == null ? token() : known;
  }
}
