package jp.musubi.seal;

import java.util.Optional;
import jp.musubi.seal.appearance.VisibleSeal;

/**
 * A signature field to be made before the first seal.
 *
 * @param name /T, e.g. {@code musubi-0}; letters, digits and hyphens
 * @param look what is seen of it; nothing, if empty
 */
public record SignatureField(String name, Optional<VisibleSeal> look) {

  /** Refuses names that could mean something to a PDF reader. */
  public SignatureField {
    if (!name.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("field name: %.80s".formatted(name));
    }
  }

  /** A field of which nothing is seen. */
  public SignatureField(String name) {
    this(name, Optional.empty());
  }

  /** A field that looks like this. */
  public SignatureField(String name, VisibleSeal look) {
    this(name, Optional.of(look));
  }
}
