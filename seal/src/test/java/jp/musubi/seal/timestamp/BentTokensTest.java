package jp.musubi.seal.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import jp.musubi.seal.ImprintAlgorithm;
import jp.musubi.seal.Sha256;
import jp.musubi.testkit.TestPki;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("一ビット違うタイムスタンプ")
class BentTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

  @Test
  @DisplayName("一つのビットが違うだけで、決して受け入れない。例外も投げない")
  void areRefused(@TempDir Path directory) throws IOException {
    var pki =
        TestPki.open(directory, URI.create("http://127.0.0.1:1"), Clock.fixed(NOW, ZoneOffset.UTC));
    var checks = new TokenChecks(List.of(), pki.trustAnchors());
    var request =
        new TokenRequest(ImprintAlgorithm.SHA_256, new byte[32], BigInteger.TEN, Optional.empty());
    var right = pki.timestamp(request.encoded(), Optional.empty());
    var der = ((TokenVerdict.Verified) checks.check(right, request, NOW)).token();
    var signed = contentInfo(right);
    var accepted = new HashSet<Integer>();
    for (var at = 0; at < right.length; at += at < signed ? 1 : 3) {
      for (var bit : List.of(4, 128)) {
        var bent = right.clone();
        bent[at] ^= bit.byteValue();
        if (checks.check(bent, request, NOW) instanceof TokenVerdict.Verified(var token, _)) {
          accepted.add(at);
          assertThat(token.time()).isEqualTo(der.time());
          assertThat(signedParts(token.path())).isEqualTo(signedParts(der.path()));
        }
      }
    }
    // What no signature covers and no reader looks at, e.g. an unused certificate's own bits.
    assertThat(accepted).filteredOn(at -> at >= signed).hasSizeLessThan(10);
  }

  /**
   * Where the token's signed content begins. What stands before, e.g. the text of the status and
   * the list of digests, no signature covers (RFC 3161, 2.4.2; RFC 5652, 5.1).
   */
  private static int contentInfo(byte[] answer) throws IOException {
    var type = PKCSObjectIdentifiers.id_ct_TSTInfo.getEncoded();
    return IntStream.range(0, answer.length - type.length)
        .filter(at -> Arrays.equals(answer, at, at + type.length, type, 0, type.length))
        .findFirst()
        .orElseThrow();
  }

  /** What the issuers signed: the number of unused bits behind a signature is not part of it. */
  private static List<Sha256> signedParts(List<X509Certificate> path) {
    return path.stream()
        .map(certificate -> {
          try {
            return Sha256.of(certificate.getTBSCertificate());
          } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
          }
        })
        .toList();
  }
}
