package jp.musubi.bulk;

/** What a run's access codes follow from, encrypted with the body's key. Never printed. */
final class Seed {
  private final byte[] sealed;

  Seed(byte[] sealed) {
    this.sealed = sealed.clone();
  }

  byte[] sealed() {
    return sealed.clone();
  }

  @Override
  public String toString() {
    return "***";
  }
}
