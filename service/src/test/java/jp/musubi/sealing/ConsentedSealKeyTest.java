package jp.musubi.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.custody.KeyConsent;
import jp.musubi.custody.ManagedKey;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.SealKey;
import jp.musubi.seal.key.KeyStoreSealKey;
import jp.musubi.seal.key.RsaPadding;
import jp.musubi.testkit.TestPki;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@DisplayName("二人が確かめた署名鍵")
class ConsentedSealKeyTest {
  private static final byte[] CONTRACT = "契約".getBytes(StandardCharsets.UTF_8);

  private final HashSet<String> confirmed = new HashSet<>();
  private final KeyConsent consent = key -> confirmed.contains(key.fingerprint());
  @TempDir Path folder;

  private SealKey old;
  private SealKey next;

  @BeforeEach
  void twoKeys() throws Exception {
    old = key("old");
    next = key("next");
  }

  @Test
  @DisplayName("確かめるまでは署名せず、確かめれば起動し直さなくても署名する")
  void signsOnceItIsConfirmed() {
    var key = new ConsentedSealKey(old, consent);
    assertThatThrownBy(() -> key.sign(CONTRACT))
        .isInstanceOf(KeyUnavailable.class)
        .hasMessageContaining(fingerprint(old));
    confirmed.add(fingerprint(old));
    assertThat(key.sign(CONTRACT)).isNotEmpty();
    assertThat(key.chain()).isEqualTo(old.chain());
  }

  @Test
  @DisplayName("次の鍵を確かめるまでは、前の鍵で署名を続ける")
  void staysWithTheOldOneUntilTheNextIsConfirmed() {
    var candidates = new SealCandidates(old, Optional.of(next));
    confirmed.add(fingerprint(old));
    assertThat(candidates.chosen(consent)).isSameAs(old);
    confirmed.add(fingerprint(next));
    assertThat(candidates.chosen(consent)).isSameAs(next);
    assertThat(candidates.keys())
        .extracting(ManagedKey::fingerprint)
        .containsExactly(fingerprint(old), fingerprint(next));
    assertThat(new SealCandidates(old, Optional.empty()).chosen(consent)).isSameAs(old);
  }

  @Test
  @DisplayName("設定の二つの鍵を開き、サービスの署名はどれも二人の確認を通る")
  void standsBeforeEverySealOfTheService() throws Exception {
    var password = "joumou".toCharArray();
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    for (var name : List.of("old", "next")) {
      var pki = pki(name);
      store.setKeyEntry(name, pki.sealKey(), password, pki.sealPath().toArray(Certificate[]::new));
    }
    var file = folder.resolve("seal.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, password);
    }
    var settings =
        new Binder(
            new MapConfigurationPropertySource(
                Map.of(
                    "musubi.seal.key-store",
                    file.toString(),
                    "musubi.seal.key-store-password-file",
                    Files.writeString(folder.resolve("password"), "joumou\n").toString(),
                    "musubi.seal.key-alias",
                    "old",
                    "musubi.seal.next-key-alias",
                    "next",
                    "musubi.seal.trust-anchors",
                    Files.writeString(folder.resolve("trust.pem"), pki("old").rootPem()).toString(),
                    "musubi.seal.timestamp-urls",
                    "https://tsa.example.jp/")));
    var seal = settings.bindOrCreate("musubi.seal", SealSettings.class);
    var module = settings.bindOrCreate("musubi.seal.pkcs11", Pkcs11Settings.class);
    var ports = new SealPorts();

    var candidates = ports.sealCandidates(seal, module, false, folder);
    assertThat(candidates.keys())
        .extracting(ManagedKey::fingerprint)
        .containsExactly(fingerprint(old), fingerprint(next));

    var waiting = ports.sealKey(candidates, consent, seal, Clock.systemUTC());
    assertThatThrownBy(() -> waiting.sign(CONTRACT)).isInstanceOf(KeyUnavailable.class);
    confirmed.add(fingerprint(old));
    assertThat(waiting.sign(CONTRACT)).isNotEmpty();
    assertThat(waiting.chain()).isEqualTo(old.chain());
    confirmed.add(fingerprint(next));
    assertThat(ports.sealKey(candidates, consent, seal, Clock.systemUTC()).chain())
        .isEqualTo(next.chain());
  }

  private static String fingerprint(SealKey key) {
    return ConsentedSealKey.managed(key, ManagedKey.Place.CURRENT).fingerprint();
  }

  private TestPki pki(String name) {
    return TestPki.open(folder.resolve(name), URI.create("http://127.0.0.1:1"), Clock.systemUTC());
  }

  private SealKey key(String name) throws Exception {
    var pki = pki(name);
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "seal", pki.sealKey(), new char[0], pki.sealPath().toArray(Certificate[]::new));
    return KeyStoreSealKey.of(store, "seal", new char[0], RsaPadding.PKCS1);
  }
}
