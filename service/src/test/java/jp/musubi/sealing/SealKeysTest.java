package jp.musubi.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import jp.musubi.seal.key.ModuleMain;
import jp.musubi.testkit.ClassPathJar;
import jp.musubi.testkit.SoftHsm;
import jp.musubi.testkit.TestPki;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@DisplayName("署名鍵の置き場所")
class SealKeysTest {

  @Test
  @DisplayName("ハードウェアの鍵で署名し、本番では試用の証明書を断る")
  void liesInAModule(@TempDir Path directory) throws Exception {
    var hsm = SoftHsm.open(directory);
    assumeTrue(hsm.isPresent(), SoftHsm.ABSENT);
    var pki =
        TestPki.open(directory.resolve("pki"), URI.create("http://127.0.0.1:1"), Clock.systemUTC());
    hsm.get().keep("seal", pki.sealKey(), List.of(pki.seal().certificate()));
    var settings =
        new Binder(
            new MapConfigurationPropertySource(
                Map.of(
                    "musubi.seal.pkcs11.module", hsm.get().module().toString(),
                    "musubi.seal.pkcs11.pin-file",
                        Files.writeString(directory.resolve("pin"), SoftHsm.PIN + "\n").toString(),
                    "musubi.seal.trust-anchors", "trust.pem",
                    "musubi.seal.timestamp-digest", "sha-512",
                    "musubi.seal.timestamp-urls", "https://tsa.example.jp/")));
    var seal = settings.bindOrCreate("musubi.seal", SealSettings.class);
    var module = settings.bindOrCreate("musubi.seal.pkcs11", Pkcs11Settings.class);

    var jar = ClassPathJar.running(ModuleMain.class.getName());
    var key = SealKeys.open(seal, module, pki.sealPath(), false, jar);

    assertThat(key.chain()).isEqualTo(pki.sealPath());
    assertThat(key.sign("契約".getBytes(StandardCharsets.UTF_8))).isNotEmpty();
    assertThat(seal.timestampDigest().length()).isEqualTo(64);
    assertThatThrownBy(() -> SealKeys.open(seal, module, pki.sealPath(), true, jar))
        .hasMessageContaining("試用");
  }
}
