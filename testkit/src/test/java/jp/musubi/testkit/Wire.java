package jp.musubi.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;

/** What a client of the servers sends. */
final class Wire {

  static final BigInteger NONCE = new BigInteger("1234567890123456789");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Wire() {}

  static HttpResponse<byte[]> post(URI url, String type, byte[] body)
      throws IOException, InterruptedException {
    return post(url, type, body, Duration.ofSeconds(20));
  }

  private static HttpResponse<byte[]> post(URI url, String type, byte[] body, Duration patience)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", type)
            .timeout(patience)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  static HttpResponse<byte[]> get(URI url) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  static HttpResponse<byte[]> timestamp(PkiServer server, TimeStampRequest request)
      throws IOException, InterruptedException {
    return post(server.pki().tsaUrl(), "application/timestamp-query", request.getEncoded());
  }

  /** Gives up after a fifth of a second. */
  static HttpResponse<byte[]> impatiently(PkiServer server, TimeStampRequest request)
      throws IOException, InterruptedException {
    var url = server.pki().tsaUrl();
    var bytes = request.getEncoded();
    return post(url, "application/timestamp-query", bytes, Duration.ofMillis(200));
  }

  static HttpResponse<byte[]> status(PkiServer server, OCSPReq request)
      throws IOException, InterruptedException {
    return post(server.pki().ocspUrl(), "application/ocsp-request", request.getEncoded());
  }

  static TimeStampRequest timestampRequest(byte[] data) throws Exception {
    return timestampRequest(data, "SHA-256", NISTObjectIdentifiers.id_sha256);
  }

  static TimeStampRequest timestampRequest(byte[] data, String digest, ASN1ObjectIdentifier id)
      throws NoSuchAlgorithmException {
    var generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    generator.setReqPolicy(new ASN1ObjectIdentifier(PkiServer.TSA_POLICY));
    return generator.generate(id, MessageDigest.getInstance(digest).digest(data), NONCE);
  }

  static OCSPReq statusRequest(X509Certificate issuer, BigInteger serial) throws Exception {
    var nonce =
        new Extension(
            OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
            false,
            new DEROctetString(NONCE.toByteArray()).getEncoded());
    return new OCSPReqBuilder()
        .addRequest(
            new CertificateID(
                new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
                Authority.holder(issuer),
                serial))
        .setRequestExtensions(new Extensions(nonce))
        .build();
  }
}
