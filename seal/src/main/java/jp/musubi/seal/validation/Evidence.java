package jp.musubi.seal.validation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;

/** 検証情報 — the certificates and revocation answers that a file carries in its /DSS. */
record Evidence(
    Set<X509Certificate> certificates, List<BasicOCSPResp> answers, List<X509CRL> lists) {
  private static final int LARGEST = 20_000_000;

  /** Entries that cannot be read prove nothing and are left out. */
  static Evidence of(PDDocument document) throws IOException {
    var certificates = new LinkedHashSet<X509Certificate>();
    var answers = new ArrayList<BasicOCSPResp>();
    var lists = new ArrayList<X509CRL>();
    var store = Cos.dictionary(document.getDocumentCatalog().getCOSObject(), "DSS");
    if (store != null) {
      for (var bytes : streams(store, "Certs")) {
        try {
          certificates.add(
              (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(bytes)));
        } catch (GeneralSecurityException unreadable) {
          // Unreadable evidence is no evidence; what then lacks is told by the judgement.
        }
      }
      for (var bytes : streams(store, "OCSPs")) {
        try {
          if (new OCSPResp(bytes).getResponseObject() instanceof BasicOCSPResp answer) {
            answers.add(answer);
          }
        } catch (OCSPException | IOException | RuntimeException unreadable) {
          // Unreadable evidence is no evidence; what then lacks is told by the judgement.
        }
      }
      for (var bytes : streams(store, "CRLs")) {
        try {
          lists.add((X509CRL) factory().generateCRL(new ByteArrayInputStream(bytes)));
        } catch (GeneralSecurityException unreadable) {
          // Unreadable evidence is no evidence; what then lacks is told by the judgement.
        }
      }
    }
    return new Evidence(certificates, answers, lists);
  }

  private static List<byte[]> streams(COSDictionary store, String key) throws IOException {
    var found = new ArrayList<byte[]>();
    for (var each : Cos.dictionaries(Cos.array(store, key))) {
      if (each instanceof COSStream stream) {
        try (var in = stream.createInputStream()) {
          found.add(in.readNBytes(LARGEST));
        }
      }
    }
    return found;
  }

  static CertificateFactory factory() {
    try {
      return CertificateFactory.getInstance("X.509");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
