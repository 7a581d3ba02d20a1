package jp.musubi.staff.sso;

/** What the provider and the service share. Never printed. */
final class Secret {
  private final String value;

  Secret(String value) {
    this.value = value;
  }

  String value() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
