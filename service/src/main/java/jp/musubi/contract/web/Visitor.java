package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.staff.Factor;
import jp.musubi.staff.FreshProof;
import jp.musubi.staff.SignedInStaff;

/** What is known of a member of staff's request beside its form. */
final class Visitor {
  private static final int AGENT_LENGTH = 400;
  private static final List<String> SECOND =
      List.of(
          Factor.TOTP.name(),
          Factor.PASSKEY.name(),
          Factor.RECOVERY_CODE.name(),
          Factor.SSO_STRONG.name());

  private Visitor() {}

  /** Lets only drafts pass; of anything else the way of making contracts knows nothing more. */
  static Particulars draft(Particulars contract) {
    if (!contract.state().equals("DRAFT")) {
      throw new StepRefused(new Refusal.NotInThisState(contract.state()));
    }
    return contract;
  }

  /** What opened the session in which something is done without proving oneself anew. */
  static String entered(SignedInStaff person) {
    if (!FreshProof.isFor(person)) {
      return Factor.PASSWORD.name();
    }
    return person.shown().contains(Factor.SSO_STRONG)
        ? Factor.SSO + "+" + Factor.SSO_STRONG
        : Factor.SSO.name();
  }

  /**
   * How a signed-in member of staff agreed. A password alone, given once or again, is one factor:
   * level L1. With an app or a passkey beside it there are two, of different kinds: level L3
   * (LAW-3).
   *
   * @param authentication e.g. {@code PASSWORD+REAUTHENTICATION}
   */
  static Agreement.Manner manner(
      HttpServletRequest request, String authentication, String consentText) {
    var agent = request.getHeader("User-Agent");
    var plain = agent == null ? "" : agent.replaceAll("\\p{Cntrl}", "");
    return new Agreement.Manner(
        authentication,
        SECOND.stream().anyMatch(authentication::contains) ? "L3" : "L1",
        consentText,
        request.getRemoteAddr(),
        plain.substring(0, Math.min(plain.length(), AGENT_LENGTH)));
  }
}
