package jp.musubi.seal.renewal;

import java.util.HashMap;
import java.util.Map;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.TimestampToken;

/**
 * タイムスタンプの更新 — one new timestamp over the newest timestamps of any number of records, with the hash
 * algorithm they have (RFC 4998, 5.2). Records of one batch share their newest timestamp, so the
 * tree is as large as the number of batches, not of records; no file is read.
 *
 * <p>Usage: {@link #add} every record, {@link #stamp} once, {@link Stamped#renew} every record
 * again, in any order. Before that, {@link Completion} puts into each record what its newest
 * timestamp needs.
 */
public final class TimestampRenewal {
  private final HashAlgorithm algorithm;
  private final HashTree.Builder tree;
  private final Map<Sha256, Integer> places = new HashMap<>();

  /** A renewal of records whose newest chain has this algorithm. */
  public TimestampRenewal(HashAlgorithm algorithm) {
    this.algorithm = algorithm;
    this.tree = new HashTree.Builder(algorithm);
  }

  /**
   * Takes a record in.
   *
   * @throws IllegalArgumentException when it is of another algorithm: that takes a {@link
   *     HashTreeRenewal}
   */
  public void add(EvidenceRecord record) {
    requireAlgorithm(record);
    var token = record.last().token();
    places.computeIfAbsent(Sha256.of(token), _ -> tree.add(algorithm.digest(token)));
  }

  /** How many different timestamps the new one will cover. */
  public int timestamps() {
    return tree.size();
  }

  /**
   * Asks for the new timestamp.
   *
   * @throws jp.musubi.seal.TimestampUnavailable within the authority's deadline
   */
  public Stamped stamp(TimestampAuthority authority) {
    var built = tree.build();
    return new Stamped(this, built, authority.timestamp(built.root()));
  }

  /** The renewal with its timestamp. */
  public static final class Stamped {
    private final TimestampRenewal renewal;
    private final HashTree tree;
    private final TimestampToken token;
    private final byte[] stripped;

    private Stamped(TimestampRenewal renewal, HashTree tree, TimestampToken token) {
      this.renewal = renewal;
      this.tree = tree;
      this.token = token;
      this.stripped = ValidationData.strippedFrom(token.der());
    }

    /** The new timestamp, with its certificates and the path they lead to. */
    public TimestampToken token() {
      return token;
    }

    /**
     * The record with the new timestamp, which stands there without its certificates.
     *
     * @throws IllegalArgumentException when the record, as it stands, was not added
     */
    public EvidenceRecord renew(EvidenceRecord record) {
      renewal.requireAlgorithm(record);
      var place = renewal.places.get(Sha256.of(record.last().token()));
      if (place == null) {
        throw new IllegalArgumentException("the record's newest timestamp was not added");
      }
      return record.extended(ArchiveTimestamp.of(tree, place, stripped));
    }
  }

  private void requireAlgorithm(EvidenceRecord record) {
    if (record.algorithm() != algorithm) {
      throw new IllegalArgumentException(
          "a record of %s (expected: %s)".formatted(record.algorithm(), algorithm));
    }
  }
}
