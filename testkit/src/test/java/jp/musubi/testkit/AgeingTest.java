package jp.musubi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("年を経る試用認証局")
class AgeingTest {

  @Test
  @DisplayName("時計の指す年に始まり、その時代の鍵を使う")
  void beginsInTheYearOfItsClockWithTheKeysOfItsAge(@TempDir Path directory) {
    var clock = new SettableClock(Instant.parse("2049-04-01T00:00:00Z"));
    try (var server =
        PkiServer.open(
            directory, clock, new HierarchyKeys(KeyKind.P_256, KeyKind.P_256, KeyKind.RSA_2048))) {
      var pki = server.pki();
      for (var certificate : pki.timestamp().path()) {
        assertThat(certificate.getNotBefore()).isEqualTo("2049-03-31T00:00:00.000Z");
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
      }
      var key = (RSAPublicKey) pki.timestamp().certificate().getPublicKey();
      assertThat(key.getModulus().bitLength()).isEqualTo(2048);
    }
  }

  @Test
  @DisplayName("時刻認証局は鍵と証明書を新しくし、前の証明書の失効情報にも答え続ける")
  void rollsTheTimestampKeyAndKeepsKnowingTheOldOne(@TempDir Path directory) {
    var clock = new SettableClock(Instant.parse("2030-04-01T00:00:00Z"));
    try (var server = PkiServer.open(directory, clock)) {
      var pki = server.pki();
      var old = pki.timestamp().certificate();
      clock.set(Instant.parse("2035-04-01T00:00:00Z"));

      pki.rollTimestamp(KeyKind.P_384);

      var fresh = pki.timestamp().certificate();
      assertThat(fresh.getSerialNumber()).isNotEqualTo(old.getSerialNumber());
      assertThat(((ECPublicKey) fresh.getPublicKey()).getParams().getOrder().bitLength())
          .isEqualTo(384);
      assertThat(fresh.getNotAfter()).isAfter(Date.from(Instant.parse("2046-01-01T00:00:00Z")));
      assertThat(TestPki.open(directory, pki.baseUrl(), clock).timestamp().certificate())
          .isEqualTo(fresh);
      pki.revoke(old.getSerialNumber());
    }
  }
}
