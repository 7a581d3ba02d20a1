package jp.musubi.seal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/**
 * The CMS of a PAdES baseline signature (ETSI EN 319 142-1, 6.3; RFC 5652): detached, one signer,
 * content-type, message-digest and signing-certificate-v2 and no signing-time. Put together from
 * finished DER: certificates and tokens go in byte for byte as they came, and the size of the whole
 * is known before there is a signature.
 */
final class SealCms {
  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int CONTEXT_0 = 0xa0;
  private static final int CONTEXT_1 = 0xa1;

  private final List<X509Certificate> chain;
  private final String algorithm;

  /** The CMS of a key's signatures. */
  SealCms(List<X509Certificate> chain, String algorithm) {
    this.chain = List.copyOf(chain);
    this.algorithm = algorithm;
  }

  List<X509Certificate> chain() {
    return chain;
  }

  String algorithm() {
    return algorithm;
  }

  /** What the signature algorithm hashes with, and therefore the document too (RFC 8933). */
  ImprintAlgorithm digest() {
    if (algorithm.startsWith("SHA256with")) {
      return ImprintAlgorithm.SHA_256;
    }
    if (algorithm.startsWith("SHA384with")) {
      return ImprintAlgorithm.SHA_384;
    }
    if (algorithm.startsWith("SHA512with")) {
      return ImprintAlgorithm.SHA_512;
    }
    throw new KeyUnavailable(
        "signature algorithm %s (expected: one with SHA-256, SHA-384 or SHA-512)"
            .formatted(algorithm),
        null);
  }

  /** The DER of the signed attributes, which is what the key signs (RFC 5652, 5.4). */
  byte[] signedAttributes(byte[] documentDigest) {
    var certificateHash = ImprintAlgorithm.SHA_256.digest().digest(encoded(chain.getFirst()));
    return setOf(
        SET,
        List.of(
            attribute(CMSAttributes.contentType, oid(CMSObjectIdentifiers.data)),
            attribute(CMSAttributes.messageDigest, tlv(OCTETS, documentDigest)),
            // ESSCertIDv2 with its default, SHA-256 (RFC 5035).
            attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                tlv(SEQUENCE, tlv(SEQUENCE, tlv(SEQUENCE, tlv(OCTETS, certificateHash)))))));
  }

  /** How large the CMS will be at most. */
  int size(byte[] signedAttributes, int tokenBytes) {
    return assemble(signedAttributes, new byte[signatureBytes()], new byte[tokenBytes]).length;
  }

  /** The finished CMS. */
  byte[] assemble(byte[] signedAttributes, byte[] signature, byte[] token) {
    var digestAlgorithm = tlv(SEQUENCE, oid(digestOid()));
    var implicitAttributes = signedAttributes.clone();
    implicitAttributes[0] = (byte) CONTEXT_0;
    var leaf = chain.getFirst();
    var signer =
        tlv(
            SEQUENCE,
            integer(BigInteger.ONE),
            tlv(
                SEQUENCE,
                leaf.getIssuerX500Principal().getEncoded(),
                integer(leaf.getSerialNumber())),
            digestAlgorithm,
            implicitAttributes,
            signatureAlgorithm(),
            tlv(OCTETS, signature),
            tlv(CONTEXT_1, attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, token)));
    var signed =
        tlv(
            SEQUENCE,
            integer(BigInteger.ONE),
            tlv(SET, digestAlgorithm),
            tlv(SEQUENCE, oid(CMSObjectIdentifiers.data)),
            setOf(CONTEXT_0, withoutRoot().stream().map(SealCms::encoded).toList()),
            tlv(SET, signer));
    return tlv(SEQUENCE, oid(CMSObjectIdentifiers.signedData), tlv(CONTEXT_0, signed));
  }

  /**
   * Reads a signature's /Contents, whose slot is filled up with zeros behind the DER. Anything but
   * zeros there is refused: nothing may hide in the slot.
   */
  static CMSSignedData read(byte[] contents) {
    try (var in = new ASN1InputStream(contents)) {
      var der = in.readObject();
      for (var next = in.read(); next >= 0; next = in.read()) {
        if (next != 0) {
          throw new UnsealablePdf("a signature is followed by other bytes in its slot", null);
        }
      }
      return new CMSSignedData(ContentInfo.getInstance(der));
    } catch (IOException | CMSException | RuntimeException e) {
      // Bouncy Castle reports some malformed structures by IllegalArgumentException and the like.
      throw e instanceof SealException refused
          ? refused
          : new UnsealablePdf("a signature in the document cannot be read", e);
    }
  }

  private int signatureBytes() {
    return switch (chain.getFirst().getPublicKey()) {
      case RSAKey rsa -> (rsa.getModulus().bitLength() + 7) / 8;
      case ECKey ec -> {
        var number = ec.getParams().getOrder().bitLength() / 8 + 1;
        yield tlv(SEQUENCE, tlv(INTEGER, new byte[number]), tlv(INTEGER, new byte[number])).length;
      }
      default ->
          throw new KeyUnavailable(
              "sealing key: %s (expected: RSA or elliptic curve)"
                  .formatted(chain.getFirst().getPublicKey().getAlgorithm()),
              null);
    };
  }

  private List<X509Certificate> withoutRoot() {
    return chain.stream()
        .filter(c -> !c.getSubjectX500Principal().equals(c.getIssuerX500Principal()))
        .toList();
  }

  private ASN1ObjectIdentifier digestOid() {
    return switch (digest()) {
      case SHA_256 -> NISTObjectIdentifiers.id_sha256;
      case SHA_384 -> NISTObjectIdentifiers.id_sha384;
      case SHA_512 -> NISTObjectIdentifiers.id_sha512;
    };
  }

  private byte[] signatureAlgorithm() {
    try {
      return new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm).getEncoded("DER");
    } catch (IOException e) {
      throw new KeyUnavailable("signature algorithm " + algorithm, e);
    }
  }

  private static byte[] attribute(ASN1ObjectIdentifier type, byte[] value) {
    return tlv(SEQUENCE, oid(type), tlv(SET, value));
  }

  private static byte[] oid(ASN1ObjectIdentifier oid) {
    try {
      return oid.getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be written", e);
    }
  }

  private static byte[] integer(BigInteger number) {
    return tlv(INTEGER, number.toByteArray());
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new KeyUnavailable("the sealing certificate cannot be read", e);
    }
  }

  /** DER sorts the elements of a set by their encoding (X.690, 11.6). */
  private static byte[] setOf(int tag, List<byte[]> elements) {
    return tlv(tag, elements.stream().sorted(Arrays::compareUnsigned).toArray(byte[][]::new));
  }

  private static byte[] tlv(int tag, byte[]... parts) {
    var length = 0;
    for (var part : parts) {
      length += part.length;
    }
    var out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      var digits = (32 - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(0x80 | digits);
      for (var shift = 8 * (digits - 1); shift >= 0; shift -= 8) {
        out.write(length >>> shift);
      }
    }
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
