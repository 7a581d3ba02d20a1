package jp.musubi.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Webhookの宛先")
class WebhookAddressTest {

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "http://hooks.joumou.example.jp/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://127.0.0.1.:443/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://017700000001/",
        "https://0/",
        "https://0.0.0.0/",
        "https://10.0.0.1/",
        "https://172.16.5.4/",
        "https://192.168.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/",
        "https://192.0.0.8/",
        "https://198.18.0.1/",
        "https://203.0.113.7/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://[::]/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[2001::1]/",
        "https://[2001:db8::1]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fc00::1]/",
        "https://[fd00:ec2::254]/",
        "https://[fec0::1]/",
        "https://[ff02::1]/",
        "https://localhost/",
        "https://LOCALHOST/",
        "https://a.localhost/",
        "https://metadata.google.internal/",
        "https://printer.local/",
        "https://intranet/",
        "https://hooks/",
        "https://user@hooks.joumou.example.jp/",
        "https://hooks.joumou.example.jp@127.0.0.1/",
        "https://hooks.joumou.example.jp#@127.0.0.1/",
        "https://127.0.0.1\\@hooks.joumou.example.jp/",
        "https://hooks.joumou.example.jp:0/",
        "https://hooks.joumou.example.jp:99999/",
        "https://１２７.0.0.1/",
        "https://①②⑦.0.0.1/",
        "https://hooks.joumou.example.jp/\r\nX: y",
        "https:///etc/passwd",
        "file:///etc/passwd",
        "gopher://hooks.joumou.example.jp/",
        "jar:https://hooks.joumou.example.jp/",
        "//hooks.joumou.example.jp/",
        "hooks.joumou.example.jp",
        ""
      })
  @DisplayName("内側に届くもの、読み方が分かれるもの、httpsでないものは、名前を引く前に断る")
  void leadsNowhereInside(String url) {
    assertThat(WebhookAddress.parse(url, false)).isEmpty();
  }

  @Test
  @DisplayName("公開された名前とアドレスは、そのままの名前、番号、道で受ける")
  void takesPublicOnes() {
    assertThat(WebhookAddress.parse("https://Hooks.joumou.example.jp", false))
        .contains(new WebhookAddress(false, "hooks.joumou.example.jp", 443, "/"));
    assertThat(WebhookAddress.parse("https://hooks.joumou.example.jp:8443/a/b?c=%20d", false))
        .contains(new WebhookAddress(false, "hooks.joumou.example.jp", 8443, "/a/b?c=%20d"));
    assertThat(WebhookAddress.parse("https://9.9.9.9/x", false)).isPresent();
  }

  @Test
  @DisplayName("名前に内側のアドレスが一つでもあれば送らず、つなぐのは調べたそのアドレス")
  void pinsTheAddressThatWasLookedAt() throws UnknownHostException {
    var address = WebhookAddress.parse("https://hooks.joumou.example.jp/", false).orElseThrow();
    var good = InetAddress.ofLiteral("9.9.9.9");
    assertThat(address.pinned(List.of(good))).isEqualTo(good);
    for (var bad :
        List.of("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0")) {
      assertThatThrownBy(() -> address.pinned(List.of(good, InetAddress.ofLiteral(bad))))
          .as(bad)
          .isInstanceOf(UnknownHostException.class);
    }
  }

  @Test
  @DisplayName("試すための設定があるときだけ、この機械自身にhttpで送れる")
  void reachesThisMachineForTryingOnly() {
    assertThat(WebhookAddress.parse("http://127.0.0.1:9000/x", false)).isEmpty();
    assertThat(WebhookAddress.parse("http://127.0.0.1:9000/x", true)).isPresent();
    assertThat(WebhookAddress.parse("https://127.0.0.1:9000/x", true)).isEmpty();
    assertThat(WebhookAddress.parse("http://10.0.0.1/", true)).isEmpty();
    assertThat(WebhookAddress.parse("http://localhost/", true)).isEmpty();
  }

  @Test
  @DisplayName("間は10秒から1時間まで延び、続けて5回届かなければ送り先を休ませる")
  void waitsLongerEachTime() {
    assertThat(Webhook.pause(1)).hasSeconds(10);
    assertThat(Webhook.pause(3)).hasSeconds(40);
    assertThat(Webhook.pause(1000)).hasHours(1);
    assertThat(Webhook.rest(4)).isZero();
    assertThat(Webhook.rest(5)).hasMinutes(1);
    assertThat(Webhook.rest(1000)).hasHours(1);
  }
}
