package jp.musubi.seal.validation;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import jp.musubi.seal.Sha256;

/**
 * Digests of the signed ranges and of the file. Ranges nest: what one covers is the beginning of
 * what the next covers; so the running digest is copied at each gap and no byte is hashed twice for
 * one algorithm but the few behind the gaps.
 */
final class Digests {
  private static final int CHUNK = 64 * 1024;

  private final Content content;
  private final List<SignedRange> ranges;
  private final Map<String, Map<SignedRange, byte[]>> known = new HashMap<>();
  private byte[] file = new byte[0];

  /**
   * Digests nothing yet.
   *
   * @param ranges in the order of their ends, none beginning its gap before the end of the one
   *     before it
   */
  Digests(Content content, List<SignedRange> ranges) {
    this.content = content;
    this.ranges = List.copyOf(ranges);
  }

  /** The digest of the whole file. */
  Sha256 file() throws GeneralSecurityException {
    of("SHA-256");
    return new Sha256(HexFormat.of().formatHex(file));
  }

  /** The digest of what a signature covers, by the algorithm's JCA name. */
  byte[] of(SignedRange range, String algorithm) throws GeneralSecurityException {
    var digest = of(algorithm).get(range);
    if (digest == null) {
      throw new IllegalArgumentException("a range that was not given");
    }
    return digest.clone();
  }

  private Map<SignedRange, byte[]> of(String algorithm) throws GeneralSecurityException {
    var already = known.get(algorithm);
    if (already != null) {
      return already;
    }
    var digests = new HashMap<SignedRange, byte[]>();
    var running = MessageDigest.getInstance(algorithm);
    var buffer = new byte[CHUNK];
    var at = 0;
    try {
      for (var range : ranges) {
        feed(running, at, range.firstEnd(), buffer);
        at = range.firstEnd();
        var own = (MessageDigest) running.clone();
        feed(own, range.secondStart(), range.end(), buffer);
        digests.put(range, own.digest());
      }
    } catch (CloneNotSupportedException e) {
      throw new GeneralSecurityException(algorithm + " cannot be copied while it runs", e);
    }
    if (algorithm.equals("SHA-256")) {
      feed(running, at, content.length(), buffer);
      file = running.digest();
    }
    known.put(algorithm, digests);
    return digests;
  }

  private void feed(MessageDigest digest, int from, int to, byte[] buffer) {
    for (var at = from; at < to; ) {
      var many = content.read(at, to, buffer);
      digest.update(buffer, 0, many);
      at += many;
    }
  }
}
