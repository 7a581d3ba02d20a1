package jp.musubi.staff;

/**
 * 異動の誤り. What is wrong with a line of a list, and where.
 *
 * @param line as a spreadsheet counts it
 * @param field heading of the column
 * @param value what stood there
 */
public record TransferFinding(int line, String field, Reason reason, String value) {

  /** Why a line cannot take effect; the words are {@code transfer.reason.} + name. */
  public enum Reason {
    /** Another number of cells than the heading has. */
    COLUMNS,
    /** 区分 is none of the four. */
    KIND_UNKNOWN,
    /** ログインID is missing. */
    LOGIN_MISSING,
    /** ログインID has characters it may not have, or too many. */
    LOGIN_UNFIT,
    /** 登録 of somebody who is there. */
    LOGIN_TAKEN,
    /** Nobody has this ログインID. */
    LOGIN_UNKNOWN,
    /** The list names the person twice. */
    LOGIN_TWICE,
    /** The account has ended before. */
    ALREADY_ENDED,
    /** 氏名 is missing. */
    NAME_MISSING,
    /** 氏名 has invisible characters, or too many. */
    NAME_UNFIT,
    /** メール is missing. */
    MAIL_MISSING,
    /** メール is no mail address. */
    MAIL_UNFIT,
    /** 所属コード is missing. */
    SECTION_MISSING,
    /** No section of this code is open on the day. */
    SECTION_UNKNOWN,
    /** The section has no post of this title. */
    POST_UNKNOWN,
    /** Two lines put somebody in this post. */
    POST_TWICE,
    /** 権限 is none, or not one that a list may give. */
    ROLE_UNKNOWN,
    /** Whoever hands the list in would give themselves control over others. */
    ROLE_FOR_ONESELF,
    /** 変更 that changes nothing. */
    NOTHING_TO_CHANGE,
    /** 後任 is nobody, has left, or leaves by this very list. */
    SUCCESSOR_UNFIT,
    /** Whoever hands the list in would end their own account. */
    OWN_ACCOUNT,
    /** The body would have no administrator left. */
    LAST_ADMINISTRATOR
  }
}
