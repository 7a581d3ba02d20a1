package jp.musubi.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import jp.musubi.platform.web.ProxySettings.Header;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("プロキシの言う接続元")
class ForwardedChainTest {
  private static final ProxySettings SETTINGS =
      new ProxySettings(List.of("10.0.0.0/8", "2001:db8:f::/48"), Header.X_FORWARDED_FOR);

  @ParameterizedTest(name = "{0}、{1} → {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // Nobody's word but a known proxy's is taken.
        "203.0.113.5 | 192.0.2.1 | 203.0.113.5",
        "203.0.113.5 | 10.0.0.1 | 203.0.113.5",
        "10.0.0.1 | | 10.0.0.1",
        "10.0.0.1 | 192.0.2.1 | 192.0.2.1",
        "10.0.0.1 | 192.0.2.1, 10.2.0.1 | 192.0.2.1",
        // What the client itself wrote stands further left.
        "10.0.0.1 | 192.0.2.1, 203.0.113.5 | 203.0.113.5",
        "10.0.0.1 | 10.0.0.9, 203.0.113.5, 10.0.0.2 | 203.0.113.5",
        // What cannot be read ends the walk at the proxy, which no body lets in.
        "10.0.0.1 | unknown | 10.0.0.1",
        "10.0.0.1 | 192.0.2.1, | 10.0.0.1",
        "10.0.0.1 | 192.0.2.1, example.jp | 10.0.0.1",
        "10.0.0.1 | 192.0.2.1, 192.0.2.2 203.0.113.5 | 10.0.0.1",
        "10.0.0.1 | 192.0.2.1:50000 | 192.0.2.1",
        "10.0.0.1 | [2001:db8::5]:443 | 2001:db8:0:0:0:0:0:5",
        "10.0.0.1 | 2001:db8::5 | 2001:db8:0:0:0:0:0:5",
        "10.0.0.1 | ::ffff:192.0.2.1 | 192.0.2.1",
        "::ffff:10.0.0.1 | 192.0.2.1 | 192.0.2.1",
        "2001:db8:f::1 | 192.0.2.1 | 192.0.2.1",
      })
  @DisplayName("知っているプロキシが見た、いちばん手前のアドレスを取る（X-Forwarded-For）")
  void isTheNearestThatAKnownProxySaw(
      String peer, @org.jspecify.annotations.Nullable String header, String client) {
    assertThat(of(Header.X_FORWARDED_FOR, peer, header == null ? "" : header)).isEqualTo(client);
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "for=192.0.2.1;proto=https;by=10.0.0.1 | 192.0.2.1",
        "For=\"[2001:db8::17]:4711\" | 2001:db8:0:0:0:0:0:17",
        "for=192.0.2.1, for=203.0.113.5;host=\"a,b;for=192.0.2.9\" | 203.0.113.5",
        "for=_hidden | 10.0.0.1",
        "for=unknown, for=10.0.0.2 | 10.0.0.2",
        "proto=https | 10.0.0.1",
        "for=192.0.2.1, proto=https | 10.0.0.1",
        "for=\"192.0.2.1 | 10.0.0.1",
        "192.0.2.1 | 10.0.0.1",
      })
  @DisplayName("RFC 7239 の Forwarded を読む")
  void readsTheStandardHeader(String header, String client) {
    assertThat(of(Header.FORWARDED, "10.0.0.1", header)).isEqualTo(client);
  }

  @Test
  @DisplayName("いくつもの行や、長い列に惑わされない")
  void staysCalmWithManyAndLong() {
    assertThat(
            ForwardedChain.client(
                "10.0.0.1",
                Header.X_FORWARDED_FOR,
                List.of("192.0.2.9", "203.0.113.5, 10.0.0.3"),
                SETTINGS.ranges()))
        .isEqualTo("203.0.113.5");
    var hops = new String[100_000];
    Arrays.fill(hops, "10.0.0.2");
    assertThat(of(Header.X_FORWARDED_FOR, "10.0.0.1", String.join(",", hops)))
        .isEqualTo("10.0.0.2");
    assertThat(of(Header.FORWARDED, "10.0.0.1", "for=\"" + "\\".repeat(100_000)))
        .isEqualTo("10.0.0.1");
  }

  @Test
  @DisplayName("プロキシがなければ、だれの言うことも聞かない")
  void listensToNobodyWithoutProxies() {
    assertThat(
            ForwardedChain.client(
                "127.0.0.1", Header.X_FORWARDED_FOR, List.of("192.0.2.1"), List.of()))
        .isEqualTo("127.0.0.1");
    assertThatThrownBy(() -> new ProxySettings(List.of("proxy.example"), Header.FORWARDED))
        .hasMessageContaining("proxy.example");
  }

  private static String of(Header header, String peer, String value) {
    return ForwardedChain.client(
        peer, header, value.isEmpty() ? List.of() : List.of(value), SETTINGS.ranges());
  }
}
