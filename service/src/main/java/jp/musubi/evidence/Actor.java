package jp.musubi.evidence;

/**
 * Who did something.
 *
 * @param kind in what capacity
 * @param id staff id, party id, program id, or the name of a job
 * @param name as it was at that moment; kept since people leave
 */
public record Actor(Kind kind, String id, String name) {

  /** In what capacity somebody acts. */
  public enum Kind {
    /** 職員. */
    STAFF,
    /** 契約相手方. */
    COUNTERPARTY,
    /** The service itself, on somebody's stored instruction. */
    SERVICE,
    /** 運営者. */
    OPERATOR,
    /** 連携プログラム: another system of the body, by the API. */
    PROGRAM
  }
}
