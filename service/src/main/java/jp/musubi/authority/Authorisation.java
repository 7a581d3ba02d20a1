package jp.musubi.authority;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** 認可. The one place that says who may do what; pure, so that a table can be held against it. */
public final class Authorisation {
  private static final Set<Role> OF_A_SECTION_ADMIN = Set.of(Role.CLERK, Role.VIEWER);

  private Authorisation() {}

  /** What is answered to somebody who wants to do something. */
  public enum Answer {
    /** They may. */
    ALLOWED,
    /** They may know of it, but not do this (403). */
    NOT_PERMITTED,
    /** To them there is no such thing (404). */
    UNSEEN
  }

  /** Whether {@code who} may do {@code act} to {@code target} (ASVS 8.2.1, 8.2.2). */
  public static Answer decide(Bearer who, Act act, Target target) {
    if (!covers(who, act.seeing(), target)) {
      // Who holds no role for it at all is told so: that is no news about this thing.
      return act.ground() == Act.Ground.NONE || act.ground() == Act.Ground.OWN_SECTION
          ? Answer.NOT_PERMITTED
          : Answer.UNSEEN;
    }
    return covers(who, act, target) ? Answer.ALLOWED : Answer.NOT_PERMITTED;
  }

  private static boolean covers(Bearer who, Act act, Target target) {
    if (act == Act.BE_SIGNED_IN) {
      // Whoever was registered a minute ago holds no role yet, and is told so on the home page.
      return true;
    }
    return act.ground() == Act.Ground.NONE
        ? act.roles().stream().anyMatch(who::may)
        : reach(who, act).covers(target);
  }

  /** How far {@code act} reaches for {@code who}. */
  public static Reach reach(Bearer who, Act act) {
    if (act == Act.SIGN_CONTRACT) {
      // An office is signed for by its holder, whatever section the contract came from; and a
      // role alone opens no signature (地方自治法147条).
      return new Reach(who.id(), false, Set.of(), who.may(Role.SIGNER), false);
    }
    // An auditor's role alone opens no contract: what was drawn and opened to them does.
    var drawn = (act == Act.SEE_CONTRACT || act == Act.SEE_AUDIT) && who.may(Role.AUDITOR);
    var carrying =
        who.grants().stream()
            .filter(grant -> act.roles().contains(grant.role()))
            .filter(grant -> !drawn || grant.role() != Role.AUDITOR)
            .collect(Collectors.toUnmodifiableSet());
    return new Reach(
        who.id(),
        carrying.stream().anyMatch(grant -> grant.section() == null),
        carrying.stream()
            .flatMap(grant -> Optional.ofNullable(grant.section()).stream())
            .collect(Collectors.toUnmodifiableSet()),
        (act == Act.SEE_CONTRACT && (who.may(Role.SIGNER) || who.may(Role.APPROVER)))
            || (act == Act.APPROVE_CONTRACT && who.may(Role.APPROVER)),
        drawn,
        // What is opened is opened to be seen, and for nothing else.
        act == Act.SEE_CONTRACT);
  }

  /** Whether the record of what concerns no contract is open to them too. */
  public static boolean seesRecordBesideContracts(Bearer who) {
    return who.may(Role.BODY_ADMIN) || who.grants().contains(Grant.everywhere(Role.AUDITOR));
  }

  /** Why a role cannot be given. */
  public enum GrantRefusal {
    /** Approval, signature and audit are given by somebody else. */
    TO_ONESELF,
    /** The giver's own rights do not reach so far. */
    BEYOND_THE_GIVER,
    /** The role is held for the whole body only. */
    WHOLE_BODY_ONLY,
    /** 所属管理者 is held for a section. */
    SECTION_ONLY,
    /** The role belongs to the operator's body, or does not. */
    OTHER_KIND_OF_BODY
  }

  /**
   * Whether {@code giver} may give or take {@code role}.
   *
   * @param section where it is to be held; null for the whole body
   * @param place that section with all above it; {@link Target#NOWHERE} for the whole body
   * @param operators whether this is the operator's own body
   */
  public static Optional<GrantRefusal> refuses(
      Bearer giver,
      UUID receiver,
      Role role,
      @Nullable UUID section,
      Target place,
      boolean operators) {
    if (operators ? !role.isOfTheOperator() && role != Role.AUDITOR : role.isOfTheOperator()) {
      return Optional.of(GrantRefusal.OTHER_KIND_OF_BODY);
    }
    if (role.isForOthersOnly() && giver.id().equals(receiver)) {
      return Optional.of(GrantRefusal.TO_ONESELF);
    }
    if (role.isOfTheWholeBody() && section != null) {
      return Optional.of(GrantRefusal.WHOLE_BODY_ONLY);
    }
    if (role == Role.SECTION_ADMIN && section == null) {
      return Optional.of(GrantRefusal.SECTION_ONLY);
    }
    var reaches =
        giver.may(operators ? Role.OPERATOR : Role.BODY_ADMIN)
            || (OF_A_SECTION_ADMIN.contains(role)
                && section != null
                && reach(giver, Act.CHANGE_MEMBER).covers(place));
    return reaches ? Optional.empty() : Optional.of(GrantRefusal.BEYOND_THE_GIVER);
  }
}
