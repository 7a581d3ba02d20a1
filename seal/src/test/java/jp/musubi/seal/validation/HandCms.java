package jp.musubi.seal.validation;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.bouncycastle.util.CollectionStore;
import org.jspecify.annotations.Nullable;

/** A detached CMS signature with a timestamp: right as it begins, then wrong where a test wants. */
final class HandCms {
  private Hand signer = Hand.SEAL;
  private Hand key = Hand.SEAL;
  private List<Hand> carried = List.of(Hand.SEAL, Hand.ISSUER);
  private @Nullable Hand named = Hand.SEAL;
  private String namedBy = "SHA-256";
  private String algorithm = "SHA256withECDSA";
  private boolean attached;
  private boolean otherDigest;
  private boolean bare;
  private int signers = 1;
  private @Nullable Instant stamped = Hand.NOW.minusSeconds(3600);
  private Hand stamps = Hand.STAMPS;
  private List<byte[]> tokens = List.of();

  static HandCms right() {
    return new HandCms();
  }

  HandCms by(Hand other) {
    signer = other;
    key = other;
    named = other;
    carried = List.of(other, Hand.ISSUER);
    return this;
  }

  HandCms keyOf(Hand other) {
    key = other;
    return this;
  }

  HandCms carrying(Hand... certificates) {
    carried = List.of(certificates);
    return this;
  }

  HandCms naming(@Nullable Hand other) {
    named = other;
    return this;
  }

  HandCms namedBy(String digest) {
    namedBy = digest;
    return this;
  }

  HandCms algorithm(String name) {
    algorithm = name;
    return this;
  }

  HandCms attached() {
    attached = true;
    return this;
  }

  HandCms otherDigest() {
    otherDigest = true;
    return this;
  }

  HandCms bare() {
    bare = true;
    return this;
  }

  HandCms signers(int many) {
    signers = many;
    return this;
  }

  HandCms stamped(@Nullable Instant at) {
    stamped = at;
    return this;
  }

  HandCms stampedBy(Hand authority) {
    stamps = authority;
    return this;
  }

  /** These instead of a right timestamp. */
  HandCms tokens(byte[]... instead) {
    tokens = List.of(instead);
    return this;
  }

  byte[] of(byte[] covered) {
    try {
      var generator = new CMSSignedDataGenerator();
      var builder =
          new SignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build());
      if (bare) {
        builder.setDirectSignature(true);
      }
      builder.setSignedAttributeGenerator((CMSAttributeTableGenerator) this::attributes);
      for (var i = 0; i < signers; i++) {
        generator.addSignerInfoGenerator(
            builder.build(Hand.signer(key.key(), algorithm), signer.holder()));
      }
      generator.addCertificates(new CollectionStore<>(carried.stream().map(Hand::holder).toList()));
      var data = generator.generate(new CMSProcessableByteArray(covered), attached);
      return signers == 1 ? stamped(data).getEncoded("DER") : data.getEncoded("DER");
    } catch (Exception e) {
      // Of a part made for tests, any failure is a failed test.
      throw new IllegalStateException(e);
    }
  }

  private CMSSignedData stamped(CMSSignedData data) throws Exception {
    var info = data.getSignerInfos().getSigners().iterator().next();
    var values =
        tokens.isEmpty() && stamped != null
            ? List.of(token(digest("SHA-256", info.getSignature()), stamped, stamps))
            : tokens;
    if (values.isEmpty()) {
      return data;
    }
    var set = new ASN1EncodableVector();
    for (var each : values) {
      set.add(ASN1Primitive.fromByteArray(each));
    }
    var table =
        new AttributeTable(
            new DERSet(
                new Attribute(
                    PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, new DERSet(set))));
    return CMSSignedData.replaceSigners(
        data,
        new SignerInformationStore(
            List.of(SignerInformation.replaceUnsignedAttributes(info, table))));
  }

  private AttributeTable attributes(java.util.Map<?, ?> given) {
    var all = new ASN1EncodableVector();
    var digest =
        ((byte[]) Objects.requireNonNull(given.get(CMSAttributeTableGenerator.DIGEST))).clone();
    if (otherDigest) {
      digest[0] ^= 1;
    }
    all.add(new Attribute(CMSAttributes.contentType, new DERSet(PKCSObjectIdentifiers.data)));
    all.add(new Attribute(CMSAttributes.messageDigest, new DERSet(new DEROctetString(digest))));
    if (named != null) {
      var id =
          new SigningCertificateV2(
              new ESSCertIDv2[] {
                new ESSCertIDv2(
                    namedBy.equals("SHA-256")
                        ? new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)
                        : new AlgorithmIdentifier(new ASN1ObjectIdentifier(namedBy)),
                    digest("SHA-256", encoded(named)))
              });
      all.add(new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(id)));
    }
    return new AttributeTable(all);
  }

  static byte[] encoded(Hand hand) {
    try {
      return hand.certificate().getEncoded();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] token(byte[] imprint, Instant at, Hand authority) {
    return token(imprint, NISTObjectIdentifiers.id_sha256, at, authority, authority, Hand.ISSUER);
  }

  /** A timestamp token that carries these certificates. */
  static byte[] token(
      byte[] imprint, ASN1ObjectIdentifier by, Instant at, Hand authority, Hand... carried) {
    try {
      var digests = new JcaDigestCalculatorProviderBuilder().build();
      var generator =
          new TimeStampTokenGenerator(
              new SignerInfoGeneratorBuilder(digests).build(authority.signer(), authority.holder()),
              digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
              new ASN1ObjectIdentifier("2.999.1"));
      generator.addCertificates(
          new CollectionStore<>(Arrays.stream(carried).map(Hand::holder).toList()));
      var requests = new TimeStampRequestGenerator();
      requests.setCertReq(true);
      return generator
          .generate(requests.generate(by, imprint), BigInteger.TEN, Date.from(at))
          .getEncoded();
    } catch (Exception e) {
      // Of a part made for tests, any failure is a failed test.
      throw new IllegalStateException(e);
    }
  }
}
