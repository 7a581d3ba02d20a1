package jp.musubi.seal.renewal;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ハッシュ木 — a Merkle tree over the digests of any number of objects, an object being one file or a
 * group of files that belong together (RFC 4998, 4.2). Its root is what a timestamp is asked for;
 * each object's reduced tree leads from its own digests to that root.
 *
 * <p>Binary, because that makes the shortest reduced trees. A node without a neighbour moves up as
 * it is. Takes about three digests of memory an object, in a few arrays. Not for use by several
 * threads.
 */
public final class HashTree {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

  private final HashAlgorithm algorithm;
  private final byte[] digests;
  private final int[] starts;
  private final List<byte[]> levels;

  private HashTree(HashAlgorithm algorithm, byte[] digests, int[] starts, List<byte[]> levels) {
    this.algorithm = algorithm;
    this.digests = digests;
    this.starts = starts;
    this.levels = levels;
  }

  /** Collects objects; see {@link #add}. */
  public static final class Builder {
    private final HashAlgorithm algorithm;
    private byte[] digests = new byte[0];
    private int[] starts = new int[16];
    private int used;
    private int objects;

    /** A tree of digests of one algorithm. */
    public Builder(HashAlgorithm algorithm) {
      this.algorithm = algorithm;
    }

    /**
     * Adds an object.
     *
     * @param files the digest of each of its files, at least one, each of the algorithm's length
     * @return the object's place in the tree, from 0
     */
    public int add(List<byte[]> files) {
      if (files.isEmpty()) {
        throw new IllegalArgumentException("an object without files");
      }
      var sorted = new ArrayList<>(files);
      sorted.sort(Arrays::compareUnsigned);
      for (var digest : sorted) {
        if (digest.length != algorithm.length()) {
          throw new IllegalArgumentException(
              "a digest of %d bytes (expected: %d)".formatted(digest.length, algorithm.length()));
        }
      }
      starts = objects + 1 < starts.length ? starts : Arrays.copyOf(starts, starts.length * 2);
      starts[objects] = used / algorithm.length();
      for (var digest : sorted) {
        reserve(digest.length);
        System.arraycopy(digest, 0, digests, used, digest.length);
        used += digest.length;
      }
      starts[objects + 1] = used / algorithm.length();
      return objects++;
    }

    /** Adds an object of one file. */
    public int add(byte[] digest) {
      return add(List.of(digest));
    }

    /** How many objects there are. */
    public int size() {
      return objects;
    }

    private void reserve(int bytes) {
      if (used > MOST_BYTES - bytes) {
        throw new IllegalStateException("more digests than one tree can hold; make two batches");
      }
      if (used + bytes > digests.length) {
        var doubled = Math.min(MOST_BYTES, Math.max(1024L, digests.length * 2L));
        digests = Arrays.copyOf(digests, (int) doubled);
      }
    }

    /**
     * Hashes the tree.
     *
     * @throws IllegalStateException when there is no object
     */
    public HashTree build() {
      if (objects == 0) {
        throw new IllegalStateException("a tree needs an object");
      }
      var all = Arrays.copyOf(digests, used);
      var places = Arrays.copyOf(starts, objects + 1);
      var hash = algorithm.digest();
      var levels = new ArrayList<byte[]>();
      levels.add(leaves(all, places, hash));
      while (levels.getLast().length > algorithm.length()) {
        levels.add(above(levels.getLast(), hash));
      }
      return new HashTree(algorithm, all, places, levels);
    }

    private byte[] leaves(byte[] all, int[] places, MessageDigest hash) {
      var length = algorithm.length();
      if (places[objects] == objects) {
        return all;
      }
      var leaves = new byte[objects * length];
      for (var n = 0; n < objects; n++) {
        var from = places[n] * length;
        var bytes = (places[n + 1] - places[n]) * length;
        if (bytes == length) {
          System.arraycopy(all, from, leaves, n * length, length);
        } else {
          hash.update(all, from, bytes);
          finish(hash, leaves, n * length);
        }
      }
      return leaves;
    }

    private byte[] above(byte[] level, MessageDigest hash) {
      var length = algorithm.length();
      var nodes = level.length / length;
      var above = new byte[(nodes + 1) / 2 * length];
      for (var n = 0; n + 1 < nodes; n += 2) {
        var left = n * length;
        var right = left + length;
        var ascending =
            Arrays.compareUnsigned(level, left, right, level, right, right + length) <= 0;
        hash.update(level, ascending ? left : right, length);
        hash.update(level, ascending ? right : left, length);
        finish(hash, above, left / 2);
      }
      if (nodes % 2 == 1) {
        System.arraycopy(level, level.length - length, above, above.length - length, length);
      }
      return above;
    }

    private void finish(MessageDigest hash, byte[] target, int at) {
      try {
        hash.digest(target, at, algorithm.length());
      } catch (DigestException e) {
        throw new IllegalStateException("a digest is as long as its algorithm says", e);
      }
    }
  }

  /** What every digest in the tree was made with. */
  public HashAlgorithm algorithm() {
    return algorithm;
  }

  /** How many objects the tree holds. */
  public int size() {
    return starts.length - 1;
  }

  /** What the timestamp is asked for. */
  public byte[] root() {
    return levels.getLast().clone();
  }

  /** The reducedHashtree of an object, [2] SEQUENCE OF PartialHashtree, in DER. */
  byte[] reduced(int object) {
    var length = algorithm.length();
    var own = (starts[object + 1] - starts[object]);
    var octets = Der.headerLength(length) + length;
    var bytes = Der.headerLength(own * octets) + own * octets;
    var single = Der.headerLength(octets) + octets;
    for (int level = 0, node = object; level < levels.size() - 1; level++, node /= 2) {
      bytes += (node ^ 1) * length < levels.get(level).length ? single : 0;
    }
    var der = new byte[Der.headerLength(bytes) + bytes];
    var at = Der.header(der, 0, ArchiveTimestamp.REDUCED_HASHTREE, bytes);
    at = Der.header(der, at, Der.SEQUENCE, own * octets);
    for (var n = 0; n < own; n++) {
      at = octets(der, at, digests, (starts[object] + n) * length);
    }
    for (int level = 0, node = object; level < levels.size() - 1; level++, node /= 2) {
      var neighbour = (node ^ 1) * length;
      if (neighbour < levels.get(level).length) {
        at = Der.header(der, at, Der.SEQUENCE, octets);
        at = octets(der, at, levels.get(level), neighbour);
      }
    }
    return der;
  }

  private int octets(byte[] target, int at, byte[] source, int from) {
    var length = algorithm.length();
    var contents = Der.header(target, at, Der.OCTET_STRING, length);
    System.arraycopy(source, from, target, contents, length);
    return contents + length;
  }
}
