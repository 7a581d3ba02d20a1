package jp.musubi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("試用の認証基盤は")
class TestPkiTest {

  private static final URI BASE = URI.create("http://127.0.0.1:20999");
  private static final String TIMESTAMPING = "1.3.6.1.5.5.7.3.8";
  private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T01:00:00Z"));

  @TempDir private Path directory;

  @Test
  @DisplayName("二度目に開いても同じ鍵と証明書と失効を返す")
  void findsTheSameKeysCertificatesAndRevocationsAgain() {
    var first = TestPki.open(directory, BASE, clock);
    var revoked = first.issue(order("試用 失効した人")).certificate();
    first.revoke(revoked.getSerialNumber());

    clock.advance(Duration.ofDays(30));
    var second = TestPki.open(directory, BASE, clock);

    assertThat(second.seal()).isEqualTo(first.seal());
    assertThat(second.timestamp()).isEqualTo(first.timestamp());
    assertThat(second.root()).isEqualTo(first.root());
    assertThat(second.opening()).isGreaterThan(first.opening());
    assertThatThrownBy(() -> validate(second, path(second, revoked)))
        .isInstanceOf(CertPathValidatorException.class)
        .hasMessageContaining("revoked");
  }

  @Test
  @DisplayName("別の住所では開かない")
  void refusesAnotherBaseUrl() {
    TestPki.open(directory, BASE, clock);

    assertThatThrownBy(() -> TestPki.open(directory, URI.create("http://127.0.0.1:1"), clock))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("20999");
    assertThat(TestPki.baseUrlOf(directory)).contains(BASE);
  }

  @Test
  @DisplayName("鍵を持ち主だけに読ませる")
  void letsNobodyElseReadItsFiles() throws Exception {
    TestPki.open(directory, BASE, clock);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    try (var files = Files.list(directory)) {
      assertThat(files.toList())
          .hasSizeGreaterThanOrEqualTo(4)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  @DisplayName("JDKの検証を失効リストつきで通る")
  void satisfiesThePkixValidatorOfTheJdk() throws Exception {
    var pki = TestPki.open(directory, BASE, clock);

    validate(pki, pki.sealChain());
    validate(pki, pki.timestamp().chain());
    for (var authority : pki.authorities()) {
      if (pki.responder(authority).isPresent()) {
        validate(pki, pki.responder(authority).get().chain());
      }
    }
  }

  @Test
  @DisplayName("すべての名前に試用と書く")
  void saysTrialInEveryName() {
    var pki = TestPki.open(directory, BASE, clock);
    var names = new ArrayList<>(pki.sealPath());
    names.addAll(pki.timestamp().path());
    pki.authorities().forEach(a -> pki.responder(a).ifPresent(r -> names.addAll(r.path())));

    assertThat(names)
        .allSatisfy(certificate ->
            assertThat(certificate.getSubjectX500Principal().getName())
                .contains("CN=むすび試用")
                .contains("O=むすび試用"));
    assertThatThrownBy(
            () -> CertificateOrder.seal("見本 花子", clock.instant(), clock.instant().plusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("用途と期間を証明書に正しく書く")
  void writesUsageAndValidityIntoItsCertificates() throws Exception {
    var pki = TestPki.open(directory, BASE, clock);
    var seal = pki.seal().certificate();
    var timestamp = pki.timestamp().certificate();

    assertThat(seal.getExtendedKeyUsage()).isNull();
    assertThat(seal.getKeyUsage()).startsWith(true, true, false, false, false, false, false);
    assertThat(seal.getNotAfter()).isAfter(in(2));
    assertThat(timestamp.getExtendedKeyUsage()).containsExactly(TIMESTAMPING);
    assertThat(timestamp.getCriticalExtensionOIDs()).contains("2.5.29.37");
    assertThat(timestamp.getNotAfter()).isAfter(in(10)).isBefore(in(12));
    assertThat(pki.root().getNotAfter()).isAfter(in(20));
    var responder = pki.responder(pki.authorities().get(1)).orElseThrow().certificate();
    assertThat(responder.getExtendedKeyUsage()).containsExactly(OCSP_SIGNING);
    assertThat(responder.getNonCriticalExtensionOIDs()).contains("1.3.6.1.5.5.7.48.1.5");
  }

  @Test
  @DisplayName("注文どおりの種類と期間の証明書を出す")
  void issuesWhatIsOrdered() throws Exception {
    var pki = TestPki.open(directory, BASE, clock, KeyKind.RSA_3072);
    var expired =
        pki.issue(
            CertificateOrder.seal(
                "試用 期限切れ",
                clock.instant().minus(20, ChronoUnit.HOURS),
                clock.instant().minus(1, ChronoUnit.HOURS)));

    assertThat(((RSAPublicKey) pki.seal().certificate().getPublicKey()).getModulus().bitLength())
        .isEqualTo(3072);
    validate(pki, pki.sealChain());
    assertThatThrownBy(() -> validate(pki, expired.chain()))
        .isInstanceOf(CertPathValidatorException.class)
        .hasMessageContaining("validity");
  }

  @Test
  @DisplayName("ルート証明書をPEMで渡す")
  void exportsTheRootAsPem() throws Exception {
    var pki = TestPki.open(directory, BASE, clock);
    var pem = pki.rootPem().getBytes(StandardCharsets.US_ASCII);

    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem)))
        .isEqualTo(pki.root());
  }

  private CertificateOrder order(String name) {
    return CertificateOrder.seal(
        name,
        clock.instant().minus(Duration.ofHours(1)),
        clock.instant().plus(Duration.ofDays(99)));
  }

  private Date in(int years) {
    return Date.from(clock.instant().plus(Duration.ofDays(365L * years)));
  }

  private static List<X509Certificate> path(TestPki pki, X509Certificate leaf) {
    return List.of(leaf, pki.sealChain().get(1));
  }

  private void validate(TestPki pki, List<X509Certificate> chain) throws Exception {
    var factory = CertificateFactory.getInstance("X.509");
    var lists = new ArrayList<Object>();
    for (var authority : pki.authorities()) {
      lists.add(
          factory.generateCRL(new ByteArrayInputStream(authority.revocationList(clock.instant()))));
    }
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(pki.root(), null)));
    parameters.setDate(Date.from(clock.instant()));
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
    CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(chain), parameters);
  }
}
