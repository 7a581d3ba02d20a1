package jp.musubi.counterparty;

import jp.musubi.platform.AddressRange;
import org.jspecify.annotations.Nullable;

/**
 * From where somebody without an account comes.
 *
 * @param clientIp as the container sees it, through trusted proxies only
 * @param userAgent as the browser says, shortened
 */
public record Applicant(String clientIp, String userAgent) {
  private static final int LONGEST = 300;

  /** With what the browser says of itself. */
  public static Applicant of(String clientIp, @Nullable String agent) {
    var plain = agent == null ? "" : agent.replaceAll("\\p{Cc}", " ").strip();
    return new Applicant(clientIp, plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain);
  }

  /** Whose requests count together: of IPv6 a household has all addresses with one first half. */
  String network() {
    return AddressRange.network(clientIp);
  }
}
