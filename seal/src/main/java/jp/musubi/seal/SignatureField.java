package jp.musubi.seal;

/**
 * A signature field to be made before the first seal.
 *
 * @param name /T, e.g. {@code musubi-0}; letters, digits and hyphens
 */
public record SignatureField(String name) {

  /** Refuses names that could mean something to a PDF reader. */
  public SignatureField {
    if (!name.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("field name: %.80s".formatted(name));
    }
  }
}
