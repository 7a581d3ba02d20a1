package jp.musubi.staff.sso;

import java.util.List;
import jp.musubi.platform.web.Fact;

/**
 * What the page after a trial prints.
 *
 * @param mail what the provider says of the address: the end of a message key
 * @param outcome what would become of whoever comes so: the end of a message key
 * @param grants what the groups would give, in words
 */
record TriedPage(
    List<Fact> facts, String mail, boolean strong, String outcome, List<String> grants) {

  static TriedPage of(Arrival arrival, boolean strong, Admission admission, List<String> grants) {
    return new TriedPage(
        List.of(
            Fact.of("sso.issuer." + arrival.kind(), arrival.issuer()),
            Fact.of("sso.subject", arrival.subject()),
            Fact.of("staff.account.login", shown(arrival.login())),
            Fact.of("staff.account.name", shown(arrival.name())),
            Fact.of("staff.account.mail", shown(arrival.mail())),
            Fact.of("sso.groups.said", shown(String.join("、", arrival.groups()))),
            Fact.of("sso.said", shown(String.join(" ", arrival.said())))),
        switch (arrival.kind()) {
          case OIDC -> arrival.mailConfirmed() ? "confirmed" : "unconfirmed";
          case SAML -> "saml";
        },
        strong,
        switch (admission) {
          case Admission.Known _ -> "known";
          case Admission.Found _ -> "found";
          case Admission.Newcomer _ -> "newcomer";
          case Admission.Refused(var reason) -> "refused." + reason;
        },
        grants);
  }

  private static String shown(String said) {
    return said.isEmpty() ? "—" : said;
  }
}
