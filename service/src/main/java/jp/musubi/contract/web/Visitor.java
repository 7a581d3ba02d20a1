package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StaffManner;
import jp.musubi.contract.StepRefused;
import jp.musubi.staff.SignedInStaff;

/** What is known of a member of staff's request beside its form. */
final class Visitor {
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
    return StaffManner.entered(person);
  }

  /**
   * How a signed-in member of staff agreed.
   *
   * @param authentication e.g. {@code PASSWORD+REAUTHENTICATION}
   */
  static Agreement.Manner manner(
      HttpServletRequest request, String authentication, String consentText) {
    return StaffManner.of(
        authentication, consentText, request.getRemoteAddr(), request.getHeader("User-Agent"));
  }
}
