package jp.musubi.seal.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import javax.crypto.AEADBadTagException;
import javax.crypto.KeyGenerator;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.testkit.ClassPathJar;
import jp.musubi.testkit.SoftHsm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("ハードウェアのAESの鍵（PKCS#11）")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Pkcs11AesKeyTest {
  private static final byte[] PLAIN = "団体の鍵になる三十二バイトの".getBytes(UTF_8);
  private static final byte[] HERE = "上毛市 1".getBytes(UTF_8);

  private SoftHsm hsm;
  private Path jar;

  @BeforeAll
  void open(@TempDir Path shared) throws Exception {
    var installed = SoftHsm.open(shared);
    assumeTrue(installed.isPresent(), SoftHsm.ABSENT);
    hsm = installed.get();
    jar = ClassPathJar.running(ModuleMain.class.getName());
    var generator = KeyGenerator.getInstance("AES");
    generator.init(256);
    hsm.keep("master", generator.generateKey());
    hsm.keep("other", generator.generateKey());
  }

  @Test
  @DisplayName("暗号化したものは、同じ鍵と同じ相手でだけ元に戻り、どの1ビットが変わっても気づく")
  void opensWhatItMadeAndNothingElse() throws Exception {
    try (var key = key("master");
        var other = key("other")) {
      var sealed = key.encrypt(PLAIN, HERE);
      assertThat(key.decrypt(sealed, HERE)).isEqualTo(PLAIN);
      assertThat(key.encrypt(PLAIN, HERE)).isNotEqualTo(sealed);
      assertThatThrownBy(() -> key.decrypt(sealed, "赤城町 1".getBytes(UTF_8)))
          .isInstanceOf(AEADBadTagException.class);
      assertThatThrownBy(() -> other.decrypt(sealed, HERE)).isInstanceOf(AEADBadTagException.class);
      IntStream.range(0, sealed.length)
          .forEach(i -> {
            var changed = sealed.clone();
            changed[i] ^= (byte) (1 << (i % 8));
            assertThatThrownBy(() -> key.decrypt(changed, HERE))
                .isInstanceOf(AEADBadTagException.class);
          });
      assertThat(key.name()).isEqualTo(key("master").name()).isNotEqualTo(other.name());
    }
  }

  @Test
  @DisplayName("モジュールのプロセスが死んでも続け、ない鍵は断る")
  void survivesARestartAndRefusesAMissingKey() throws Exception {
    try (var key = key("master")) {
      var sealed = key.encrypt(PLAIN, HERE);
      ProcessHandle.of(key.pid()).orElseThrow().destroyForcibly();
      assertThat(key.decrypt(sealed, HERE)).isEqualTo(PLAIN);
    }
    assertThatThrownBy(() -> key("nothing"))
        .isInstanceOf(KeyUnavailable.class)
        .hasMessageContaining("no AES key under 'nothing'");
  }

  private Pkcs11AesKey key(String label) {
    return new Pkcs11AesKey(
        jar,
        new Pkcs11Token(hsm.module(), 0, true, label, Duration.ofSeconds(10)),
        SoftHsm.PIN::toCharArray);
  }
}
