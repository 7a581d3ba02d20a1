package jp.musubi.operations;

/** 準備の確認: what a newly opened body has to have before its first contract, in order. */
enum Preparation {
  /** 管理者 chose a password. */
  ADMINISTRATOR,
  /** 所属 beyond the first, which the operator entered. */
  SECTIONS,
  /** 職員 beside the administrator. */
  STAFF,
  /** 契約名義 that somebody holds today. */
  OFFICE
}
