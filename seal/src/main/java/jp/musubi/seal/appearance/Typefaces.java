package jp.musubi.seal.appearance;

import java.util.List;

/**
 * The fonts to write with: a letter is taken from the first that has it as written.
 *
 * @param inOrder at least one
 */
public record Typefaces(List<Typeface> inOrder) {
  public Typefaces {
    inOrder = List.copyOf(inOrder);
    if (inOrder.isEmpty()) {
      throw new IllegalArgumentException("no typeface");
    }
  }

  /** Writes with these, in this order. */
  public static Typefaces of(Typeface... inOrder) {
    return new Typefaces(List.of(inOrder));
  }
}
