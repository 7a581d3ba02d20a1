package jp.musubi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("IPアドレスの範囲")
class AddressRangeTest {

  @ParameterizedTest(name = "{0} は {1} を含むか：{2}")
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "192.0.2.7/24, 192.0.2.200, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 192.0.2.1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:DB8:0:0::/64, 2001:db8::5, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    // An address of IPv4 is the same one when a socket of IPv6 shows it.
    "192.0.2.0/24, ::ffff:192.0.2.9, true",
    "192.0.2.0/24, ::ffff:c000:209, true",
    "::ffff:192.0.2.0/24, 192.0.2.9, true",
    "2001:db8::/32, 2001:db8::1%eth0, true",
  })
  @DisplayName("始まりが同じアドレスを含む")
  void containsWhatBeginsLikeIt(String range, String address, boolean contains) {
    var read = AddressRange.literal(address).orElseThrow();
    assertThat(AddressRange.parse(range).orElseThrow().contains(read)).isEqualTo(contains);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/",
        "/24",
        "localhost",
        "example.jp",
        "192.0.2",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/",
        "192.0.2.0/24/24",
        "256.0.0.1",
        "010.0.0.1",
        "192.0.2.01",
        "3221225985",
        "0x7f.1",
        "2001:db8::/129",
        "2001:db8::1::2",
        "::ffff:192.0.2.0/120",
        "[::1]",
        "fe80::1%1/64",
        "192.0.2.1-192.0.2.9",
        "192.0.2.*",
        "１９２.0.2.1",
        "192.0.2.1; drop table",
        ":",
        "::::",
        "192.0.2.1\n10.0.0.1"
      })
  @DisplayName("読めないものを、名前を引かずに断る")
  void refusesWhatIsNone(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }
}
