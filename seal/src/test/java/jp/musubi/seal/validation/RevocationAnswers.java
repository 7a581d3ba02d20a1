package jp.musubi.seal.validation;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/** Asks a responder, as it is: also for answers that the engine would refuse. */
final class RevocationAnswers {
  private RevocationAnswers() {}

  static byte[] about(X509Certificate certificate, X509Certificate issuer, URI responder)
      throws Exception {
    var calculator =
        new BcDigestCalculatorProvider()
            .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256));
    var id =
        new CertificateID(
            calculator,
            new X509CertificateHolder(issuer.getEncoded()),
            certificate.getSerialNumber());
    var request = new OCSPReqBuilder().addRequest(id).build().getEncoded();
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(responder)
                  .header("Content-Type", "application/ocsp-request")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray())
          .body();
    }
  }
}
