package jp.musubi.seal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * Who signed in a signature and in its timestamp.
 *
 * @param signers the certificates that signed
 * @param inside every certificate that came along
 * @param newest the latest time that a timestamp states
 */
record Signers(Set<X509Certificate> signers, Set<X509Certificate> inside, Instant newest) {

  /** Reads a signature's or a document timestamp's value. */
  static Signers of(byte[] contents) {
    try {
      var found = new Signers(new LinkedHashSet<>(), new LinkedHashSet<>(), Instant.EPOCH);
      return found.gather(SealCms.read(contents));
    } catch (CMSException | IOException e) {
      throw new UnsealablePdf("a signature in the document cannot be read", e);
    }
  }

  private Signers gather(CMSSignedData cms) throws IOException, CMSException {
    var own = cms.getCertificates().getMatches(null).stream().map(Signers::x509).toList();
    inside.addAll(own);
    var latest =
        cms.getSignedContentTypeOID().equals(PKCSObjectIdentifiers.id_ct_TSTInfo.getId())
            ? later(newest, timeOf(cms))
            : newest;
    for (var signer : cms.getSignerInfos()) {
      own.stream().filter(c -> matches(signer, c)).forEach(signers::add);
      for (var token : timestamps(signer)) {
        latest = later(latest, gather(token).newest());
      }
    }
    return new Signers(signers, inside, latest);
  }

  private static boolean matches(SignerInformation signer, X509Certificate certificate) {
    try {
      return signer.getSID().match(new X509CertificateHolder(certificate.getEncoded()));
    } catch (IOException | CertificateException e) {
      throw new UnsealablePdf("a certificate in the document cannot be read", e);
    }
  }

  private static List<CMSSignedData> timestamps(SignerInformation signer)
      throws IOException, CMSException {
    var attributes = signer.getUnsignedAttributes();
    if (attributes == null) {
      return List.of();
    }
    var attribute = attributes.get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
    return attribute == null
        ? List.of()
        : List.of(
            new CMSSignedData(
                attribute.getAttrValues().getObjectAt(0).toASN1Primitive().getEncoded()));
  }

  private static Instant timeOf(CMSSignedData token) {
    try {
      return new TimeStampToken(token).getTimeStampInfo().getGenTime().toInstant();
    } catch (TSPException | IOException e) {
      throw new UnsealablePdf("a timestamp in the document cannot be read", e);
    }
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  static X509Certificate x509(X509CertificateHolder holder) {
    try {
      return x509(holder.getEncoded());
    } catch (IOException e) {
      throw new UnsealablePdf("a certificate in the document cannot be read", e);
    }
  }

  static X509Certificate x509(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new UnsealablePdf("a certificate in the document cannot be read", e);
    }
  }
}
