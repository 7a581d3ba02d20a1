package jp.musubi.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** 偽の署名 — The CMS around a TSTInfo, wrong in one respect. */
final class ForgedTokens {
  private static final ASN1ObjectIdentifier MD5 = new ASN1ObjectIdentifier("1.2.840.113549.2.5");

  /**
   * A ContentInfo.
   *
   * @param other somebody whose certificate does not belong there
   */
  ASN1Encodable sign(byte[] info, Identity authority, Identity other, Forgery forgery)
      throws IOException, OperatorCreationException, CMSException {
    var generator = new CMSSignedDataGenerator();
    if (forgery != Forgery.NO_SIGNER) {
      generator.addSignerInfoGenerator(signer(authority, other, forgery));
    }
    if (forgery == Forgery.TWO_SIGNERS) {
      generator.addSignerInfoGenerator(signer(authority, other, forgery));
    }
    try {
      generator.addCertificates(new JcaCertStore(certificates(authority, other, forgery)));
    } catch (CertificateEncodingException e) {
      throw new IOException(e);
    }
    var type =
        forgery == Forgery.OTHER_CONTENT_TYPE
            ? CMSObjectIdentifiers.data
            : PKCSObjectIdentifiers.id_ct_TSTInfo;
    var signed =
        generator.generate(new CMSProcessableByteArray(type, info), forgery != Forgery.DETACHED);
    return spoilt(signed, info, forgery);
  }

  private static List<X509Certificate> certificates(
      Identity authority, Identity other, Forgery forgery) {
    return switch (forgery) {
      case OTHER_CERTIFICATES -> other.chain();
      case NO_INTERMEDIATE -> List.of(authority.certificate());
      default -> authority.chain();
    };
  }

  private static SignerInfoGenerator signer(Identity authority, Identity other, Forgery forgery)
      throws OperatorCreationException {
    var builder = new SignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build());
    builder.setSignedAttributeGenerator(attributes(authority, other, forgery));
    return builder.build(
        contentSigner(authority.key(), other.key(), forgery),
        Authority.holder(authority.certificate()));
  }

  private static ContentSigner contentSigner(PrivateKey key, PrivateKey other, Forgery forgery)
      throws OperatorCreationException {
    return switch (forgery) {
      case SHA1_SIGNATURE -> new JcaContentSignerBuilder("SHA1withECDSA").build(key);
      case OTHER_KEY -> Authority.signer(other);
      default -> Authority.signer(key);
    };
  }

  private static CMSAttributeTableGenerator attributes(
      Identity authority, Identity other, Forgery forgery) {
    return parameters -> {
      var all = new ASN1EncodableVector();
      contentType(all, forgery);
      messageDigest(all, parameters, forgery);
      certificateId(all, authority, other, forgery);
      return new AttributeTable(all);
    };
  }

  private static void contentType(ASN1EncodableVector all, Forgery forgery) {
    var type =
        forgery == Forgery.CONTENT_TYPE_DATA
            ? CMSObjectIdentifiers.data
            : PKCSObjectIdentifiers.id_ct_TSTInfo;
    all.add(attribute(CMSAttributes.contentType, type));
    if (forgery == Forgery.TWO_CONTENT_TYPES) {
      all.add(attribute(CMSAttributes.contentType, CMSObjectIdentifiers.data));
    }
  }

  private static void messageDigest(
      ASN1EncodableVector all, Map<?, ?> parameters, Forgery forgery) {
    if (forgery == Forgery.NO_MESSAGE_DIGEST) {
      return;
    }
    var digest =
        ((byte[]) Objects.requireNonNull(parameters.get(CMSAttributeTableGenerator.DIGEST)))
            .clone();
    if (forgery == Forgery.OTHER_MESSAGE_DIGEST) {
      digest[0] ^= 1;
    }
    all.add(attribute(CMSAttributes.messageDigest, new DEROctetString(digest)));
  }

  private static void certificateId(
      ASN1EncodableVector all, Identity authority, Identity other, Forgery forgery) {
    var leaf = authority.certificate();
    var right = new ESSCertIDv2(hash("SHA-256", leaf));
    switch (forgery) {
      case NO_CERTIFICATE_ID -> {}
      case TWO_CERTIFICATE_IDS -> {
        all.add(v2(right));
        all.add(v2(right));
      }
      case BROKEN_CERTIFICATE_ID ->
          all.add(
              attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERUTF8String("me")));
      case CERTIFICATE_ID_BY_MD5 ->
          all.add(v2(new ESSCertIDv2(new AlgorithmIdentifier(MD5), hash("MD5", leaf))));
      case OTHER_CERTIFICATE_ID ->
          all.add(v2(new ESSCertIDv2(hash("SHA-256", other.certificate()))));
      case OTHER_OLD_CERTIFICATE_ID ->
          all.add(
              attribute(
                  PKCSObjectIdentifiers.id_aa_signingCertificate,
                  new DERSequence(
                      new DERSequence(new ESSCertID(hash("SHA-1", other.certificate()))))));
      case OTHER_ISSUER_SERIAL ->
          all.add(
              v2(
                  new ESSCertIDv2(
                      hash("SHA-256", leaf),
                      issuerSerial(issuer(leaf), leaf.getSerialNumber().add(BigInteger.ONE)))));
      case OTHER_ISSUER_NAME ->
          all.add(
              v2(
                  new ESSCertIDv2(
                      hash("SHA-256", leaf),
                      issuerSerial(new X500Name("CN=試用の別の局"), leaf.getSerialNumber()))));
      default -> all.add(v2(right));
    }
  }

  private static Attribute v2(ESSCertIDv2 id) {
    return attribute(
        PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSequence(new DERSequence(id)));
  }

  private static IssuerSerial issuerSerial(X500Name issuer, BigInteger serial) {
    return new IssuerSerial(new GeneralNames(new GeneralName(issuer)), new ASN1Integer(serial));
  }

  private static X500Name issuer(X509Certificate certificate) {
    return X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded());
  }

  private static Attribute attribute(ASN1ObjectIdentifier id, ASN1Encodable value) {
    return new Attribute(id, new DERSet(value));
  }

  private static byte[] hash(String algorithm, X509Certificate certificate) {
    try {
      return ForgedTimestamps.digest(algorithm, certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("A certificate cannot be encoded", e);
    }
  }

  /** What is done after signing. */
  private static ASN1Encodable spoilt(CMSSignedData signed, byte[] info, Forgery forgery)
      throws IOException {
    if (forgery == Forgery.NO_SIGNED_ATTRIBUTES) {
      return withoutSignedAttributes(signed);
    }
    var der = signed.getEncoded("DER");
    switch (forgery) {
      case CHANGED_CONTENT -> {
        // The last digit of the seconds.
        var at =
            indexOf(der, info)
                + new String(info, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('Z')
                - 1;
        der[at] = (byte) (der[at] == '9' ? '8' : der[at] + 1);
      }
      case BROKEN_SIGNATURE -> {
        var signature = signed.getSignerInfos().getSigners().iterator().next().getSignature();
        der[indexOf(der, signature) + signature.length - 1] ^= 1;
      }
      default -> {}
    }
    return ASN1Primitive.fromByteArray(der);
  }

  /** Bouncy Castle makes no such thing (RFC 5652, 5.3), so they are cut out afterwards. */
  private static ASN1Encodable withoutSignedAttributes(CMSSignedData signed) {
    var data = SignedData.getInstance(signed.toASN1Structure().getContent());
    var signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
    var bare =
        new SignerInfo(
            signer.getSID(),
            signer.getDigestAlgorithm(),
            (ASN1Set) null,
            signer.getDigestEncryptionAlgorithm(),
            signer.getEncryptedDigest(),
            (ASN1Set) null);
    return new ContentInfo(
        CMSObjectIdentifiers.signedData,
        new SignedData(
            data.getDigestAlgorithms(),
            data.getEncapContentInfo(),
            data.getCertificates(),
            null,
            new DERSet(bare)));
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (var i = 0; i + part.length <= all.length; i++) {
      if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new IllegalStateException("The part is not there");
  }
}
