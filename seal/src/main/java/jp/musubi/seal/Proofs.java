package jp.musubi.seal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** The revocation proofs that a document carries already: of whom they speak, not what they say. */
final class Proofs {
  private final List<CertificateID> answered = new ArrayList<>();
  private final List<X509CRL> lists = new ArrayList<>();

  /** Entries that cannot be read prove nothing: what they were for is asked about again. */
  Proofs(List<byte[]> ocsps, List<byte[]> crls) {
    for (var der : ocsps) {
      try {
        if (new OCSPResp(der).getResponseObject() instanceof BasicOCSPResp basic) {
          for (var single : basic.getResponses()) {
            answered.add(single.getCertID());
          }
        }
      } catch (OCSPException | IOException | RuntimeException unreadable) {
        // What it may have proved is asked about again.
      }
    }
    for (var der : crls) {
      try {
        lists.add(
            (X509CRL)
                CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der)));
      } catch (GeneralSecurityException unreadable) {
        // What it may have proved is asked about again.
      }
    }
  }

  boolean speakOf(X509Certificate certificate, X509Certificate issuer) {
    return lists.stream()
            .anyMatch(
                list -> list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()))
        || answered.stream()
            .filter(id -> id.getSerialNumber().equals(certificate.getSerialNumber()))
            .anyMatch(id -> isOf(id, issuer));
  }

  private static boolean isOf(CertificateID id, X509Certificate issuer) {
    try {
      var digests = new JcaDigestCalculatorProviderBuilder().build();
      return id.matchesIssuer(new X509CertificateHolder(issuer.getEncoded()), digests);
    } catch (OperatorCreationException | OCSPException | GeneralSecurityException | IOException e) {
      // An identifier by a digest that is not known here names nobody.
      return false;
    }
  }
}
