package jp.musubi.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a timestamp's imprint is made with (ADR 0011: nothing weaker than SHA-256). */
public enum ImprintAlgorithm {
  /** 32 bytes. */
  SHA_256("SHA-256", 32),
  /** 48 bytes. */
  SHA_384("SHA-384", 48),
  /** 64 bytes. */
  SHA_512("SHA-512", 64);

  private final String digestName;
  private final int length;

  ImprintAlgorithm(String digestName, int length) {
    this.digestName = digestName;
    this.length = length;
  }

  /** The name of the digest as the JDK calls it. */
  public String digestName() {
    return digestName;
  }

  /** Length of an imprint in bytes. */
  public int length() {
    return length;
  }

  /**
   * The algorithm whose imprints have this length.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ImprintAlgorithm ofLength(int bytes) {
    for (var algorithm : values()) {
      if (algorithm.length == bytes) {
        return algorithm;
      }
    }
    throw new IllegalArgumentException(
        "a digest of %d bytes (expected: 32, 48 or 64)".formatted(bytes));
  }

  /** A digest in progress, by the JDK's provider: several times as fast as Bouncy Castle's. */
  public MessageDigest digest() {
    try {
      return MessageDigest.getInstance(digestName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + digestName, e);
    }
  }
}
