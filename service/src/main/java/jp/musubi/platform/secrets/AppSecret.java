package jp.musubi.platform.secrets;

/** What an authenticator app and the service share. Never printed. */
public final class AppSecret {
  private final byte[] bytes;

  /** Keeps its own copy. */
  public AppSecret(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** A copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "***";
  }
}
