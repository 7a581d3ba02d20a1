package jp.musubi.seal.appearance;

/**
 * 記入欄. A box on a page that is filled with text before anybody seals.
 *
 * @param name by which its text is given
 * @param size of the letters in points where the text fits so; smaller where it does not
 */
public record Blank(String name, Place place, float size) {
  /** Letters are never smaller: below that, nobody reads a contract. */
  public static final float SMALLEST = 6;

  /** Refuses sizes that no letter has. */
  public Blank {
    if (!(size >= SMALLEST && size <= 40)) {
      throw new IllegalArgumentException("size %s (expected: 6 to 40)".formatted(size));
    }
  }
}
