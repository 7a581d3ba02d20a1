package jp.musubi.platform;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** 識別名 of a certificate (RFC 4514), for people. */
public final class DistinguishedName {
  private DistinguishedName() {}

  /** The common name; the whole where there is none, or it cannot be read. */
  public static String commonName(String name) {
    return parts(name).stream()
        .filter(part -> part.getType().equalsIgnoreCase("CN"))
        .map(part -> String.valueOf(part.getValue()))
        .findFirst()
        .orElse(name);
  }

  /** From the person to the country, without the letters before each part. */
  public static String readable(String name) {
    var parts = parts(name);
    return parts.isEmpty()
        ? name
        : parts.stream()
            .map(part -> part.getValue() instanceof String text ? text : part.toString())
            .collect(Collectors.joining(", "));
  }

  /** The most particular first; none of what is no name. */
  private static List<Rdn> parts(String name) {
    try {
      // LdapName counts from the right.
      var parts = new java.util.ArrayList<>(new LdapName(name).getRdns());
      Collections.reverse(parts);
      return parts;
    } catch (InvalidNameException unreadable) {
      return List.of();
    }
  }
}
