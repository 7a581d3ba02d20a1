package jp.musubi.seal.renewal;

import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.TimestampToken;
import org.bouncycastle.asn1.cms.ContentInfo;

/**
 * 証拠の束 — one timestamp over any number of objects, and the evidence record of each (SIG-11). A
 * record is made when it is asked for, in about ten microseconds; nothing but the tree is held.
 */
public final class EvidenceBatch {
  private final HashTree tree;
  private final TimestampToken token;
  private final byte[] stripped;

  private EvidenceBatch(HashTree tree, TimestampToken token) {
    this.tree = tree;
    this.token = token;
    this.stripped = ValidationData.strippedFrom(token.der());
  }

  /**
   * Asks for one timestamp over the whole tree.
   *
   * @param authority one that takes imprints of the tree's algorithm
   * @throws jp.musubi.seal.TimestampUnavailable within the authority's deadline
   */
  public static EvidenceBatch stamp(HashTree tree, TimestampAuthority authority) {
    return new EvidenceBatch(tree, authority.timestamp(tree.root()));
  }

  /** How many records there are. */
  public int size() {
    return tree.size();
  }

  /** The timestamp, with its certificates and the path they lead to. */
  public TimestampToken token() {
    return token;
  }

  /**
   * The record of an object in DER, without the authority's certificates: those are the same for
   * the whole batch and kept once, as {@link ValidationData}.
   *
   * @param object its place in the tree
   */
  public byte[] compact(int object) {
    return EvidenceRecord.firstDer(tree, object, stripped);
  }

  /** All compact records, in the order of the tree. */
  public Iterator<byte[]> compact() {
    return all().iterator();
  }

  private Stream<byte[]> all() {
    return IntStream.range(0, size()).mapToObj(this::compact);
  }

  /**
   * The record of an object in DER that needs nothing beside it.
   *
   * @param data the batch's validation data
   */
  public byte[] complete(int object, ValidationData data) {
    return EvidenceRecord.firstDer(
        tree,
        object,
        data.and(ValidationData.in(token.der())).in(ContentInfo.getInstance(stripped)));
  }
}
