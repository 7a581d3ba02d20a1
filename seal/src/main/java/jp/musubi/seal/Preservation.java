package jp.musubi.seal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;

/**
 * Phase LT: the document security store (ISO 32000-2, 12.8.4.3; ETSI EN 319 142-1, 5.4.2) with the
 * certificates and revocation proofs of every signature, timestamp and OCSP responder in the file.
 */
final class Preservation {
  private static final COSName DSS = COSName.getPDFName("DSS");
  private static final String OCSP_NOCHECK = "1.3.6.1.5.5.7.48.1.5";

  private final RevocationSource revocations;
  private final Set<X509Certificate> known = new LinkedHashSet<>();
  private final Set<X509Certificate> kept = new LinkedHashSet<>();
  private final Map<Sha256, Revocation> proofs = new LinkedHashMap<>();
  private Instant newest = Instant.EPOCH;

  Preservation(
      List<X509Certificate> chain,
      Collection<X509Certificate> authorities,
      RevocationSource revocations) {
    this.revocations = revocations;
    known.addAll(chain);
    known.addAll(authorities);
  }

  /** Appends the store to {@code source} as {@code target}. */
  void preserve(Path source, Path target) throws IOException {
    try (var document = Loader.loadPDF(source.toFile())) {
      var signers = new LinkedHashSet<X509Certificate>();
      for (var signature : document.getSignatureDictionaries()) {
        gather(SealCms.read(signature.getContents()), signers);
      }
      if (signers.isEmpty()) {
        throw new UnsealablePdf("the document carries no signature", null);
      }
      proveAll(signers);
      append(document, target);
    } catch (CMSException e) {
      throw new UnsealablePdf("a signature in the document cannot be read", e);
    }
  }

  private void gather(CMSSignedData cms, Set<X509Certificate> signers)
      throws IOException, CMSException {
    var inside = certificates(cms);
    known.addAll(inside);
    for (var signer : cms.getSignerInfos()) {
      inside.stream().filter(c -> matches(signer, c)).forEach(signers::add);
      for (var token : timestamps(signer)) {
        newest = later(newest, timeOf(token));
        gather(token, signers);
      }
    }
    if (cms.getSignedContentTypeOID().equals(PKCSObjectIdentifiers.id_ct_TSTInfo.getId())) {
      newest = later(newest, timeOf(cms));
    }
  }

  private void proveAll(Set<X509Certificate> signers) {
    var waiting = new ArrayDeque<>(signers);
    while (!waiting.isEmpty()) {
      var certificate = waiting.removeFirst();
      if (!kept.add(certificate)) {
        continue;
      }
      if (isRoot(certificate)) {
        continue;
      }
      var issuer =
          issuerOf(certificate)
              .orElseThrow(() ->
                  new RevocationUnavailable(
                      "the issuer of '%s' is unknown"
                          .formatted(certificate.getSubjectX500Principal()),
                      null));
      waiting.add(issuer);
      if (certificate.getExtensionValue(OCSP_NOCHECK) != null) {
        continue;
      }
      var proof = revocations.revocationOf(certificate, issuer, newest);
      proofs.put(Sha256.of(proof.der()), proof);
      known.addAll(proof.signers());
      waiting.addAll(proof.signers());
    }
  }

  private void append(PDDocument document, Path target) throws IOException {
    var certificates = new COSArray();
    var ocsps = new COSArray();
    var crls = new COSArray();
    for (var certificate : kept) {
      certificates.add(stream(document, encoded(certificate)));
    }
    for (var proof : proofs.values()) {
      switch (proof.kind()) {
        case OCSP -> ocsps.add(stream(document, proof.der()));
        case CRL -> crls.add(stream(document, proof.der()));
      }
    }
    var store = new COSDictionary();
    store.setItem(COSName.TYPE, DSS);
    store.setItem(COSName.getPDFName("Certs"), certificates);
    store.setItem(COSName.getPDFName("OCSPs"), ocsps);
    store.setItem(COSName.getPDFName("CRLs"), crls);
    store.setNeedToBeUpdated(true);
    var catalog = document.getDocumentCatalog().getCOSObject();
    catalog.setItem(DSS, store);
    catalog.setNeedToBeUpdated(true);
    document.setDocumentId(newest.toEpochMilli());
    try (OutputStream out = Files.newOutputStream(target)) {
      document.saveIncremental(out);
    }
  }

  private static COSStream stream(PDDocument document, byte[] der) throws IOException {
    var stream = document.getDocument().createCOSStream();
    try (var out = stream.createOutputStream(COSName.FLATE_DECODE)) {
      out.write(der);
    }
    stream.setNeedToBeUpdated(true);
    return stream;
  }

  private Optional<X509Certificate> issuerOf(X509Certificate certificate) {
    return known.stream()
        .filter(c -> c.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
        .filter(c -> isSignedBy(certificate, c.getPublicKey()))
        .findFirst();
  }

  private static boolean isRoot(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
        && isSignedBy(certificate, certificate.getPublicKey());
  }

  private static boolean isSignedBy(X509Certificate certificate, PublicKey key) {
    try {
      certificate.verify(key);
      return true;
    } catch (GeneralSecurityException e) {
      // Another authority of the same name: not the issuer.
      return false;
    }
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
      return new org.bouncycastle.tsp.TimeStampToken(token)
          .getTimeStampInfo()
          .getGenTime()
          .toInstant();
    } catch (org.bouncycastle.tsp.TSPException | IOException e) {
      throw new UnsealablePdf("a timestamp in the document cannot be read", e);
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static List<X509Certificate> certificates(CMSSignedData cms) throws IOException {
    return cms.getCertificates().getMatches(null).stream().map(Preservation::x509).toList();
  }

  private static X509Certificate x509(X509CertificateHolder holder) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
    } catch (CertificateException | IOException e) {
      throw new UnsealablePdf("a certificate in the document cannot be read", e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateException e) {
      throw new UnsealablePdf("a certificate cannot be written", e);
    }
  }
}
