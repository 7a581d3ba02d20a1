package jp.musubi.organisation;

/**
 * 所属の一覧の誤り. What is wrong with a line, and where.
 *
 * @param line as a spreadsheet counts it
 * @param field heading of the column
 * @param value what stood there
 */
public record SectionFinding(int line, String field, Reason reason, String value) {

  /** Why a line cannot take effect; the words are {@code section.lists.reason.} + name. */
  public enum Reason {
    /** Another number of cells than the heading has. */
    COLUMNS,
    /** 区分 is none of the four. */
    KIND_UNKNOWN,
    /** 所属コード is missing. */
    CODE_MISSING,
    /** 新設 with the code of a section that is, or was, there. */
    CODE_TAKEN,
    /** The list names the section twice. */
    CODE_TWICE,
    /** No section of this code is open on the day. */
    SECTION_UNKNOWN,
    /** 名称 is missing. */
    NAME_MISSING,
    /** Invisible characters, or too many. */
    TEXT_UNFIT,
    /** 共有メール is no mail address. */
    MAIL_UNFIT,
    /** Something stands in a column that this 区分 does not use. */
    CELL_UNUSED,
    /** The section above is nobody's, or closes on the day or later. */
    PARENT_UNKNOWN,
    /** The section would hang below itself. */
    CIRCLE,
    /** The line changes nothing. */
    NOTHING_TO_CHANGE,
    /** What comes on that day or later is settled already. */
    LATER_CHANGE,
    /** 廃止 without a section that takes the work over. */
    SUCCESSOR_MISSING,
    /** It is not open on the day, closes by this very list, or is the section itself. */
    SUCCESSOR_UNFIT,
    /** Sections would still hang below. */
    HAS_SECTIONS_BELOW
  }
}
