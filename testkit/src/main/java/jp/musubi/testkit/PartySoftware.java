package jp.musubi.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * 当事者の署名ソフト — what a party has on its own desk: signs a PDF in a field that is there, by an
 * incremental update, with its own key. Written with PDFBox, as many such programs are, and knows
 * nothing of ours.
 *
 * @param who whose key and certificate
 * @param pades with the certificate's digest among what is signed (ETSI EN 319 122-1)
 * @param algorithm JCA name of the signature
 */
public record PartySoftware(Identity who, boolean pades, String algorithm) {
  private static final int ROOM = 30_000;

  /** Software that makes PAdES-BASELINE-B. */
  public static PartySoftware of(Identity who) {
    return new PartySoftware(who, true, KeyKind.signatureAlgorithm(who.key()));
  }

  /** The same, making a CMS of before PAdES. */
  public PartySoftware plain() {
    return new PartySoftware(who, false, algorithm);
  }

  /** The same with another algorithm. */
  public PartySoftware by(String other) {
    return new PartySoftware(who, pades, other);
  }

  /** Something else that is done to the document before it is signed. */
  @FunctionalInterface
  public interface Edit {
    /** Changes the document, and marks what it changed. */
    void on(PDDocument document) throws IOException;
  }

  /** Signs {@code source} in the field of that name. */
  public void sign(Path source, Path target, String field, Instant at) throws IOException {
    sign(source, target, field, at, _ -> {});
  }

  /** Signs after an edit; a field that is not there is made. */
  public void sign(Path source, Path target, String field, Instant at, Edit edit)
      throws IOException {
    try (var document = Loader.loadPDF(source.toFile());
        var out = Files.newOutputStream(target)) {
      edit.on(document);
      var signature = new PDSignature();
      signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
      signature.setSubFilter(
          pades
              ? PDSignature.SUBFILTER_ETSI_CADES_DETACHED
              : PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
      signature.setName("当事者の署名ソフト");
      Calendar when = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
      when.setTimeInMillis(at.toEpochMilli());
      signature.setSignDate(when);
      var form = document.getDocumentCatalog().getAcroForm(null);
      if (form != null && form.getField(field) instanceof PDSignatureField prepared) {
        prepared.getCOSObject().setItem(COSName.V, signature);
        prepared.getCOSObject().setNeedToBeUpdated(true);
      }
      var options = new org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions();
      options.setPreferredSignatureSize(ROOM);
      document.addSignature(signature, this::cms, options);
      document.saveIncremental(out);
    }
  }

  private byte[] cms(InputStream content) throws IOException {
    try {
      var certificate = who.certificate();
      var generator = new CMSSignedDataGenerator();
      var builder =
          new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build());
      var attributes = new ASN1EncodableVector();
      if (pades) {
        attributes.add(
            new Attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                new DERSet(new SigningCertificateV2(new ESSCertIDv2(digest(certificate))))));
      }
      var standard = new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes));
      // PAdES says the time in the PDF (ETSI EN 319 142-1, 6.3).
      builder.setSignedAttributeGenerator(
          parameters -> standard.getAttributes(parameters).remove(CMSAttributes.signingTime));
      generator.addSignerInfoGenerator(
          builder.build(new JcaContentSignerBuilder(algorithm).build(who.key()), certificate));
      generator.addCertificates(new JcaCertStore(who.chain()));
      return generator
          .generate(new CMSProcessableByteArray(content.readAllBytes()), false)
          .getEncoded("DER");
    } catch (OperatorCreationException | CMSException | GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static byte[] digest(X509Certificate certificate) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
  }
}
