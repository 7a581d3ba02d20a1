package jp.musubi.platform.openid;

/** A provider that may not be called, does not answer, or whose word does not hold. */
public final class OpenIdFailure extends Exception {
  private final Why why;

  /** Which of the three. */
  public enum Why {
    /** It may not be called: its address is not public, or not by https. */
    NOT_REACHABLE,
    /** It does not answer, or refuses the exchange: most often a wrong secret. */
    NO_ANSWER,
    /** What it says does not hold: signature, recipient, time, nonce. */
    NOT_GENUINE
  }

  /** For something that was looked at. */
  OpenIdFailure(Why why, String what) {
    super(what);
    this.why = why;
  }

  /** For something that was thrown. */
  OpenIdFailure(Why why, String what, Throwable cause) {
    super(what, cause);
    this.why = why;
  }

  /** Which of the three. */
  public Why why() {
    return why;
  }
}
