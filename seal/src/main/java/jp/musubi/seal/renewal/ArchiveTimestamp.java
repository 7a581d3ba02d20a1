package jp.musubi.seal.renewal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.tsp.ArchiveTimeStamp;

/**
 * 保管用タイムスタンプ — one link of an evidence record: a timestamp and the reduced hash tree that leads to
 * it (RFC 4998, 4.1).
 */
final class ArchiveTimestamp {
  static final int REDUCED_HASHTREE = 0xA2;
  private static final int DIGEST_ALGORITHM = 0xA0;

  private final HashAlgorithm algorithm;
  private final List<List<byte[]>> hashtree;
  private final byte[] token;
  private final byte[] der;

  private ArchiveTimestamp(
      HashAlgorithm algorithm, List<List<byte[]>> hashtree, byte[] token, byte[] der) {
    this.algorithm = algorithm;
    this.hashtree = hashtree;
    this.token = token;
    this.der = der;
  }

  /** The DER of the link of one object of a tree. */
  static byte[] der(HashTree tree, int object, byte[] token) {
    return Der.value(
        Der.SEQUENCE,
        Der.value(DIGEST_ALGORITHM, identifier(tree.algorithm())),
        tree.reduced(object),
        token);
  }

  /** An AlgorithmIdentifier without parameters, as RFC 5754 wants it for SHA-2. */
  static byte[] algorithmIdentifier(HashAlgorithm algorithm) {
    return Der.value(Der.SEQUENCE, identifier(algorithm));
  }

  private static byte[] identifier(HashAlgorithm algorithm) {
    try {
      return algorithm.identifier().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("an object identifier cannot be encoded", e);
    }
  }

  /** The link of one object of a tree. */
  static ArchiveTimestamp of(HashTree tree, int object, byte[] token) {
    try {
      return read(ArchiveTimeStamp.getInstance(der(tree, object, token)));
    } catch (IOException e) {
      throw new IllegalStateException("what was just written cannot be read", e);
    }
  }

  static ArchiveTimestamp read(ArchiveTimeStamp structure) throws IOException {
    var identifier = structure.getDigestAlgorithmIdentifier();
    var algorithm =
        HashAlgorithm.of(identifier.getAlgorithm())
            .orElseThrow(() -> new IOException("hash algorithm " + identifier.getAlgorithm()));
    var hashtree = new ArrayList<List<byte[]>>();
    var partial = structure.getReducedHashTree();
    if (partial != null) {
      for (var list : partial) {
        hashtree.add(List.of(list.getValues()));
      }
      if (hashtree.isEmpty() || hashtree.stream().anyMatch(List::isEmpty)) {
        throw new IOException("an empty list in a hash tree");
      }
    }
    return new ArchiveTimestamp(
        algorithm,
        List.copyOf(hashtree),
        structure.getTimeStamp().getEncoded(ASN1Encoding.DER),
        structure.getEncoded(ASN1Encoding.DER));
  }

  HashAlgorithm algorithm() {
    return algorithm;
  }

  byte[] token() {
    return token;
  }

  byte[] der() {
    return der;
  }

  /** This link with its token changed in what the token's signature leaves open. */
  ArchiveTimestamp withToken(byte[] other) {
    var head = Arrays.copyOfRange(der, contents(der), der.length - token.length);
    return new ArchiveTimestamp(algorithm, hashtree, other, Der.value(Der.SEQUENCE, head, other));
  }

  private static int contents(byte[] der) {
    return (der[1] & 0x80) == 0 ? 2 : 2 + (der[1] & 0x7F);
  }

  /**
   * The digest that the timestamp has to carry if it covers these digests (RFC 4998, 4.3): empty
   * when one of them is not in the first list, or the list holds something else.
   */
  Optional<byte[]> rootOver(List<byte[]> objects) {
    if (hashtree.isEmpty()) {
      return objects.size() == 1 ? Optional.of(objects.getFirst()) : Optional.empty();
    }
    if (!isSame(hashtree.getFirst(), objects)) {
      return Optional.empty();
    }
    var digest = algorithm.digest();
    var node = new byte[0];
    for (var list : hashtree) {
      var values = new ArrayList<>(list);
      if (node.length > 0) {
        values.add(node);
      }
      values.sort(Arrays::compareUnsigned);
      if (values.size() == 1) {
        // A single digest is its own node: nothing is hashed that need not be (RFC 6283, 3.1.1).
        node = values.getFirst();
      } else {
        values.forEach(digest::update);
        node = digest.digest();
      }
    }
    return Optional.of(node);
  }

  private boolean isSame(List<byte[]> list, List<byte[]> objects) {
    if (list.size() != objects.size()
        || hashtree.stream().flatMap(List::stream).anyMatch(v -> v.length != algorithm.length())) {
      return false;
    }
    var a = new ArrayList<>(list);
    var b = new ArrayList<>(objects);
    a.sort(Arrays::compareUnsigned);
    b.sort(Arrays::compareUnsigned);
    for (var n = 0; n < a.size(); n++) {
      if (!Arrays.equals(a.get(n), b.get(n))) {
        return false;
      }
    }
    return true;
  }
}
