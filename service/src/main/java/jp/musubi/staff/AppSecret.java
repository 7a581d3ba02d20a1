package jp.musubi.staff;

/** What an authenticator app and the service share. Never printed. */
final class AppSecret {
  private final byte[] bytes;

  AppSecret(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "***";
  }
}
