package jp.musubi.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * 認証局 — One authority of the hierarchy: issues certificates and signs its list of revoked ones.
 *
 * @param name what its URLs and the ledger call it
 * @param identity its own key and path
 */
record Authority(String name, Identity identity, URI baseUrl, Ledger ledger) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration LIST_LIFE = Duration.ofDays(7);

  /** A root that signs itself. */
  static Authority root(
      String commonName, KeyKind key, Instant from, Instant until, URI baseUrl, Ledger ledger) {
    var pair = key.generate();
    var subject = name(commonName);
    var builder =
        new JcaX509v3CertificateBuilder(
            subject, newSerial(), Date.from(from), Date.from(until), subject, pair.getPublic());
    authorityExtensions(builder, pair.getPublic());
    var certificate = sign(builder, pair.getPrivate());
    return new Authority(
        "root", new Identity(pair.getPrivate(), List.of(certificate)), baseUrl, ledger);
  }

  /** An authority below this one. */
  Identity issueAuthority(String commonName, KeyKind key, Instant from, Instant until) {
    var pair = key.generate();
    var builder = builder(commonName, from, until, pair.getPublic());
    authorityExtensions(builder, pair.getPublic());
    addLinks(builder, false);
    return finish(builder, pair);
  }

  /** The end certificate that was ordered. */
  Identity issue(CertificateOrder order) {
    var pair = order.key().generate();
    var builder =
        builder(order.commonName(), order.notBefore(), order.notAfter(), pair.getPublic());
    add(
        builder,
        Extension.subjectKeyIdentifier,
        false,
        keys().createSubjectKeyIdentifier(pair.getPublic()));
    switch (order.purpose()) {
      case SEAL -> {
        usage(builder, KeyUsage.digitalSignature | KeyUsage.nonRepudiation);
        addLinks(builder, true);
      }
      case TIMESTAMP -> {
        usage(builder, KeyUsage.digitalSignature);
        add(
            builder,
            Extension.extendedKeyUsage,
            true,
            new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
        addLinks(builder, true);
      }
      case SEAL_STATUS, TIMESTAMP_STATUS -> {
        usage(builder, KeyUsage.digitalSignature);
        add(
            builder,
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
        add(builder, OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
      }
    }
    return finish(builder, pair);
  }

  /** An end certificate with whatever extensions somebody wants, and the usual links. */
  Identity forge(
      String commonName,
      Instant from,
      Instant until,
      KeyKind kind,
      Consumer<X509v3CertificateBuilder> extensions) {
    var pair = kind.generate();
    var builder = builder(commonName, from, until, pair.getPublic());
    extensions.accept(builder);
    addLinks(builder, true);
    return finish(builder, pair);
  }

  /** The list of revoked certificates as it stands at {@code now}, DER. */
  byte[] revocationList(Instant now) {
    try {
      var builder = new X509v2CRLBuilder(subject(), Date.from(now));
      builder.setNextUpdate(Date.from(now.plus(LIST_LIFE)));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          keys().createAuthorityKeyIdentifier(identity.certificate().getPublicKey()));
      builder.addExtension(
          Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(now.toEpochMilli())));
      for (var revoked : ledger.revocations(name)) {
        builder.addCRLEntry(revoked.serial(), Date.from(revoked.at()), revoked.reason());
      }
      return builder.build(signer(identity.key())).getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("The list of " + name + " cannot be made", e);
    }
  }

  static ContentSigner signer(PrivateKey key) {
    try {
      return new JcaContentSignerBuilder(KeyKind.signatureAlgorithm(key)).build(key);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("This Java cannot sign with its own key", e);
    }
  }

  private X500Name subject() {
    return X500Name.getInstance(identity.certificate().getSubjectX500Principal().getEncoded());
  }

  private X509v3CertificateBuilder builder(
      String commonName, Instant from, Instant until, PublicKey key) {
    var builder =
        new JcaX509v3CertificateBuilder(
            subject(), newSerial(), Date.from(from), Date.from(until), name(commonName), key);
    add(
        builder,
        Extension.authorityKeyIdentifier,
        false,
        keys().createAuthorityKeyIdentifier(identity.certificate().getPublicKey()));
    return builder;
  }

  private Identity finish(X509v3CertificateBuilder builder, KeyPair pair) {
    var certificate = sign(builder, identity.key());
    ledger.issued(name, certificate.getSerialNumber());
    var path = Stream.concat(Stream.of(certificate), identity.path().stream()).toList();
    return new Identity(pair.getPrivate(), path);
  }

  private void addLinks(X509v3CertificateBuilder builder, boolean hasResponder) {
    var issuer =
        new AccessDescription(AccessDescription.id_ad_caIssuers, link("/ca/" + name + ".cer"));
    var responder = new AccessDescription(AccessDescription.id_ad_ocsp, link("/ocsp"));
    add(
        builder,
        Extension.authorityInfoAccess,
        false,
        new AuthorityInformationAccess(
            hasResponder
                ? new AccessDescription[] {responder, issuer}
                : new AccessDescription[] {issuer}));
    var point =
        new DistributionPoint(
            new DistributionPointName(new GeneralNames(link("/crl/" + name + ".crl"))), null, null);
    add(
        builder,
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(new DistributionPoint[] {point}));
  }

  private GeneralName link(String path) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, baseUrl.resolve(path).toString());
  }

  private static void authorityExtensions(X509v3CertificateBuilder builder, PublicKey key) {
    add(builder, Extension.basicConstraints, true, new BasicConstraints(true));
    usage(builder, KeyUsage.keyCertSign | KeyUsage.cRLSign);
    add(builder, Extension.subjectKeyIdentifier, false, keys().createSubjectKeyIdentifier(key));
  }

  private static void usage(X509v3CertificateBuilder builder, int bits) {
    add(builder, Extension.keyUsage, true, new KeyUsage(bits));
  }

  private static void add(
      X509v3CertificateBuilder builder,
      ASN1ObjectIdentifier id,
      boolean critical,
      ASN1Encodable value) {
    try {
      builder.addExtension(id, critical, value);
    } catch (IOException e) {
      throw new IllegalStateException("An extension cannot be encoded: " + id, e);
    }
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
    try {
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer(key)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A certificate just made cannot be read", e);
    }
  }

  private static JcaX509ExtensionUtils keys() {
    try {
      return new JcaX509ExtensionUtils();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no SHA-1 for key identifiers", e);
    }
  }

  private static X500Name name(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.C, "JP")
        .addRDN(BCStyle.O, "むすび試用")
        .addRDN(BCStyle.CN, commonName)
        .build();
  }

  private static BigInteger newSerial() {
    return new BigInteger(127, RANDOM).setBit(126);
  }

  static JcaX509CertificateHolder holder(X509Certificate certificate) {
    try {
      return new JcaX509CertificateHolder(certificate);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A certificate cannot be encoded", e);
    }
  }
}
