package jp.musubi.seal;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.jcajce.JcaCertificateID;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/**
 * A hierarchy of any depth whose timestamp authority has an RSA-4096 key and whose OCSP answers are
 * large: each carries the whole chain of the issuer that signed it.
 */
final class LongChain implements TimestampAuthority, RevocationSource {
  private static final String RSA = "SHA256withRSA";

  /** Of the authorities by their level; hierarchies share them, since making them takes long. */
  private static final List<KeyPair> AUTHORITIES =
      Stream.generate(() -> pair("RSA", 2048)).limit(4).toList();

  private static final KeyPair STAMPS = pair("RSA", 4096);

  private final List<X509Certificate> seal;
  private final List<X509Certificate> stamps;
  private final KeyPair sealKey = pair("EC", 256);
  private final AtomicLong serial = new AtomicLong(1L << 40);

  /** A hierarchy of {@code depth} certificates from the leaf to the root, both counted. */
  LongChain(int depth) throws Exception {
    var authorities = new ArrayList<X509Certificate>();
    for (var level = 1; level < depth; level++) {
      var above = Math.max(1, level - 1);
      authorities.addFirst(
          certificate(name(level), above, AUTHORITIES.get(level - 1), Kind.AUTHORITY));
    }
    var issuer = depth - 1;
    seal = path(certificate("CN=試用 印", issuer, sealKey, Kind.SEAL), authorities);
    stamps = path(certificate("CN=試用 時刻", issuer, STAMPS, Kind.STAMPS), authorities);
  }

  private enum Kind {
    AUTHORITY,
    SEAL,
    STAMPS
  }

  X509Certificate root() {
    return seal.getLast();
  }

  String rootPem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
          .formatted(
              Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(root().getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  SealEngine engine(int known) throws Exception {
    return new SealEngine(
        Sealery.key(sealKey.getPrivate(), seal.subList(0, known)), this, this, seal);
  }

  @Override
  public TimestampToken timestamp(byte[] imprint) {
    try {
      var digests = new JcaDigestCalculatorProviderBuilder().build();
      var generator =
          new TimeStampTokenGenerator(
              new JcaSimpleSignerInfoGeneratorBuilder()
                  .build(RSA, STAMPS.getPrivate(), stamps.getFirst()),
              digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
              new ASN1ObjectIdentifier("2.999.1"));
      generator.addCertificates(new JcaCertStore(stamps));
      var requests = new TimeStampRequestGenerator();
      requests.setCertReq(true);
      var request = requests.generate(NISTObjectIdentifiers.id_sha256, imprint);
      var now = Sealery.now();
      var number = BigInteger.valueOf(serial.incrementAndGet());
      var token = generator.generate(request, number, Date.from(now));
      return new TimestampToken(token.getEncoded(), now, number, stamps);
    } catch (Exception e) {
      // Of a part made for tests, any failure is a failed test.
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Revocation revocationOf(
      X509Certificate certificate, X509Certificate issuer, Instant freshAfter) {
    try {
      var digests = new JcaDigestCalculatorProviderBuilder().build();
      var sha1 = digests.get(CertificateID.HASH_SHA1);
      var answer = new JcaBasicOCSPRespBuilder(issuer.getPublicKey(), sha1);
      var now = Sealery.now();
      answer.addResponse(
          new JcaCertificateID(sha1, issuer, certificate.getSerialNumber()),
          CertificateStatus.GOOD,
          Date.from(now),
          Date.from(now.plus(Duration.ofDays(1))),
          null);
      var chain = new ArrayList<X509CertificateHolder>();
      for (var each : seal.subList(Math.max(1, seal.indexOf(issuer)), seal.size())) {
        chain.add(new JcaX509CertificateHolder(each));
      }
      var signed =
          answer.build(
              new JcaContentSignerBuilder(RSA).build(keyOf(issuer)),
              chain.toArray(X509CertificateHolder[]::new),
              Date.from(now));
      return new Revocation(
          Revocation.Kind.OCSP,
          new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, signed).getEncoded(),
          List.of());
    } catch (Exception e) {
      // Of a part made for tests, any failure is a failed test.
      throw new IllegalStateException(e);
    }
  }

  private static PrivateKey keyOf(X509Certificate issuer) {
    return AUTHORITIES.stream()
        .filter(pair -> pair.getPublic().equals(issuer.getPublicKey()))
        .findFirst()
        .orElseThrow()
        .getPrivate();
  }

  private static List<X509Certificate> path(X509Certificate leaf, List<X509Certificate> above) {
    var path = new ArrayList<X509Certificate>();
    path.add(leaf);
    path.addAll(above);
    return List.copyOf(path);
  }

  private static String name(int level) {
    return "CN=試用 認証局 " + level;
  }

  private X509Certificate certificate(String subject, int issuer, KeyPair pair, Kind kind)
      throws Exception {
    var from = Sealery.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1));
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(name(issuer)),
            BigInteger.valueOf(System.nanoTime()),
            Date.from(from),
            Date.from(from.plus(Duration.ofDays(3_000))),
            new X500Name(subject),
            pair.getPublic());
    // Authorities have to (RFC 5280, 4.2.1.1 and 4.2.1.2), and EU DSS insists on it.
    var keys = new JcaX509ExtensionUtils();
    var signer = AUTHORITIES.get(issuer - 1);
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, keys.createSubjectKeyIdentifier(pair.getPublic()));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        keys.createAuthorityKeyIdentifier(signer.getPublic()));
    switch (kind) {
      case AUTHORITY -> {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(
            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      }
      case SEAL ->
          builder.addExtension(
              Extension.keyUsage,
              true,
              new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
      case STAMPS ->
          builder.addExtension(
              Extension.extendedKeyUsage,
              true,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(RSA).build(signer.getPrivate())));
  }

  private static KeyPair pair(String algorithm, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
