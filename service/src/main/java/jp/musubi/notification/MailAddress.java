package jp.musubi.notification;

import java.net.IDN;
import java.util.regex.Pattern;

/**
 * One mail address, local part and domain, without a display name. Nothing that could end a header
 * or an SMTP command fits in.
 *
 * @param value ASCII; the domain of an internationalised one in its {@code xn--} form
 */
public record MailAddress(String value) {
  // Consecutive and trailing dots are tolerated: Japanese mobile carriers gave such addresses out.
  private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}");
  private static final Pattern DOMAIN =
      Pattern.compile("(?=.{1,253}$)[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+");

  /** Refuses what is not exactly one address. */
  public MailAddress {
    var at = value.lastIndexOf('@');
    if (at < 0
        || value.length() > 254
        || !LOCAL.matcher(value.substring(0, at)).matches()
        || !DOMAIN.matcher(value.substring(at + 1)).matches()) {
      throw new IllegalArgumentException("not one mail address");
    }
  }

  /**
   * Reads an address as a person entered it.
   *
   * @throws IllegalArgumentException if it is not exactly one address
   */
  public static MailAddress parse(String text) {
    var at = text.lastIndexOf('@');
    return at < 0
        ? new MailAddress(text)
        : new MailAddress(text.substring(0, at + 1) + IDN.toASCII(text.substring(at + 1)));
  }

  /** Read by the binder of settings. */
  public static MailAddress valueOf(String text) {
    return parse(text);
  }

  String domain() {
    return value.substring(value.lastIndexOf('@') + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
