package jp.musubi.signing;

import java.util.Optional;

/** Whether somebody may see the pages behind a link. */
sealed interface Admission {
  /** Yes. */
  record Admitted(Visit visit, Grant grant) implements Admission {}

  /** After the access code. */
  record CodeWanted(Visit visit, Grant grant) implements Admission {}

  /** No; with the contract when it may be spoken of. */
  record Shut(Reason reason, Optional<Visit> visit) implements Admission {}

  /** Why a link does not open. */
  enum Reason {
    /** No such link, or another secret: the same answer (404). */
    UNKNOWN,
    /** A newer link took its place. */
    REVOKED,
    /** Its time is over. */
    EXPIRED,
    /** The session has none of it: to be opened from the mail again. */
    NOT_ENTERED,
    /** It was entered too long ago for what is to be done. */
    STALE
  }
}
