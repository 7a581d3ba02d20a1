package jp.musubi.bench.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.Accuracy;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.jspecify.annotations.Nullable;

/**
 * 時刻認証局 — RFC 3161 tokens in the same thread. Whatever is the same for each token is made once, so
 * that little but the key operation is left: an authority's own cost is no engine's.
 */
public final class Timestamping {
  /** Under ITU-T X.660's arc for examples. */
  private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("2.999.25.1");

  private static final AlgorithmIdentifier SHA_256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
  private static final Accuracy ACCURACY = new Accuracy(new ASN1Integer(1L), null, null);

  private final Signing signing;
  private final Meter meter;
  private final Clock clock;
  private final AtomicLong issued = new AtomicLong();
  private final SignerIdentifier signer;
  private final AlgorithmIdentifier algorithm;
  private final ASN1Set certificates;
  private final Attribute contentType;
  private final Attribute signingCertificate;

  Timestamping(Signing signing, Meter meter, Clock clock) {
    this.signing = signing;
    this.meter = meter;
    this.clock = clock;
    try {
      var chain = new ASN1EncodableVector();
      for (var certificate : signing.identity().chain()) {
        chain.add(Certificate.getInstance(certificate.getEncoded()));
      }
      certificates = new DERSet(chain);
      var own = signing.identity().certificate().getEncoded();
      var certificate = Certificate.getInstance(own);
      signer =
          new SignerIdentifier(
              new IssuerAndSerialNumber(
                  certificate.getIssuer(), certificate.getSerialNumber().getValue()));
      signingCertificate =
          attribute(
              PKCSObjectIdentifiers.id_aa_signingCertificateV2,
              new SigningCertificateV2(new ESSCertIDv2[] {new ESSCertIDv2(sha256(own))}));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A timestamp certificate cannot be encoded", e);
    }
    algorithm = new DefaultSignatureAlgorithmIdentifierFinder().find(signing.algorithm());
    contentType = attribute(CMSAttributes.contentType, PKCSObjectIdentifiers.id_ct_TSTInfo);
  }

  /** The authority's key and path. */
  public Signing signing() {
    return signing;
  }

  /** A token over a SHA-256 digest: one key operation. */
  public Token token(byte[] imprint) {
    return token(new MessageImprint(SHA_256, imprint), null);
  }

  /** A token over any digest, with the request's nonce: one key operation. */
  public Token token(MessageImprint imprint, @Nullable ASN1Integer nonce) {
    return meter.during(() -> made(imprint, nonce));
  }

  private Token made(MessageImprint imprint, @Nullable ASN1Integer nonce) {
    try {
      var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      var serial = BigInteger.valueOf(issued.incrementAndGet());
      var info =
          new TSTInfo(
                  POLICY,
                  imprint,
                  new ASN1Integer(serial),
                  new ASN1GeneralizedTime(Date.from(now)),
                  ACCURACY,
                  null,
                  nonce,
                  null,
                  null)
              .getEncoded(ASN1Encoding.DER);
      var attributes =
          new DERSet(
              new ASN1Encodable[] {
                contentType,
                attribute(CMSAttributes.messageDigest, new DEROctetString(sha256(info))),
                signingCertificate
              });
      var value = signing.signed(attributes.getEncoded(ASN1Encoding.DER));
      var signerInfo =
          new SignerInfo(
              signer, SHA_256, attributes, algorithm, new DEROctetString(value), (ASN1Set) null);
      var signed =
          new SignedData(
              new DERSet(SHA_256),
              new ContentInfo(PKCSObjectIdentifiers.id_ct_TSTInfo, new DEROctetString(info)),
              certificates,
              null,
              new DERSet(signerInfo));
      var der =
          new ContentInfo(CMSObjectIdentifiers.signedData, signed).getEncoded(ASN1Encoding.DER);
      return new Token(der, now, serial);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }

  /** A TimeStampToken and what a client reads from it first. */
  public static final class Token {
    private final byte[] der;
    private final Instant time;
    private final BigInteger serial;

    Token(byte[] der, Instant time, BigInteger serial) {
      this.der = der;
      this.time = time;
      this.serial = serial;
    }

    /** The token itself, DER. */
    public byte[] der() {
      return der.clone();
    }

    /** genTime. */
    public Instant time() {
      return time;
    }

    /** Its number. */
    public BigInteger serial() {
      return serial;
    }
  }

  private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new Attribute(type, new DERSet(value));
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  /** The response to a request as it comes over HTTP (RFC 3161, 3.4). */
  public byte[] respond(byte[] request) throws IOException {
    var asked = org.bouncycastle.asn1.tsp.TimeStampReq.getInstance(request);
    var token =
        org.bouncycastle.asn1.ASN1Primitive.fromByteArray(
            token(asked.getMessageImprint(), asked.getNonce()).der());
    var granted = new DERSequence(new ASN1Integer(0L));
    return new DERSequence(new ASN1Encodable[] {granted, token}).getEncoded(ASN1Encoding.DER);
  }
}
