package jp.musubi.staff;

import jp.musubi.platform.web.Text;

/** How each refusal is told. */
public final class StaffWords {
  private StaffWords() {}

  /** What happened and what to do. */
  public static Text of(StaffRefusal refusal) {
    return switch (refusal) {
      case StaffRefusal.LoginTaken(var login) -> Text.of("staff.refusal.loginTaken", login);
      case StaffRefusal.SectionOutOfReach _ -> Text.of("staff.refusal.sectionOutOfReach");
      case StaffRefusal.GrantRefused(_, var reason) -> Text.of("staff.refusal.grant." + reason);
      case StaffRefusal.HoldsMore _ -> Text.of("staff.refusal.holdsMore");
      case StaffRefusal.GrantedAlready _ -> Text.of("staff.refusal.grantedAlready");
      case StaffRefusal.LastAdministrator _ -> Text.of("staff.refusal.lastAdministrator");
      case StaffRefusal.Oneself _ -> Text.of("staff.refusal.oneself");
      case StaffRefusal.OwnFactors _ -> Text.of("staff.refusal.ownFactors");
      case StaffRefusal.NotTheOnlyAdministrator _ ->
          Text.of("staff.refusal.notTheOnlyAdministrator");
      case StaffRefusal.Ended _ -> Text.of("staff.refusal.ended");
      case StaffRefusal.NoSuchPost _ -> Text.of("staff.refusal.noSuchPost");
    };
  }
}
