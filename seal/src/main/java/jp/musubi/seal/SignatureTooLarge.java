package jp.musubi.seal;

/**
 * The CMS is larger than the room that was measured for it, as when another timestamp authority
 * answers than the one before: never silently cut, the seal is laid out anew.
 */
public final class SignatureTooLarge extends SealException {

  /** Both sizes in bytes. */
  public SignatureTooLarge(int needed, int slot) {
    super(Port.PDF, "signature: %d bytes (expected: at most %d)".formatted(needed, slot), null);
  }
}
