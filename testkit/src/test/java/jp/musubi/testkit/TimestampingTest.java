package jp.musubi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("試用タイムスタンプ局は")
class TimestampingTest {

  private static final byte[] DATA = "契約書".getBytes(StandardCharsets.UTF_8);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T01:02:03Z"));

  @TempDir private Path directory;
  private PkiServer server;

  @BeforeEach
  void start() {
    server = PkiServer.open(directory.resolve("pki"), clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("渡された時計の時刻で正しいトークンを出す")
  void signsATokenWithTheTimeOfItsClock() throws Exception {
    var request = Wire.timestampRequest(DATA);
    var response = answer(request);
    response.validate(request);
    var token = response.getTimeStampToken();
    var info = token.getTimeStampInfo();
    var verifier =
        new JcaSimpleSignerInfoVerifierBuilder().build(server.pki().timestamp().certificate());

    token.validate(verifier);
    assertThat(info.getGenTime().toInstant()).isEqualTo(clock.instant());
    assertThat(info.getAccuracy().getSeconds().intValueExact()).isEqualTo(1);
    assertThat(info.getPolicy().getId()).isEqualTo(PkiServer.TSA_POLICY);
    assertThat(info.getNonce()).isEqualTo(Wire.NONCE);
    assertThat(token.getCertificates().getMatches(null)).hasSize(2);
    assertThat(token.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2))
        .isNotNull();
    assertThat(token.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificate))
        .isNull();
    assertThat(server.tsa().calls()).isEqualTo(1);
  }

  @Test
  @DisplayName("opensslも正しいと認めるトークンを出す")
  void satisfiesOpenssl() throws Exception {
    var openssl = new Openssl(directory);
    var data = Files.write(directory.resolve("data"), DATA);
    var request = Wire.timestampRequest(DATA, "SHA-512", NISTObjectIdentifiers.id_sha512);
    var reply = Files.write(directory.resolve("reply.tsr"), Wire.timestamp(server, request).body());
    var root = Files.writeString(directory.resolve("root.pem"), server.pki().rootPem());

    var said =
        openssl.run(
            "ts",
            "-verify",
            "-data",
            data.toString(),
            "-in",
            reply.toString(),
            "-CAfile",
            root.toString(),
            "-attime",
            Long.toString(clock.instant().getEpochSecond()));

    assertThat(said).contains("Verification: OK");
  }

  @Test
  @DisplayName("再起動しても同じ住所で答え、番号を繰り返さない")
  void keepsItsAddressAndNeverRepeatsASerialNumberOverRestarts() throws Exception {
    var numbers = new HashSet<BigInteger>();
    var url = server.pki().tsaUrl();
    for (var start = 0; start < 3; start++) {
      for (var call = 0; call < 5; call++) {
        var response = answer(Wire.timestampRequest(DATA));
        numbers.add(response.getTimeStampToken().getTimeStampInfo().getSerialNumber());
      }
      server.close();
      server = PkiServer.open(directory.resolve("pki"), clock);
    }

    assertThat(numbers).hasSize(15);
    assertThat(server.pki().tsaUrl()).isEqualTo(url);
  }

  @Test
  @DisplayName("SHA-1の依頼を断る")
  void rejectsSha1() throws Exception {
    var response = answer(Wire.timestampRequest(DATA, "SHA-1", OIWObjectIdentifiers.idSHA1));

    assertThat(response.getStatus()).isEqualTo(PKIStatus.REJECTION);
    assertThat(response.getFailInfo().intValue()).isEqualTo(PKIFailureInfo.badAlg);
  }

  @Test
  @DisplayName("依頼でないものを断る")
  void rejectsWhatIsNoRequest() throws Exception {
    var url = server.pki().tsaUrl();
    var reply = Wire.post(url, "application/timestamp-query", DATA);

    assertThat(new TimeStampResponse(reply.body()).getFailInfo().intValue())
        .isEqualTo(PKIFailureInfo.badDataFormat);
    assertThat(Wire.get(url).statusCode()).isEqualTo(405);
    assertThat(Wire.post(url, "text/plain", DATA).statusCode()).isEqualTo(415);
  }

  @Test
  @DisplayName("頼まれたとおりに故障する")
  void failsAsTold() throws Exception {
    var request = Wire.timestampRequest(DATA);

    server.tsa().fail(new Fault.Refuse(), 2);
    assertThat(Wire.timestamp(server, request).statusCode()).isEqualTo(503);
    assertThat(Wire.timestamp(server, request).statusCode()).isEqualTo(503);
    answer(request).validate(request);

    server.tsa().fail(new Fault.ServerError());
    assertThat(Wire.timestamp(server, request).statusCode()).isEqualTo(500);

    server.tsa().fail(new Fault.WrongNonce());
    refuses(request, "nonce");
    server.tsa().fail(new Fault.WrongImprint());
    refuses(request, "imprint");
    server.tsa().fail(new Fault.WrongPolicy());
    refuses(request, "policy");

    server.tsa().fail(new Fault.StaleTime(Duration.ofHours(3)));
    assertThat(answer(request).getTimeStampToken().getTimeStampInfo().getGenTime().toInstant())
        .isEqualTo(clock.instant().minus(Duration.ofHours(3)));

    server.tsa().fail(new Fault.NoCertificate());
    assertThat(answer(request).getTimeStampToken().getCertificates().getMatches(null)).isEmpty();

    server.tsa().fail(new Fault.Rejection(PKIFailureInfo.timeNotAvailable, "clock"));
    assertThat(answer(request).getFailInfo().intValue()).isEqualTo(PKIFailureInfo.timeNotAvailable);

    server.tsa().fail(new Fault.Garbage());
    assertThatThrownBy(() -> answer(request)).isInstanceOf(Exception.class);
    server.tsa().fail(new Fault.Truncated());
    assertThatThrownBy(() -> answer(request)).isInstanceOf(Exception.class);

    server.tsa().fail(new Fault.Slow(Duration.ofMinutes(1)));
    assertThatThrownBy(() -> Wire.impatiently(server, request))
        .isInstanceOf(HttpTimeoutException.class);

    server.tsa().heal();
    answer(request).validate(request);
  }

  private void refuses(TimeStampRequest request, String word) throws Exception {
    var response = answer(request);
    assertThat(response.getTimeStampToken()).isNotNull();
    assertThatThrownBy(() -> response.validate(request))
        .isInstanceOf(TSPException.class)
        .hasMessageContaining(word);
  }

  private TimeStampResponse answer(TimeStampRequest request) throws Exception {
    return new TimeStampResponse(Wire.timestamp(server, request).body());
  }
}
