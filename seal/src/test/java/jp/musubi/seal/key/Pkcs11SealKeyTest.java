package jp.musubi.seal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.testkit.CertificateOrder;
import jp.musubi.testkit.ClassPathJar;
import jp.musubi.testkit.Identity;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.SoftHsm;
import jp.musubi.testkit.Suspended;
import jp.musubi.testkit.TestPki;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("ハードウェアの鍵（PKCS#11）")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class Pkcs11SealKeyTest {
  private static final byte[] WORDS = "業務委託契約書".getBytes(StandardCharsets.UTF_8);

  private Path directory;
  private SoftHsm hsm;
  private Path jar;

  @BeforeAll
  void open(@TempDir Path shared) throws Exception {
    directory = shared;
    var installed = SoftHsm.open(directory);
    assumeTrue(installed.isPresent(), SoftHsm.ABSENT);
    hsm = installed.get();
    jar = ClassPathJar.running(ModuleMain.class.getName());
  }

  @Test
  @Order(0)
  @DisplayName("誤った暗証番号を断る")
  void refusesAWrongPin() {
    assertThat(
            catchThrowableOfType(
                KeyUnavailable.class,
                () ->
                    new Pkcs11SealKey(
                        jar,
                        token("seal"),
                        () -> "9999".toCharArray(),
                        RsaPadding.PKCS1,
                        List.of())))
        .hasMessageContaining("cannot be opened")
        .hasStackTraceContaining("FailedLoginException");
  }

  @ParameterizedTest
  @EnumSource(names = {"P_256", "P_384", "RSA_3072"})
  @Order(1)
  @DisplayName("どの種類の鍵でも、証明書で検証できる署名を作る")
  void signsWithEveryKind(KeyKind kind) throws Exception {
    var pki = pki(kind);
    hsm.keep("kind-" + kind, pki.sealKey(), pki.sealChain());

    try (var key = key("kind-" + kind, RsaPadding.PKCS1)) {
      assertThat(key.chain()).isEqualTo(pki.sealChain());
      var verifier = Signature.getInstance(key.algorithm());
      verifier.initVerify(pki.seal().certificate());
      verifier.update(WORDS);
      assertThat(verifier.verify(key.sign(WORDS))).isTrue();
    }
  }

  @Test
  @Order(2)
  @DisplayName("RSAの鍵は、設定によりPSSで署名する")
  void signsByPss() throws Exception {
    var pki = pki(KeyKind.RSA_3072);

    try (var key = key("kind-RSA_3072", RsaPadding.PSS)) {
      assertThat(key.algorithm()).isEqualTo("SHA256withRSAandMGF1");
      var verifier = Signature.getInstance("RSASSA-PSS");
      verifier.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      verifier.initVerify(pki.seal().certificate());
      verifier.update(WORDS);
      assertThat(verifier.verify(key.sign(WORDS))).isTrue();
    }
  }

  @Test
  @Order(3)
  @DisplayName("鍵と証明書が合わなければ、はじめに断る")
  void refusesAKeyThatIsNotTheCertificates() throws Exception {
    hsm.keep("foreign", pki(KeyKind.P_256).timestamp().key(), fresh().path());

    assertThat(catchThrowableOfType(KeyUnavailable.class, () -> key("foreign", RsaPadding.PKCS1)))
        .hasMessageContaining("does not verify");
  }

  @Test
  @Order(4)
  @DisplayName("ない鍵やモジュールを、それぞれの言葉で断る")
  void refusesWhatCannotBeOpened() throws Exception {
    assertThat(catchThrowableOfType(KeyUnavailable.class, () -> key("nothing", RsaPadding.PKCS1)))
        .hasMessageContaining("no private key under 'nothing'");
    assertThat(
            catchThrowableOfType(
                KeyUnavailable.class,
                () ->
                    new Pkcs11SealKey(
                        jar,
                        new Pkcs11Token(
                            Path.of("/nowhere.so"), 0, true, "seal", Duration.ofSeconds(5)),
                        SoftHsm.PIN::toCharArray,
                        RsaPadding.PKCS1,
                        List.of())))
        .hasMessageContaining("/nowhere.so");
  }

  @Test
  @Order(5)
  @DisplayName("モジュールのプロセスが死んでも、新しいプロセスでログインし直して署名を続ける")
  void signsAgainAfterItsProcessDied() throws Exception {
    var identity = fresh();
    hsm.keep("restarted", identity.key(), identity.chain());
    try (var key = key("restarted", RsaPadding.PKCS1)) {
      key.sign(WORDS);

      ProcessHandle.of(key.pid()).orElseThrow().destroyForcibly();

      assertThat(key.sign(WORDS)).isNotEmpty();
    }
  }

  @Test
  @Order(6)
  @DisplayName("トークンが抜かれれば鍵がないと言い、戻れば起動し直さなくても署名を続ける")
  void waitsForATokenThatWasPulled() throws Exception {
    var identity = fresh();
    hsm.keep("pulled", identity.key(), identity.chain());
    try (var key = key("pulled", RsaPadding.PKCS1)) {
      key.sign(WORDS);

      var back = hsm.pull();
      assertThat(catchThrowableOfType(KeyUnavailable.class, () -> key.sign(WORDS)))
          .hasMessageContaining("nor after a new login");
      assertThat(catchThrowableOfType(KeyUnavailable.class, () -> key.sign(WORDS)))
          .hasStackTraceContaining("tried a moment ago");

      back.run();
      // Until the next process may be started.
      Thread.sleep(2_100);
      assertThat(key.sign(WORDS)).isNotEmpty();
    }
  }

  @Test
  @Order(7)
  @DisplayName("モジュールが答えなければ、期限で打ち切ってそのプロセスを終わらせ、次は新しいプロセスで署名する")
  void endsAModuleThatHangs() throws Exception {
    var identity = fresh();
    hsm.keep("hanging", identity.key(), identity.chain());
    try (var key =
        new Pkcs11SealKey(
            jar,
            new Pkcs11Token(hsm.module(), 0, true, "hanging", Duration.ofSeconds(6)),
            SoftHsm.PIN::toCharArray,
            RsaPadding.PKCS1,
            List.of())) {
      var process = ProcessHandle.of(key.pid()).orElseThrow();
      Suspended.suspend(process.pid());

      assertThat(catchThrowableOfType(KeyUnavailable.class, () -> key.sign(WORDS)))
          .hasStackTraceContaining("did not answer within");
      assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10));
      // Until the next process may be started.
      Thread.sleep(2_100);
      assertThat(key.sign(WORDS)).isNotEmpty();
    }
  }

  private Pkcs11SealKey key(String label, RsaPadding padding) {
    return new Pkcs11SealKey(jar, token(label), SoftHsm.PIN::toCharArray, padding, List.of());
  }

  private Pkcs11Token token(String label) {
    return new Pkcs11Token(hsm.module(), 0, true, label, Duration.ofSeconds(20));
  }

  private Identity fresh() throws IOException {
    var now = Instant.now();
    return pki(KeyKind.P_256)
        .issue(
            CertificateOrder.seal(
                "むすび試用電子署名（別の鍵）",
                now.minus(Duration.ofMinutes(1)),
                now.plus(Duration.ofDays(400))));
  }

  private TestPki pki(KeyKind kind) throws IOException {
    return TestPki.open(
        directory.resolve("pki"), URI.create("http://127.0.0.1:1"), Clock.systemUTC(), kind);
  }
}
