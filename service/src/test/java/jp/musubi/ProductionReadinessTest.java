package jp.musubi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
                "musubi.seal.timestamp-urls", "http://127.0.0.1:20000/tsa"));
    assertThat(ProductionReadiness.reasons(settings::get))
        .anyMatch(reason -> reason.contains("musubi.trial.enabled"))
        .anyMatch(reason -> reason.contains("試用のメール箱"))
        .anyMatch(reason -> reason.contains("https://"))
        .anyMatch(reason -> reason.contains("試用の時刻認証局"));
  }
}
