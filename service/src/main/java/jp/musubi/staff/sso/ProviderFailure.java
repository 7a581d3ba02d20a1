package jp.musubi.staff.sso;

/** A round trip that does not go on; carries why, for the one place that turns it into words. */
final class ProviderFailure extends Exception {
  private final Refusal refusal;

  ProviderFailure(Refusal refusal, String why) {
    super(why);
    this.refusal = refusal;
  }

  ProviderFailure(Refusal refusal, String why, Throwable cause) {
    super(why, cause);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
