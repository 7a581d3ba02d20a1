package jp.musubi.api;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jp.musubi.platform.AddressRange;

/**
 * Webhookの宛先. An address that an administrator typed must not make the service call its own
 * neighbours: what leads anywhere but into the public Internet is refused, when it is typed and
 * each time something is sent, and the address that was looked at is the one that is connected to.
 *
 * @param plain whether it is http, to this very machine, for trying things out
 */
record WebhookAddress(boolean plain, String host, int port, String target) {
  private static final int LONGEST = 500;
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

  /** Names that no public server has (RFC 6761, RFC 6762, RFC 8375, RFC 9476). */
  private static final Set<String> INNER =
      Set.of("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "alt");

  /** Reads an address; empty if nothing may ever be sent there. */
  static Optional<WebhookAddress> parse(String text, boolean loopback) {
    if (text.length() > LONGEST || !text.matches("[\\x21-\\x7e]+") || text.contains("\\")) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException nonsense) {
      return Optional.empty();
    }
    var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    var host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      return Optional.empty();
    }
    var plain = scheme.equals("http") && loopback && host.equals("127.0.0.1");
    if (!plain && !(scheme.equals("https") && isFit(host))) {
      return Optional.empty();
    }
    var port = uri.getPort() < 0 ? (plain ? 80 : 443) : uri.getPort();
    if (port < 1 || port > 65_535) {
      return Optional.empty();
    }
    var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return Optional.of(
        new WebhookAddress(
            plain, host, port, uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery()));
  }

  /** A name of the public Internet, or a public address as everybody writes it. */
  private static boolean isFit(String host) {
    var literal =
        AddressRange.literal(
            host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host);
    if (literal.isPresent()) {
      return isPublic(literal.get());
    }
    return NAME.matcher(host).matches()
        && host.length() <= 253
        && !INNER.contains(host.substring(host.lastIndexOf('.') + 1));
  }

  /**
   * The one address to connect to.
   *
   * @throws UnknownHostException if the name has none, or any that may not be called
   */
  InetAddress resolve() throws UnknownHostException {
    return pinned(List.of(InetAddress.getAllByName(host)));
  }

  /** Of the addresses a name has, the one to connect to. A name with one bad address is bad. */
  InetAddress pinned(List<InetAddress> found) throws UnknownHostException {
    if (plain) {
      return found.getFirst();
    }
    for (var address : found) {
      if (!isPublic(address)) {
        throw new UnknownHostException("an address of the host is not public");
      }
    }
    return found.getFirst();
  }

  /** Whether the address belongs to the public Internet (RFC 6890 and its registries). */
  static boolean isPublic(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    var bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return isPublic(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff);
    }
    // Global unicast is 2000::/3; of it, 2001::/23, documentation and 6to4 lead elsewhere.
    return (bytes[0] & 0xe0) == 0x20
        && !startsWith(bytes, 0x20, 0x02)
        && !startsWith(bytes, 0x20, 0x01, 0x0d, 0xb8)
        && !startsWith(bytes, 0x3f, 0xff)
        && !(startsWith(bytes, 0x20, 0x01) && (bytes[2] & 0xfe) == 0);
  }

  private static boolean isPublic(int first, int second, int third) {
    return first != 0
        && first < 240
        // Carriers, protocol assignments, documentation, 6to4 relays, benchmarks.
        && !(first == 100 && second >= 64 && second < 128)
        && !(first == 192 && second == 0)
        && !(first == 192 && second == 88 && third == 99)
        && !(first == 198 && (second == 18 || second == 19))
        && !(first == 198 && second == 51 && third == 100)
        && !(first == 203 && second == 0 && third == 113);
  }

  private static boolean startsWith(byte[] bytes, int... head) {
    var wanted = new byte[head.length];
    for (var i = 0; i < head.length; i++) {
      wanted[i] = (byte) head[i];
    }
    return Arrays.equals(bytes, 0, head.length, wanted, 0, head.length);
  }
}
