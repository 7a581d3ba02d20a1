package jp.musubi.counterparty;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** アドレスの取り違え. How one mail address might be meant by another; pure. */
public final class MailLikeness {
  /** What half of all companies call a mailbox: the same words there say nothing. */
  private static final Set<String> COMMON =
      Set.of(
          "info", "mail", "contact", "office", "soumu", "somu", "keiri", "eigyo", "eigyou",
          "keiyaku", "admin", "post", "jimu", "honsha", "support", "sales");

  private MailLikeness() {}

  /** How two different addresses are alike. */
  public enum Kind {
    /** One letter added, left out, changed, or two exchanged. */
    ONE_EDIT,
    /** The same before the @, another domain. */
    OTHER_DOMAIN
  }

  /** How they are alike; empty for the same address and for different ones. */
  public static Optional<Kind> of(String one, String other) {
    var a = one.toLowerCase(Locale.ROOT);
    var b = other.toLowerCase(Locale.ROOT);
    if (a.equals(b)) {
      return Optional.empty();
    }
    if (oneEdit(a, b)) {
      return Optional.of(Kind.ONE_EDIT);
    }
    var local = a.substring(0, Math.max(0, a.lastIndexOf('@')));
    return !local.isEmpty()
            && b.startsWith(local + "@")
            && b.lastIndexOf('@') == local.length()
            && !COMMON.contains(local)
        ? Optional.of(Kind.OTHER_DOMAIN)
        : Optional.empty();
  }

  /** Whether one insertion, deletion, substitution or exchange of neighbours leads from a to b. */
  private static boolean oneEdit(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 1) {
      return false;
    }
    var from = 0;
    while (from < Math.min(a.length(), b.length()) && a.charAt(from) == b.charAt(from)) {
      from++;
    }
    var restOfA = a.substring(from);
    var restOfB = b.substring(from);
    if (a.length() > b.length()) {
      return restOfA.substring(1).equals(restOfB);
    }
    if (a.length() < b.length()) {
      return restOfB.substring(1).equals(restOfA);
    }
    return restOfA.substring(1).equals(restOfB.substring(1))
        || (restOfA.length() > 1
            && restOfA.charAt(0) == restOfB.charAt(1)
            && restOfA.charAt(1) == restOfB.charAt(0)
            && restOfA.substring(2).equals(restOfB.substring(2)));
  }
}
