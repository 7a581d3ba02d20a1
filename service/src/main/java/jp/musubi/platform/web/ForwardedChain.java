package jp.musubi.platform.web;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.musubi.platform.AddressRange;

/**
 * 接続元 — who is at the other end, from the address that is seen and what known proxies say of those
 * before them. Pure. Whatever somebody else wrote into the header is beyond the first address that
 * is no proxy's, and never looked at.
 */
final class ForwardedChain {
  private static final int MOST_HOPS = 32;
  private static final Pattern PORT =
      Pattern.compile("\\[([^\\]]*)\\](?::[0-9]+)?|([0-9.]+):[0-9]+");

  private ForwardedChain() {}

  /**
   * The client's address.
   *
   * @param peer the address that is seen
   * @param values of the header, in order; a request may have several
   */
  static String client(
      String peer, ProxySettings.Header header, List<String> values, List<AddressRange> proxies) {
    var seen = AddressRange.literal(peer);
    if (seen.isEmpty()) {
      return peer;
    }
    var at = seen.get();
    var hops = hops(header, values.stream().collect(Collectors.joining(",")));
    for (var hop : hops.reversed().stream().limit(MOST_HOPS).toList()) {
      if (!among(proxies, at)) {
        break;
      }
      var before = address(hop);
      if (before.isEmpty()) {
        // Unreadable or hidden: the proxy is the last that is known.
        break;
      }
      at = before.get();
    }
    return at.getHostAddress();
  }

  private static boolean among(List<AddressRange> proxies, InetAddress address) {
    return proxies.stream().anyMatch(range -> range.contains(address));
  }

  private static List<String> hops(ProxySettings.Header header, String text) {
    if (text.isBlank()) {
      return List.of();
    }
    return switch (header) {
      case X_FORWARDED_FOR -> List.of(text.split(",", -1));
      case FORWARDED -> elements(text);
    };
  }

  /**
   * What each element says after {@code for=}; empty where it says nothing of it. A comma or a
   * semicolon within quotes parts nothing; a quote that does not end makes the last unreadable.
   */
  private static List<String> elements(String text) {
    var hops = new ArrayList<String>();
    var pair = new StringBuilder();
    var hop = "";
    var quoted = false;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (quoted && c == '\\') {
        // The character after it stands for itself.
        i++;
        continue;
      }
      if (c == '"') {
        quoted = !quoted;
      }
      if (quoted || (c != ',' && c != ';')) {
        pair.append(c);
        continue;
      }
      hop = named(pair).orElse(hop);
      pair.setLength(0);
      if (c == ',') {
        hops.add(hop);
        hop = "";
      }
    }
    hops.add(quoted ? "" : named(pair).orElse(hop));
    return hops;
  }

  private static Optional<String> named(CharSequence pair) {
    var plain = pair.toString().strip();
    return plain.regionMatches(true, 0, "for=", 0, 4)
        ? Optional.of(unquoted(plain.substring(4)))
        : Optional.empty();
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  private static Optional<InetAddress> address(String hop) {
    var plain = hop.strip();
    var match = PORT.matcher(plain);
    if (match.matches()) {
      plain = match.group(1) == null ? match.group(2) : match.group(1);
    }
    return AddressRange.literal(plain);
  }
}
