package jp.musubi.seal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * The CMS of a PAdES baseline signature (ETSI EN 319 142-1, 6.3; RFC 5652): detached, one signer,
 * content-type, message-digest and signing-certificate-v2 and no signing-time.
 */
final class SealCms {
  private SealCms() {}

  /** Signs the bytes of {@code content} and adds a timestamp over the signature value. */
  static Timestamped create(InputStream content, SealKey key, TimestampAuthority authority)
      throws IOException {
    try {
      var signed = generator(key).generate(new Streamed(content), false);
      var signer = signed.getSignerInfos().iterator().next();
      var token = authority.timestamp(Sha256.digest().digest(signer.getSignature()));
      var stamped =
          CMSSignedData.replaceSigners(
              signed, new SignerInformationStore(withTimestamp(signer, token)));
      return new Timestamped(stamped.getEncoded("DER"), token);
    } catch (GeneralSecurityException | OperatorCreationException | CMSException e) {
      throw new UnsealablePdf("the signature could not be put together", e);
    }
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

  /** A finished CMS and the token in it. */
  static final class Timestamped {
    private final byte[] der;
    private final TimestampToken token;

    Timestamped(byte[] der, TimestampToken token) {
      this.der = der;
      this.token = token;
    }

    byte[] der() {
      return der;
    }

    TimestampToken token() {
      return token;
    }
  }

  private static CMSSignedDataGenerator generator(SealKey key)
      throws GeneralSecurityException, OperatorCreationException, CMSException, IOException {
    var leaf = key.chain().getFirst();
    // The JDK's SHA-256 is ten times as fast as Bouncy Castle's on whole documents.
    var digests = new JcaDigestCalculatorProviderBuilder().setProvider("SUN").build();
    var generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new SignerInfoGeneratorBuilder(digests)
            .setSignedAttributeGenerator(signedAttributes(leaf))
            .build(new KeySigner(key), new X509CertificateHolder(leaf.getEncoded())));
    generator.addCertificates(new JcaCertStore(withoutRoot(key.chain())));
    return generator;
  }

  private static List<X509Certificate> withoutRoot(List<X509Certificate> chain) {
    return chain.stream()
        .filter(c -> !c.getSubjectX500Principal().equals(c.getIssuerX500Principal()))
        .toList();
  }

  private static CMSAttributeTableGenerator signedAttributes(X509Certificate leaf)
      throws GeneralSecurityException {
    var certId = new ESSCertIDv2(Sha256.digest().digest(leaf.getEncoded()));
    return parameters -> signedAttributes(parameters, certId);
  }

  private static AttributeTable signedAttributes(Map<?, ?> parameters, ESSCertIDv2 certId) {
    var attributes = new ASN1EncodableVector();
    attributes.add(
        new Attribute(
            CMSAttributes.contentType,
            new DERSet(
                (ASN1ObjectIdentifier)
                    java.util.Objects.requireNonNull(
                        parameters.get(CMSAttributeTableGenerator.CONTENT_TYPE)))));
    attributes.add(
        new Attribute(
            CMSAttributes.messageDigest,
            new DERSet(
                new DEROctetString(
                    (byte[])
                        java.util.Objects.requireNonNull(
                            parameters.get(CMSAttributeTableGenerator.DIGEST))))));
    attributes.add(
        new Attribute(
            PKCSObjectIdentifiers.id_aa_signingCertificateV2,
            new DERSet(new SigningCertificateV2(new ESSCertIDv2[] {certId}))));
    return new AttributeTable(attributes);
  }

  private static SignerInformation withTimestamp(SignerInformation signer, TimestampToken token)
      throws IOException {
    var attribute =
        new Attribute(
            PKCSObjectIdentifiers.id_aa_signatureTimeStampToken,
            new DERSet(ASN1Primitive.fromByteArray(token.der())));
    return SignerInformation.replaceUnsignedAttributes(
        signer, new AttributeTable(new DERSet(attribute)));
  }

  /** Hands the signed attributes to the key's keeper. */
  private static final class KeySigner implements ContentSigner {
    private final SealKey key;
    private final ByteArrayOutputStream toBeSigned = new ByteArrayOutputStream();

    KeySigner(SealKey key) {
      this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new DefaultSignatureAlgorithmIdentifierFinder().find(key.algorithm());
    }

    @Override
    public OutputStream getOutputStream() {
      return toBeSigned;
    }

    @Override
    public byte[] getSignature() {
      return key.sign(toBeSigned.toByteArray());
    }
  }

  /** The signed byte ranges, read once. */
  private record Streamed(InputStream content) implements CMSTypedData {
    @Override
    public ASN1ObjectIdentifier getContentType() {
      return CMSObjectIdentifiers.data;
    }

    @Override
    public void write(OutputStream out) throws IOException {
      content.transferTo(out);
    }

    @Override
    public Object getContent() {
      return content;
    }
  }
}
