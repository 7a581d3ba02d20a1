package jp.musubi.seal.validation;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate and its key, made in a millisecond, with whatever wrong that a test wants. */
record Hand(X509Certificate certificate, PrivateKey key) {
  static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  static final Instant UNTIL = Instant.parse("2037-01-01T00:00:00Z");

  /** Stands before whatever needs it. */
  private static final AtomicLong SERIAL = new AtomicLong(1000);

  static final Hand ROOT = root("root");
  static final Hand ISSUER = ROOT.issue("issuer", Hand::authority);
  static final Hand SEAL = ISSUER.issue("seal", Hand::nothing);
  static final Hand STAMPS = ISSUER.issue("stamps", Hand::stamping);
  static final Hand RESPONDER = ISSUER.issue("responder", Hand::responding);

  /** Made once: an RSA key takes longer than all else together. */
  static final Hand OF_RSA =
      ISSUER.issue("rsa", pair("RSA", "2048"), FROM, UNTIL, Hand::responding);

  static final Hand OF_P_384 =
      ISSUER.issue("p384", pair("EC", "secp384r1"), FROM, UNTIL, Hand::nothing);

  /** Further extensions of a certificate. */
  interface Extras {
    void to(X509v3CertificateBuilder builder) throws IOException;
  }

  /** What is listed as revoked. */
  interface Entries {
    void to(X509v2CRLBuilder builder) throws IOException;
  }

  static KeyPair pair(String algorithm, String parameter) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec(parameter));
      } else {
        generator.initialize(Integer.parseInt(parameter));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Hand root(String name) {
    var keys = pair("EC", "secp256r1");
    return made(name, keys, name, keys.getPrivate(), FROM, UNTIL, Hand::authority);
  }

  Hand issue(String name, Extras extras) {
    return issue(name, FROM, UNTIL, extras);
  }

  Hand issue(String name, Instant from, Instant until, Extras extras) {
    return issue(name, pair("EC", "secp256r1"), from, until, extras);
  }

  Hand issue(String name, KeyPair keys, Instant from, Instant until, Extras extras) {
    return made(name, keys, subject(), key, from, until, extras);
  }

  private static Hand made(
      String name,
      KeyPair keys,
      String issuer,
      PrivateKey issuerKey,
      Instant from,
      Instant until,
      Extras extras) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=" + issuer),
              BigInteger.valueOf(SERIAL.incrementAndGet()),
              Date.from(from),
              Date.from(until),
              new X500Name("CN=" + name),
              keys.getPublic());
      extras.to(builder);
      return new Hand(
          new JcaX509CertificateConverter().getCertificate(builder.build(signer(issuerKey))),
          keys.getPrivate());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  String subject() {
    return certificate.getSubjectX500Principal().getName().substring(3);
  }

  JcaX509CertificateHolder holder() {
    try {
      return new JcaX509CertificateHolder(certificate);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  ContentSigner signer() {
    return signer(key);
  }

  private static ContentSigner signer(PrivateKey key) {
    return signer(key, key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
  }

  static ContentSigner signer(PrivateKey key, String algorithm) {
    try {
      return algorithm.equals("RSASSA-PSS")
          ? new PssSigner(key)
          : new JcaContentSignerBuilder(algorithm).build(key);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** This authority's list, of a week from {@code now} on. */
  X509CRL list(Instant now, Entries entries) {
    return list(now, entries, "SHA256withECDSA");
  }

  X509CRL list(Instant now, Entries entries, String algorithm) {
    return list(now, now.plusSeconds(7 * 86_400), entries, algorithm);
  }

  /** A list that names no end when {@code until} is null. */
  X509CRL list(Instant now, @Nullable Instant until, Entries entries, String algorithm) {
    try {
      var builder = new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), Date.from(now));
      if (until != null) {
        builder.setNextUpdate(Date.from(until));
      }
      entries.to(builder);
      return new JcaX509CRLConverter().getCRL(builder.build(signer(key, algorithm)));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static void nothing(X509v3CertificateBuilder builder) {}

  static void authority(X509v3CertificateBuilder builder) throws IOException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    usage(builder, KeyUsage.keyCertSign | KeyUsage.cRLSign);
  }

  static void usage(X509v3CertificateBuilder builder, int bits) throws IOException {
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(bits));
  }

  static void stamping(X509v3CertificateBuilder builder) throws IOException {
    purpose(builder, true, KeyPurposeId.id_kp_timeStamping);
  }

  static void purpose(X509v3CertificateBuilder builder, boolean critical, KeyPurposeId... purposes)
      throws IOException {
    builder.addExtension(Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(purposes));
  }

  static void responding(X509v3CertificateBuilder builder) throws IOException {
    purpose(builder, false, KeyPurposeId.id_kp_OCSPSigning);
    builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
  }

  /** RSASSA-PSS by the platform's own provider, which knows it by another name than the library. */
  private static final class PssSigner implements ContentSigner {
    private final java.io.ByteArrayOutputStream content = new java.io.ByteArrayOutputStream();
    private final PrivateKey key;

    PssSigner(PrivateKey key) {
      this.key = key;
    }

    @Override
    public org.bouncycastle.asn1.x509.AlgorithmIdentifier getAlgorithmIdentifier() {
      return new org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder()
          .find("SHA256withRSAandMGF1");
    }

    @Override
    public java.io.OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      try {
        var signature = java.security.Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
            new java.security.spec.PSSParameterSpec(
                "SHA-256", "MGF1", java.security.spec.MGF1ParameterSpec.SHA256, 32, 1));
        signature.initSign(key);
        signature.update(content.toByteArray());
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
