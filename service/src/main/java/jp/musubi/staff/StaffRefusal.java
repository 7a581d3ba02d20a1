package jp.musubi.staff;

import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Role;

/** Why a change of staff was not made. Expected in daily use, hence a value. */
public sealed interface StaffRefusal {
  /** Somebody else of the body signs in with this id. */
  record LoginTaken(String loginId) implements StaffRefusal {}

  /** The section named is not open, or the giver's rights do not reach it. */
  record SectionOutOfReach() implements StaffRefusal {}

  /** The role cannot be given or taken by this person. */
  record GrantRefused(Role role, Authorisation.GrantRefusal reason) implements StaffRefusal {}

  /** The person holds a role that this one cannot give; who reads their mail would have it. */
  record HoldsMore() implements StaffRefusal {}

  /** The person holds the role there already. */
  record GrantedAlready(Role role) implements StaffRefusal {}

  /** The body would have no administrator left. */
  record LastAdministrator() implements StaffRefusal {}

  /** One does not end one's own account. */
  record Oneself() implements StaffRefusal {}

  /** Nobody removes their own second factors this way. */
  record OwnFactors() implements StaffRefusal {}

  /** The operator helps only where no colleague can. */
  record NotTheOnlyAdministrator() implements StaffRefusal {}

  /** The account has ended. */
  record Ended() implements StaffRefusal {}

  /** Nobody has this post, or it is closed. */
  record NoSuchPost() implements StaffRefusal {}
}
