package jp.musubi.counterparty;

import java.net.IDN;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * 送信先のドメイン. Which domains a body's contracts go to, and which they never do; pure (X-10).
 *
 * @param allowed ASCII, lower case; none for all
 * @param denied ASCII, lower case; stronger than what is allowed
 */
public record MailDomains(List<String> allowed, List<String> denied) {
  /** Nothing is said. */
  public static final MailDomains ANY = new MailDomains(List.of(), List.of());

  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
              + "(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+");

  /** Keeps its own copies. */
  public MailDomains {
    allowed = List.copyOf(allowed);
    denied = List.copyOf(denied);
  }

  /** What the rules say of an address. */
  public enum Verdict {
    /** It may be sent to. */
    FITS,
    /** It is on no list, and there is a list of those that are. */
    NOT_ALLOWED,
    /** It is never sent to. */
    DENIED
  }

  /** Reads a domain as a person typed it, in either width, with or without the @. */
  public static Optional<String> parse(String typed) {
    var plain =
        Normalizer.normalize(typed, Normalizer.Form.NFKC)
            .strip()
            .replaceFirst("^@", "")
            .toLowerCase(Locale.ROOT);
    try {
      return Optional.of(IDN.toASCII(plain)).filter(text -> DOMAIN.matcher(text).matches());
    } catch (IllegalArgumentException noDomain) {
      return Optional.empty();
    }
  }

  /** What holds for an address; a domain's rule is its subdomains' too. */
  public Verdict of(String mail) {
    var domain = parse(mail.substring(mail.lastIndexOf('@') + 1)).orElse("");
    if (denied.stream().anyMatch(rule -> isWithin(domain, rule))) {
      return Verdict.DENIED;
    }
    return allowed.isEmpty() || allowed.stream().anyMatch(rule -> isWithin(domain, rule))
        ? Verdict.FITS
        : Verdict.NOT_ALLOWED;
  }

  private static boolean isWithin(String domain, String rule) {
    return domain.equals(rule) || domain.endsWith("." + rule);
  }
}
