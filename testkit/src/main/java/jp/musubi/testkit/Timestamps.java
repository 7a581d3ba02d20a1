package jp.musubi.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.jspecify.annotations.Nullable;

/** 試用タイムスタンプ局 — Answers RFC 3161 requests, rightly or with one fault. */
final class Timestamps {

  /** The trial policy, under ITU-T X.660's arc for examples. */
  static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("2.999.25.1");

  private static final ASN1ObjectIdentifier OTHER_POLICY = new ASN1ObjectIdentifier("2.999.25.2");
  private static final Set<ASN1ObjectIdentifier> DIGESTS =
      Set.of(
          NISTObjectIdentifiers.id_sha256,
          NISTObjectIdentifiers.id_sha384,
          NISTObjectIdentifiers.id_sha512);
  private static final int ACCURACY_SECONDS = 1;

  private final TestPki pki;
  private final AtomicLong issued = new AtomicLong();
  private final ForgedTimestamps forged;

  Timestamps(TestPki pki) {
    this.pki = pki;
    this.forged = new ForgedTimestamps(pki);
  }

  byte[] answer(byte[] request, Optional<Fault.OfTsa> fault) throws IOException {
    try {
      if (fault.isPresent() && fault.get() instanceof Fault.Forged(var forgery)) {
        return forged.answer(new TimeStampRequest(request), nextSerial(), forgery);
      }
      return respond(request, fault).getEncoded();
    } catch (TSPException | OperatorCreationException | CertificateEncodingException e) {
      throw new IOException("No timestamp could be made", e);
    }
  }

  private TimeStampResponse respond(byte[] bytes, Optional<Fault.OfTsa> fault)
      throws TSPException, OperatorCreationException, CertificateEncodingException {
    TimeStampRequest asked;
    try {
      asked = new TimeStampRequest(bytes);
    } catch (IOException e) {
      return generator(POLICY, pki.clock().instant())
          .generateFailResponse(
              PKIStatus.REJECTION, PKIFailureInfo.badDataFormat, String.valueOf(e.getMessage()));
    }
    var now = pki.clock().instant();
    if (fault.isEmpty()) {
      return grant(asked, POLICY, now);
    }
    return switch (fault.get()) {
      case Fault.WrongNonce _ -> {
        var nonce = Optional.ofNullable(asked.getNonce()).orElse(BigInteger.ZERO);
        yield grant(rewritten(asked, imprint(asked), nonce.add(BigInteger.ONE)), POLICY, now);
      }
      case Fault.WrongImprint _ -> {
        var imprint = imprint(asked);
        imprint[0] ^= 1;
        yield grant(rewritten(asked, imprint, asked.getNonce()), POLICY, now);
      }
      case Fault.WrongPolicy _ ->
          grant(rewritten(asked, imprint(asked), asked.getNonce()), OTHER_POLICY, now);
      case Fault.StaleTime(Duration age) -> grant(asked, POLICY, now.minus(age));
      case Fault.NoCertificate _ -> {
        var generator = new TimeStampRequestGenerator();
        yield grant(
            generator.generate(asked.getMessageImprintAlgOID(), imprint(asked), asked.getNonce()),
            POLICY,
            now);
      }
      case Fault.Rejection(int failureInfo, String text) ->
          generator(POLICY, now).generateFailResponse(PKIStatus.REJECTION, failureInfo, text);
      case Fault.SameSerial _ ->
          generator(POLICY, now).generate(asked, BigInteger.TWO, Date.from(now));
      // These befall the answer on its way.
      case Fault.Refuse _,
          Fault.Slow _,
          Fault.Garbage _,
          Fault.Truncated _,
          Fault.ServerError _,
          Fault.Ban _,
          Fault.Redirect _,
          Fault.WrongType _,
          Fault.Drip _,
          Fault.Forged _ ->
          grant(asked, POLICY, now);
    };
  }

  private TimeStampResponse grant(TimeStampRequest request, ASN1ObjectIdentifier policy, Instant at)
      throws TSPException, OperatorCreationException, CertificateEncodingException {
    return generator(policy, at).generate(request, nextSerial(), Date.from(at));
  }

  /** Forty bits of counting above the number of the opening: unique over restarts. */
  private BigInteger nextSerial() {
    return BigInteger.valueOf(pki.opening())
        .shiftLeft(40)
        .or(BigInteger.valueOf(issued.incrementAndGet()));
  }

  private TimeStampResponseGenerator generator(ASN1ObjectIdentifier policy, Instant at)
      throws TSPException, OperatorCreationException, CertificateEncodingException {
    var identity = pki.timestamp();
    // CMS would otherwise put the machine's time beside the token's.
    var signingTime = new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(at))));
    var signer =
        new JcaSimpleSignerInfoGeneratorBuilder()
            .setSignedAttributeGenerator(
                new DefaultSignedAttributeTableGenerator(
                    new AttributeTable(new DERSet(signingTime))))
            .build(
                KeyKind.signatureAlgorithm(identity.key()), identity.key(), identity.certificate());
    // A SHA-256 hash of the certificate makes the attribute ESSCertIDv2 (RFC 5816).
    var certificateHash =
        new JcaDigestCalculatorProviderBuilder()
            .build()
            .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256));
    var tokens = new TimeStampTokenGenerator(signer, certificateHash, policy, true);
    tokens.addCertificates(new JcaCertStore(identity.chain()));
    tokens.setAccuracySeconds(ACCURACY_SECONDS);
    return new TimeStampResponseGenerator(tokens, DIGESTS, Set.of(policy));
  }

  private static byte[] imprint(TimeStampRequest request) {
    return request.getMessageImprintDigest().clone();
  }

  private static TimeStampRequest rewritten(
      TimeStampRequest asked, byte[] imprint, @Nullable BigInteger nonce) {
    var generator = new TimeStampRequestGenerator();
    generator.setCertReq(asked.getCertReq());
    return generator.generate(asked.getMessageImprintAlgOID(), imprint, nonce);
  }
}
