package jp.musubi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("試用の失効情報は")
class StatusTest {

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T01:02:03Z"));

  @TempDir private Path directory;
  private PkiServer server;
  private TestPki pki;

  @BeforeEach
  void start() {
    server = PkiServer.open(directory.resolve("pki"), clock);
    pki = server.pki();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("有効な証明書を有効と答え、乱数を返す")
  void saysGoodOfTheSealAndEchoesTheNonce() throws Exception {
    var answer = ask(pki.sealChain());
    var one = answer.getResponses()[0];

    assertThat(one.getCertStatus()).isEqualTo(CertificateStatus.GOOD);
    assertThat(one.getThisUpdate().toInstant()).isEqualTo(clock.instant());
    assertThat(one.getNextUpdate().toInstant()).isAfter(clock.instant());
    var nonce = answer.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce).getExtnValue();
    assertThat(ASN1OctetString.getInstance(nonce.getOctets()).getOctets())
        .isEqualTo(Wire.NONCE.toByteArray());
    assertSignedByTheResponderOf(answer, pki.sealChain().get(1));
    assertSignedByTheResponderOf(ask(pki.timestamp().chain()), pki.timestamp().path().get(1));
  }

  @Test
  @DisplayName("失効した証明書を失効と答え、リストにも載せる")
  void saysRevokedOfARevokedOneInBothWays() throws Exception {
    var seal = pki.seal().certificate();
    assertThat(list("issuing").isRevoked(seal)).isFalse();
    var at = clock.instant();
    pki.revoke(seal.getSerialNumber());
    clock.advance(Duration.ofMinutes(5));

    var status = (RevokedStatus) ask(pki.sealChain()).getResponses()[0].getCertStatus();

    assertThat(status.getRevocationTime().toInstant()).isEqualTo(at);
    assertThat(list("issuing").isRevoked(seal)).isTrue();
    assertThat(list("root").isRevoked(seal)).isFalse();
    assertThat(list("tsa").getRevokedCertificates()).isNull();
    assertThatThrownBy(() -> pki.revoke(BigInteger.TEN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("出していない番号を知らないと答える")
  void saysUnknownOfASerialNumberItNeverIssued() throws Exception {
    var answer = answer(Wire.statusRequest(pki.sealChain().get(1), BigInteger.TEN));

    assertThat(basic(answer).getResponses()[0].getCertStatus()).isInstanceOf(UnknownStatus.class);
  }

  @Test
  @DisplayName("よその認証局の問い合わせを受けない")
  void isNotAuthorisedForTheRoot() throws Exception {
    var issuing = pki.sealChain().get(1);

    assertThat(answer(Wire.statusRequest(pki.root(), issuing.getSerialNumber())).getStatus())
        .isEqualTo(OCSPResp.UNAUTHORIZED);
  }

  @Test
  @DisplayName("opensslも有効と認める答えを返す")
  void satisfiesOpenssl() throws Exception {
    var openssl = new Openssl(directory);
    // openssl 3.0 holds thisUpdate against the machine's time, whatever -attime says.
    clock.set(Clock.systemUTC().instant().minusSeconds(1));
    server.close();
    server = PkiServer.open(directory.resolve("pki-of-today"), clock);
    pki = server.pki();
    Files.writeString(directory.resolve("root.pem"), pki.rootPem());
    Files.writeString(directory.resolve("issuer.pem"), TestPki.pem(pki.sealChain().get(1)));
    Files.writeString(directory.resolve("seal.pem"), TestPki.pem(pki.seal().certificate()));
    var request = request(pki.sealChain());
    Files.write(directory.resolve("reply.der"), Wire.status(server, request).body());

    var said =
        openssl.run(
            "ocsp",
            "-respin",
            "reply.der",
            "-issuer",
            "issuer.pem",
            "-cert",
            "seal.pem",
            "-CAfile",
            "root.pem",
            "-verify_other",
            "issuer.pem",
            "-no_nonce");

    assertThat(said).contains("Response verify OK").contains("seal.pem: good");
  }

  @Test
  @DisplayName("GETでも答える")
  void answersGetToo() throws Exception {
    var text = Base64.getEncoder().encodeToString(request(pki.sealChain()).getEncoded());
    var path = "/ocsp/" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    var reply = Wire.get(pki.baseUrl().resolve(path));

    assertThat(basic(new OCSPResp(reply.body())).getResponses()[0].getCertStatus())
        .isEqualTo(CertificateStatus.GOOD);
    assertThat(Wire.get(pki.baseUrl().resolve("/ocsp/%21%21")).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName("証明書に書いた場所で証明書とリストを配る")
  void servesWhatTheCertificatesPointAt() throws Exception {
    var reply = Wire.get(pki.baseUrl().resolve("/ca/issuing.cer"));

    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(reply.body())))
        .isEqualTo(pki.sealChain().get(1));
    assertThat(new String(pki.seal().certificate().getEncoded(), StandardCharsets.ISO_8859_1))
        .contains(pki.ocspUrl().toString())
        .contains(pki.baseUrl() + "/ca/issuing.cer")
        .contains(pki.baseUrl() + "/crl/issuing.crl");
    list("issuing").verify(pki.sealChain().get(1).getPublicKey());
    list("root").verify(pki.root().getPublicKey());
    assertThat(Wire.get(URI.create(pki.baseUrl() + "/crl/none.crl")).statusCode()).isEqualTo(404);
    assertThat(server.crl().calls()).isEqualTo(2);
    assertThat(server.ca().calls()).isEqualTo(1);
  }

  @Test
  @DisplayName("頼まれたとおりに故障する")
  void failsAsTold() throws Exception {
    var chain = pki.sealChain();

    server.ocsp().fail(new Fault.Refuse(), 1);
    assertThat(Wire.status(server, request(chain)).statusCode()).isEqualTo(503);
    server.ocsp().fail(new Fault.Unknown());
    assertThat(ask(chain).getResponses()[0].getCertStatus()).isInstanceOf(UnknownStatus.class);
    server.ocsp().fail(new Fault.Revoked());
    assertThat(ask(chain).getResponses()[0].getCertStatus()).isInstanceOf(RevokedStatus.class);
    server.ocsp().fail(new Fault.Expired());
    assertThat(ask(chain).getResponses()[0].getNextUpdate().toInstant()).isBefore(clock.instant());
    server.ocsp().fail(new Fault.OtherCertificate());
    assertThat(ask(chain).getResponses()[0].getCertID().getSerialNumber())
        .isNotEqualTo(pki.seal().certificate().getSerialNumber());
    server.ocsp().fail(new Fault.UnauthorisedResponder());
    assertThat(ask(chain).getCerts()[0].getSerialNumber())
        .isEqualTo(pki.seal().certificate().getSerialNumber());
    server.ocsp().fail(new Fault.TryLater());
    assertThat(answer(request(chain)).getStatus()).isEqualTo(OCSPResp.TRY_LATER);
    server.ocsp().fail(new Fault.Garbage());
    assertThatThrownBy(() -> ask(chain)).isInstanceOf(Exception.class);
    server.ocsp().fail(new Fault.Truncated());
    assertThatThrownBy(() -> ask(chain)).isInstanceOf(Exception.class);
    server.crl().fail(new Fault.Refuse());
    assertThat(Wire.get(pki.baseUrl().resolve("/crl/root.crl")).statusCode()).isEqualTo(503);

    server.ocsp().heal();
    assertThat(ask(chain).getResponses()[0].getCertStatus()).isEqualTo(CertificateStatus.GOOD);
  }

  private X509CRL list(String name) throws Exception {
    var reply = Wire.get(pki.baseUrl().resolve("/crl/" + name + ".crl"));
    return (X509CRL)
        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(reply.body()));
  }

  private static OCSPReq request(List<X509Certificate> chain) throws Exception {
    return Wire.statusRequest(chain.get(1), chain.getFirst().getSerialNumber());
  }

  private BasicOCSPResp ask(List<X509Certificate> chain) throws Exception {
    return basic(answer(request(chain)));
  }

  private OCSPResp answer(OCSPReq request) throws Exception {
    return new OCSPResp(Wire.status(server, request).body());
  }

  private static BasicOCSPResp basic(OCSPResp response) throws Exception {
    assertThat(response.getStatus()).isEqualTo(OCSPResp.SUCCESSFUL);
    return (BasicOCSPResp) response.getResponseObject();
  }

  private static void assertSignedByTheResponderOf(BasicOCSPResp answer, X509Certificate issuer)
      throws Exception {
    var verifiers = new JcaContentVerifierProviderBuilder();
    assertThat(answer.isSignatureValid(verifiers.build(answer.getCerts()[0]))).isTrue();
    assertThat(answer.getCerts()[0].isSignatureValid(verifiers.build(issuer))).isTrue();
  }
}
