package jp.musubi.seal.renewal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** ハッシュ方式 — the digests an evidence record may be built with (FIPS 180-4). */
public enum HashAlgorithm {
  /** 32 bytes. */
  SHA_256("SHA-256", "2.16.840.1.101.3.4.2.1", 32),
  /** 48 bytes. */
  SHA_384("SHA-384", "2.16.840.1.101.3.4.2.2", 48),
  /** 64 bytes; what new records are built with (SIG-14). */
  SHA_512("SHA-512", "2.16.840.1.101.3.4.2.3", 64);

  private final String jdkName;
  private final String identifier;
  private final int length;

  HashAlgorithm(String jdkName, String identifier, int length) {
    this.jdkName = jdkName;
    this.identifier = identifier;
    this.length = length;
  }

  /** The algorithm of an object identifier; parameters, absent or NULL, make no difference. */
  static Optional<HashAlgorithm> of(ASN1ObjectIdentifier identifier) {
    return Arrays.stream(values())
        .filter(each -> each.identifier.equals(identifier.getId()))
        .findFirst();
  }

  /** How many bytes a digest has. */
  public int length() {
    return length;
  }

  /** A digest in progress, by the JDK's provider: several times as fast as Bouncy Castle's. */
  public MessageDigest digest() {
    try {
      return MessageDigest.getInstance(jdkName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + jdkName, e);
    }
  }

  /** Digests bytes. */
  public byte[] digest(byte[] bytes) {
    return digest().digest(bytes);
  }

  /** Digests a file, reading it once. */
  public byte[] digest(Path file) throws IOException {
    var digest = digest();
    try (var in = Files.newInputStream(file)) {
      var buffer = new byte[64 * 1024];
      for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return digest.digest();
  }

  ASN1ObjectIdentifier identifier() {
    return new ASN1ObjectIdentifier(identifier);
  }
}
