package jp.musubi.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.musubi.ServiceTest;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@TestPropertySource(
    properties = {
      "musubi.network.addresses=203.0.113.10,2001:db8:f::/64",
      "musubi.network.lgwan-addresses=198.51.100.7",
      "musubi.network.mail-hosts=mail.keiyaku.musubi.example"
    })
@DisplayName("接続先の一覧")
class NetworkTest {
  @Autowired private MockMvc mvc;

  @Test
  @DisplayName("サインインしなくても、許可する名前、ポート、IPアドレス、メールの送り元が分かる")
  void saysWhatHasToBeReached() throws Exception {
    var page = Jsoup.parse(text("/network"));
    assertThat(page.text())
        .contains(
            "keiyaku.musubi.example",
            "443/TCP",
            "203.0.113.10",
            "keiyaku.lgwan.example",
            "198.51.100.7",
            "2001:db8:f::/64",
            "mail.keiyaku.musubi.example",
            "無害化",
            "開く前にウイルス検査を行い")
        .doesNotContain("??", "公開していません", "試用");
    assertThat(text("/network.csv"))
        .isEqualTo(
            "kind,value,port,protocol\r\n"
                + "fqdn,keiyaku.musubi.example,443,tcp\r\n"
                + "address,203.0.113.10,443,tcp\r\n"
                + "address,2001:db8:f::/64,443,tcp\r\n"
                + "lgwan-fqdn,keiyaku.lgwan.example,443,tcp\r\n"
                + "lgwan-address,198.51.100.7,443,tcp\r\n"
                + "mail-from,mail.keiyaku.musubi.example,25,tcp\r\n");
  }

  @Test
  @DisplayName("アドレスでないものは、起動のときに断る")
  void refusesWhatIsNoAddress() {
    assertThatThrownBy(() -> new NetworkSettings(List.of("203.0.113.300"), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("203.0.113.300");
    assertThatThrownBy(() -> new NetworkSettings(List.of(), List.of("lgwan.example"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lgwan-addresses");
    assertThat(new NetworkSettings(List.of(), List.of(), List.of()).addresses()).isEmpty();
  }

  private String text(String path) throws Exception {
    return mvc.perform(get(path))
        .andReturn()
        .getResponse()
        .getContentAsString(StandardCharsets.UTF_8);
  }
}
