package jp.musubi.seal.timestamp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Optional;
import jp.musubi.seal.ImprintAlgorithm;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.tsp.TimeStampRequestGenerator;

/** What an authority is asked (RFC 3161, 2.4.1): its certificates included, with a nonce. */
public final class TokenRequest {
  private final ImprintAlgorithm algorithm;
  private final byte[] imprint;
  private final BigInteger nonce;
  private final Optional<String> policy;

  /**
   * A request.
   *
   * @param nonce at least 64 random bits
   * @param policy the policy to ask for, as a dotted identifier
   * @throws IllegalArgumentException when the imprint is not of its algorithm's length
   */
  public TokenRequest(
      ImprintAlgorithm algorithm, byte[] imprint, BigInteger nonce, Optional<String> policy) {
    if (imprint.length != algorithm.length()) {
      throw new IllegalArgumentException(
          "imprint of %d bytes (expected: %d, %s)"
              .formatted(imprint.length, algorithm.length(), algorithm));
    }
    this.algorithm = algorithm;
    this.imprint = imprint.clone();
    this.nonce = nonce;
    this.policy = policy;
  }

  /** The DER of the TimeStampReq. */
  public byte[] encoded() {
    var generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    policy.map(ASN1ObjectIdentifier::new).ifPresent(generator::setReqPolicy);
    try {
      return generator.generate(identifier(), imprint, nonce).getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException("a timestamp request cannot be written", e);
    }
  }

  ASN1ObjectIdentifier identifier() {
    return switch (algorithm) {
      case SHA_256 -> NISTObjectIdentifiers.id_sha256;
      case SHA_384 -> NISTObjectIdentifiers.id_sha384;
      case SHA_512 -> NISTObjectIdentifiers.id_sha512;
    };
  }

  byte[] imprint() {
    return imprint;
  }

  BigInteger nonce() {
    return nonce;
  }
}
