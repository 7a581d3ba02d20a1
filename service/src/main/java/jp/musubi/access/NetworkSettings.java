package jp.musubi.access;

import java.util.List;
import jp.musubi.platform.AddressRange;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a body's firewall has to know of this service.
 *
 * @param addresses to which the service's name leads: addresses or ranges
 * @param lgwanAddresses to which the relay's name in LGWAN leads
 * @param mailHosts names or addresses of the servers that hand its mail over
 */
@ConfigurationProperties("musubi.network")
record NetworkSettings(
    @DefaultValue List<String> addresses,
    @DefaultValue List<String> lgwanAddresses,
    @DefaultValue List<String> mailHosts) {

  /** Refuses what is no address: a body would open its firewall for it. */
  NetworkSettings {
    addresses = List.copyOf(addresses);
    lgwanAddresses = List.copyOf(lgwanAddresses);
    mailHosts = List.copyOf(mailHosts);
    check("addresses", addresses);
    check("lgwan-addresses", lgwanAddresses);
  }

  private static void check(String name, List<String> addresses) {
    for (var address : addresses) {
      if (AddressRange.parse(address).isEmpty()) {
        throw new IllegalArgumentException(
            "musubi.network.%s: no address: %s".formatted(name, address));
      }
    }
  }
}
