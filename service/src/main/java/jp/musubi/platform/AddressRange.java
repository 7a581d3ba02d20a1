package jp.musubi.platform;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * IPアドレスの範囲 — an address, or all that begin like it: {@code 192.0.2.0/24}, {@code 2001:db8::/32}
 * (RFC 4632, RFC 4291 2.3).
 *
 * @param text as people write it
 * @param first an address within; it says of which family the range is
 */
public record AddressRange(String text, InetAddress first, IpAddressMatcher matcher) {
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/([0-9]{1,3}))?");

  /** A leading zero is octal to some programs and nothing to others. */
  private static final Pattern AMBIGUOUS = Pattern.compile("(?:^|\\.)0[0-9]");

  /** The range, if the text is one; never asks a name server. */
  public static Optional<AddressRange> parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    var address = literal(match.group(1));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    var bits = address.get() instanceof Inet4Address ? 32 : 128;
    var prefix = match.group(2) == null ? bits : Integer.parseInt(match.group(2));
    if (prefix > bits) {
      return Optional.empty();
    }
    return Optional.of(
        new AddressRange(
            text,
            address.get(),
            new IpAddressMatcher(address.get().getHostAddress() + "/" + prefix)));
  }

  /** Whose requests count together: of IPv6 a household has all addresses with one first half. */
  public static String network(String address) {
    return literal(address)
        .map(read ->
            read instanceof Inet4Address
                ? read.getHostAddress()
                : HexFormat.of().formatHex(Arrays.copyOf(read.getAddress(), 8)))
        .orElse("?");
  }

  /**
   * An address as a program writes it. One of IPv4 within IPv6 ({@code ::ffff:192.0.2.1}) becomes
   * the one of IPv4; the zone of a link-local one is left out.
   */
  public static Optional<InetAddress> literal(String text) {
    var zone = text.indexOf('%');
    var plain = zone < 0 ? text : text.substring(0, zone);
    if (plain.length() > 45 || !FORM.matcher(plain).matches() || plain.indexOf('/') >= 0) {
      return Optional.empty();
    }
    if (plain.indexOf(':') < 0 && AMBIGUOUS.matcher(plain).find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(plain));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Whether the address lies within. */
  public boolean contains(InetAddress address) {
    // The matcher takes a prefix of no bits for one of both families.
    return first.getClass() == address.getClass() && matcher.matches(address.getHostAddress());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressRange range && range.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
