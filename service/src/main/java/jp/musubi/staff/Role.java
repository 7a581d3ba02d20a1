package jp.musubi.staff;

/** What a member of staff may do. */
public enum Role {
  /** 担当者: makes, sends and follows contracts. */
  CLERK,
  /** 締結者: signs in the name of an office they hold. */
  SIGNER,
  /** 閲覧者: reads. */
  VIEWER
}
