package jp.musubi.seal;

import org.jspecify.annotations.Nullable;

/**
 * The document has not the shape that sealing needs, e.g. its signature field is missing or used.
 */
public final class UnsealablePdf extends SealException {

  /** Says what was expected and what came. */
  public UnsealablePdf(String message, @Nullable Throwable cause) {
    super(Port.PDF, message, cause);
  }
}
