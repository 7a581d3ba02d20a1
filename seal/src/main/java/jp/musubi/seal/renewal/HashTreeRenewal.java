package jp.musubi.seal.renewal;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.TimestampToken;

/**
 * ハッシュ木の更新 — a new chain with a new hash algorithm for any number of records: every file is hashed
 * again, and what is stamped is H(H(file) ‖ H(all chains so far)) (RFC 4998, 5.2).
 *
 * <p>Usage: {@link #add} every record with the new digests of its files, {@link #stamp} once,
 * {@link Stamped#renew} every record again with the place it was given. Before that, {@link
 * Completion} puts into each record what its newest timestamp needs.
 */
public final class HashTreeRenewal {
  private final HashAlgorithm algorithm;
  private final HashTree.Builder tree;

  /** A renewal to an algorithm. */
  public HashTreeRenewal(HashAlgorithm algorithm) {
    this.algorithm = algorithm;
    this.tree = new HashTree.Builder(algorithm);
  }

  /**
   * Takes a record in.
   *
   * @param files the digest of each of the object's files, of the new algorithm
   * @return its place, from 0
   */
  public int add(EvidenceRecord record, List<byte[]> files) {
    return tree.add(covering(algorithm, files, record.sequence()));
  }

  /** What a new chain has to cover, for each file. */
  static List<byte[]> covering(HashAlgorithm algorithm, List<byte[]> files, byte[] sequence) {
    var before = algorithm.digest(sequence);
    var digest = algorithm.digest();
    var both = new ArrayList<byte[]>();
    for (var file : files) {
      digest.update(file);
      both.add(digest.digest(before));
    }
    return both;
  }

  /**
   * Asks for the new timestamp.
   *
   * @throws jp.musubi.seal.TimestampUnavailable within the authority's deadline
   */
  public Stamped stamp(TimestampAuthority authority) {
    var built = tree.build();
    return new Stamped(built, authority.timestamp(built.root()));
  }

  /** The renewal with its timestamp. */
  public static final class Stamped {
    private final HashTree tree;
    private final TimestampToken token;
    private final byte[] stripped;

    private Stamped(HashTree tree, TimestampToken token) {
      this.tree = tree;
      this.token = token;
      this.stripped = ValidationData.strippedFrom(token.der());
    }

    /** The new timestamp, with its certificates and the path they lead to. */
    public TimestampToken token() {
      return token;
    }

    /**
     * The record with the new chain, whose timestamp stands there without its certificates.
     *
     * @param place what {@link HashTreeRenewal#add} gave to this record
     */
    public EvidenceRecord renew(EvidenceRecord record, int place) {
      return record.rehashed(ArchiveTimestamp.of(tree, place, stripped));
    }
  }
}
