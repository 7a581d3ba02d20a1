package jp.musubi.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

@DisplayName("入口")
class EntrancesTest {
  private final Entrances both =
      new Entrances(
          URI.create("https://keiyaku.example/"), "https://keiyaku.asp.lgwan.example:8443");

  @Test
  @DisplayName("要求のHostは、二つの名前のどちらかを選ぶだけで、ほかの名前にはならない")
  void areChosenByTheHostAlone() {
    assertThat(side(both, "keiyaku.asp.lgwan.example:8443")).isEqualTo(Entrance.Side.LGWAN);
    assertThat(side(both, "KEIYAKU.ASP.LGWAN.EXAMPLE:8443")).isEqualTo(Entrance.Side.LGWAN);
    for (var other :
        new @Nullable String[] {
          null,
          "",
          "keiyaku.example",
          "evil.example",
          "keiyaku.asp.lgwan.example",
          "keiyaku.asp.lgwan.example:8443.evil.example",
          "x@keiyaku.asp.lgwan.example:8443"
        }) {
      assertThat(side(both, other)).as(String.valueOf(other)).isEqualTo(Entrance.Side.INTERNET);
    }
    var plain = new Entrances(URI.create("https://a.example"), "https://b.example");
    assertThat(side(plain, "b.example:443")).isEqualTo(Entrance.Side.LGWAN);
  }

  @Test
  @DisplayName("LGWANの名前がなければ、すべてインターネットの名前になる")
  void areOneWithoutARelay() {
    var one = new Entrances(URI.create("https://keiyaku.example/"), " ");
    assertThat(one.all()).containsExactly(one.internet());
    assertThat(one.on(Entrance.Side.LGWAN)).isEqualTo(one.internet());
    assertThat(one.internet().at("/signin?body=109991"))
        .isEqualTo("https://keiyaku.example/signin?body=109991");
    assertThat(both.on(Entrance.Side.LGWAN).origin())
        .isEqualTo("https://keiyaku.asp.lgwan.example:8443");
  }

  @Test
  @DisplayName("アドレスでない設定は、起動のときに断る")
  void refuseWhatIsNoAddress() {
    assertThatThrownBy(() -> new Entrances(URI.create("https://a.example"), "keiyaku.lgwan"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("musubi.lgwan-url");
  }

  private static Entrance.Side side(Entrances entrances, @Nullable String host) {
    var request = new MockHttpServletRequest();
    if (host != null) {
      request.addHeader("Host", host);
    }
    return entrances.of(request).side();
  }
}
