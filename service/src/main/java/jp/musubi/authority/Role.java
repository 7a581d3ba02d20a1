package jp.musubi.authority;

import java.util.EnumSet;
import java.util.Set;

/** 権限. What a member of staff may do; where, is said by the {@link Grant} that gives it. */
public enum Role {
  /** 運営者: opens bodies and looks after them; sees no contract. Only in the operator's own body. */
  OPERATOR,
  /** 事務局: sees how many contracts the bodies have, and nothing else. */
  SECRETARIAT,
  /** 団体管理者: sections, offices, staff and settings of the whole body. */
  BODY_ADMIN,
  /** 所属管理者: the staff of a section and of those below. */
  SECTION_ADMIN,
  /** 担当者: makes, sends and follows contracts. */
  CLERK,
  /** 承認者: lets a contract leave the house. */
  APPROVER,
  /** 締結者: signs in the name of an office they hold. */
  SIGNER,
  /** 閲覧者: reads. */
  VIEWER,
  /** 監査: reads the contracts that were drawn and opened, and the record of what was done. */
  AUDITOR;

  private static final Set<Role> OF_THE_OPERATOR = EnumSet.of(OPERATOR, SECRETARIAT);
  private static final Set<Role> OF_THE_WHOLE_BODY = EnumSet.of(OPERATOR, SECRETARIAT, BODY_ADMIN);
  private static final Set<Role> FOR_OTHERS_ONLY = EnumSet.of(APPROVER, SIGNER, AUDITOR);

  /** Whether the role belongs to the operator's own body and to no other. */
  public boolean isOfTheOperator() {
    return OF_THE_OPERATOR.contains(this);
  }

  /** Whether the role is held for the whole body only, never for one section. */
  public boolean isOfTheWholeBody() {
    return OF_THE_WHOLE_BODY.contains(this);
  }

  /** Whether nobody gives the role to themselves: approval, signature and audit control others. */
  public boolean isForOthersOnly() {
    return FOR_OTHERS_ONLY.contains(this);
  }
}
