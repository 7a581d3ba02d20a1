package jp.musubi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductionReadinessTest {

  @Test
  @DisplayName("何も設定がなければ、足りないものを一つずつ挙げる")
  void namesEachMissingSetting() {
    assertThat(ProductionReadiness.reasons(_ -> null))
        .hasSizeGreaterThanOrEqualTo(9)
        .anyMatch(reason -> reason.startsWith("spring.datasource.url "))
        .anyMatch(reason -> reason.startsWith("musubi.seal.key-store "))
        .anyMatch(reason -> reason.startsWith("musubi.public-url "));
  }

  @Test
  @DisplayName("試用の時刻認証局・メール箱・http のアドレスを本番では断る")
  void refusesTheTrialsParts() {
    var settings =
        new HashMap<>(
            Map.of(
                "musubi.trial.enabled", "true",
                "spring.mail.host", "127.0.0.1",
                "musubi.public-url", "http://keiyaku.example",
                "musubi.lgwan-url", "http://keiyaku.lgwan.example",
                "musubi.seal.timestamp-urls", "http://127.0.0.1:20000/tsa"));
    assertThat(ProductionReadiness.reasons(settings::get))
        .anyMatch(reason -> reason.contains("musubi.trial.enabled"))
        .anyMatch(reason -> reason.contains("試用のメール箱"))
        .anyMatch(reason -> reason.contains("https://"))
        .anyMatch(reason -> reason.contains("試用の時刻認証局"));
  }

  @Test
  @DisplayName("故障の試験のための設定があれば、本番では起動しない")
  void refusesFaultPoints() {
    assertThat(ProductionReadiness.reasons(Map.of("musubi.fault.halt-at", "commit:before#1")::get))
        .anyMatch(reason -> reason.startsWith("musubi.fault.halt-at "))
        .noneMatch(reason -> reason.startsWith("musubi.fault.record "));
    assertThat(ProductionReadiness.reasons(Map.of("musubi.fault.record", "/tmp/points")::get))
        .anyMatch(reason -> reason.startsWith("musubi.fault.record "));
  }

  @Test
  @DisplayName("ハードウェアの鍵（PKCS#11）があれば、鍵の入れ物を求めない")
  void acceptsAKeyInAModule(@TempDir Path directory) throws IOException {
    var module = Files.writeString(directory.resolve("module.so"), "");
    var pin = Files.writeString(directory.resolve("pin"), "2468");
    var settings =
        Map.of(
            "musubi.seal.pkcs11.module", module.toString(),
            "musubi.seal.pkcs11.pin-file", pin.toString());

    assertThat(ProductionReadiness.reasons(settings::get))
        .isNotEmpty()
        .noneMatch(reason -> reason.contains("musubi.seal.key-store"))
        .noneMatch(reason -> reason.contains("musubi.seal.pkcs11"));
  }

  @Test
  @DisplayName("ないモジュール、ない暗証番号、二重の鍵を断る")
  void refusesAModuleThatCannotBeUsed() {
    var settings =
        Map.of(
            "musubi.seal.pkcs11.module", "/nowhere/module.so",
            "musubi.seal.pkcs11.pin-file", "/nowhere/pin",
            "musubi.seal.key-store", "/nowhere/seal.p12");

    assertThat(ProductionReadiness.reasons(settings::get))
        .anyMatch(reason -> reason.contains("musubi.seal.pkcs11.module を読めません"))
        .anyMatch(reason -> reason.contains("musubi.seal.pkcs11.pin-file を読めません"))
        .anyMatch(reason -> reason.contains("両方"));
    assertThat(
            ProductionReadiness.reasons(
                Map.of("musubi.seal.pkcs11.module", "/nowhere/module.so")::get))
        .anyMatch(reason -> reason.startsWith("musubi.seal.pkcs11.pin-file "));
  }

  @Test
  @DisplayName("主鍵はファイルかハードウェアのどちらかに求め、一時フォルダがディスクの上なら言う")
  void wantsAMasterKeyAndAFolderThatForgets() {
    assertThat(ProductionReadiness.reasons(_ -> null))
        .anyMatch(reason -> reason.startsWith("musubi.secrets.master-key-file "));
    var module = Map.of("musubi.secrets.pkcs11.module", "/nowhere/module.so");
    assertThat(ProductionReadiness.reasons(module::get))
        .anyMatch(reason -> reason.startsWith("musubi.secrets.pkcs11.pin-file "))
        .noneMatch(reason -> reason.startsWith("musubi.secrets.master-key-file "));
    assertThat(
            ProductionReadiness.reasons(
                Map.of("musubi.temporary-folder-is-encrypted", "true")::get))
        .noneMatch(reason -> reason.contains("一時フォルダ"));
  }
}
