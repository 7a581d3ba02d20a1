package jp.musubi.seal;

/** The CMS is larger than its slot even after measuring: a defect, never silently cut. */
public final class SignatureTooLarge extends SealException {

  /** Both sizes in bytes. */
  public SignatureTooLarge(int needed, int slot) {
    super(Port.PDF, "signature: %d bytes (expected: at most %d)".formatted(needed, slot), null);
  }
}
