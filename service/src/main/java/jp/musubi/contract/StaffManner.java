package jp.musubi.contract;

import java.util.List;
import jp.musubi.staff.Factor;
import jp.musubi.staff.FreshProof;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;

/** How a member of staff agrees: what they showed, from where, by which browser. */
public final class StaffManner {
  private static final int AGENT_LENGTH = 400;
  private static final List<String> SECOND =
      List.of(
          Factor.TOTP.name(),
          Factor.PASSKEY.name(),
          Factor.RECOVERY_CODE.name(),
          Factor.SSO_STRONG.name());

  private StaffManner() {}

  /** What opened the session in which something is done without proving oneself anew. */
  public static String entered(SignedInStaff person) {
    if (!FreshProof.isFor(person)) {
      return Factor.PASSWORD.name();
    }
    return person.shown().contains(Factor.SSO_STRONG)
        ? Factor.SSO + "+" + Factor.SSO_STRONG
        : Factor.SSO.name();
  }

  /**
   * The manner. A password alone, given once or again, is one factor: level L1. With an app or a
   * passkey beside it there are two, of different kinds: level L3 (LAW-3).
   *
   * @param authentication e.g. {@code PASSWORD+REAUTHENTICATION}
   * @param agent what the browser calls itself
   */
  public static Agreement.Manner of(
      String authentication, String consentText, String clientIp, @Nullable String agent) {
    var plain = agent == null ? "" : agent.replaceAll("\\p{Cntrl}", "");
    return new Agreement.Manner(
        authentication,
        SECOND.stream().anyMatch(authentication::contains) ? "L3" : "L1",
        consentText,
        clientIp,
        plain.substring(0, Math.min(plain.length(), AGENT_LENGTH)));
  }
}
