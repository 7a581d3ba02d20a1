package jp.musubi.platform;

/** Somebody else changed it since it was read (409). The person looks again and decides. */
public final class ConcurrentChange extends RuntimeException {

  /** Names what had changed. */
  public ConcurrentChange(String what) {
    super(what);
  }
}
