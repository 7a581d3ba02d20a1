package jp.musubi.seal.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.testkit.TestPki;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.SignerId;
import org.bouncycastle.util.CollectionStore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("時刻認証局の証明書の経路")
class AuthorityCertificatesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

  @Test
  @DisplayName("同じ証明書の組の経路は、一度だけ探す。三十二組まで憶える")
  void areRememberedBySet(@TempDir Path folder) throws Exception {
    var pki =
        TestPki.open(folder, URI.create("http://127.0.0.1:1"), Clock.fixed(NOW, ZoneOffset.UTC));
    var chain = pki.timestamp().chain();
    var leaf = new JcaX509CertificateHolder(chain.getFirst());
    var certificates = new AuthorityCertificates(pki.trustAnchors());
    var signer = new SignerId(leaf.getIssuer(), leaf.getSerialNumber());

    var first = path(certificates, signer, chain, 1, NOW);
    assertThat(first.certificates()).isEqualTo(pki.timestamp().path());
    assertThat(first.leaf()).isEqualTo(pki.timestamp().certificate());
    assertThat(first.until()).isEqualTo(chain.getFirst().getNotAfter().toInstant());
    assertThat(path(certificates, signer, chain, 1, first.from())).isSameAs(first);
    assertThat(path(certificates, signer, chain, 1, first.until())).isSameAs(first);
    assertThat(path(certificates, signer, chain, 2, NOW)).isNotSameAs(first);
    assertThat(certificates.path(store(chain, 1), signer, first.until().plusSeconds(1)))
        .isInstanceOf(AuthorityCertificates.Search.None.class);
    assertThat(certificates.path(store(chain, 1), signer, first.from().minusSeconds(1)))
        .isInstanceOf(AuthorityCertificates.Search.None.class);

    for (var many = 3; many <= 32; many++) {
      path(certificates, signer, chain, many, NOW);
    }
    assertThat(path(certificates, signer, chain, 1, NOW)).isSameAs(first);
    path(certificates, signer, chain, 33, NOW);
    assertThat(path(certificates, signer, chain, 1, NOW)).isNotSameAs(first);
  }

  private static AuthorityCertificates.Path path(
      AuthorityCertificates certificates,
      SignerId signer,
      List<java.security.cert.X509Certificate> chain,
      int many,
      Instant at)
      throws CertificateEncodingException {
    return ((AuthorityCertificates.Search.Found) certificates.path(store(chain, many), signer, at))
        .path();
  }

  /** The chain, with its last certificate so many times: sets that lead to one path. */
  private static CollectionStore<X509CertificateHolder> store(
      List<java.security.cert.X509Certificate> chain, int many)
      throws CertificateEncodingException {
    var holders = new ArrayList<X509CertificateHolder>();
    for (var each : chain) {
      holders.add(new JcaX509CertificateHolder(each));
    }
    for (var i = 1; i < many; i++) {
      holders.add(holders.getLast());
    }
    return new CollectionStore<>(holders);
  }
}
