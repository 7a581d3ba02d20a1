package jp.musubi.platform;

/** The person may know of the thing but not do this with it (403). */
public final class NotPermitted extends RuntimeException {

  /** Names what was refused. */
  public NotPermitted(String what) {
    super(what);
  }
}
