package jp.musubi.platform.web;

import java.util.List;
import jp.musubi.platform.AddressRange;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * 手前のプロキシの設定.
 *
 * @param proxies {@code musubi.proxies}: whose word about the client's address is taken
 * @param proxyHeader {@code musubi.proxy-header}: the one header they write it into
 */
@ConfigurationProperties("musubi")
record ProxySettings(
    @DefaultValue List<String> proxies, @DefaultValue("x-forwarded-for") Header proxyHeader) {

  /** How proxies tell of the client. */
  enum Header {
    /** De facto. */
    X_FORWARDED_FOR,
    /** RFC 7239. */
    FORWARDED
  }

  ProxySettings {
    proxies = List.copyOf(proxies);
    for (var proxy : proxies) {
      if (AddressRange.parse(proxy).isEmpty()) {
        throw new IllegalArgumentException(
            "musubi.proxies: %s is no address or range (expected: 192.0.2.10 or 192.0.2.0/24)"
                .formatted(proxy));
      }
    }
  }

  List<AddressRange> ranges() {
    return proxies.stream().flatMap(proxy -> AddressRange.parse(proxy).stream()).toList();
  }
}
