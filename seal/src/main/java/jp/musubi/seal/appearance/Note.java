package jp.musubi.seal.appearance;

/**
 * What somebody should know about a seal that was drawn: it stands in the file, but not quite as
 * asked for.
 */
public sealed interface Note {
  /** No typeface has this variant; its base character was drawn, and reads as asked for. */
  record DrawnAsBase(String letter) implements Note {}

  /** No typeface has this character; 〓 was drawn. */
  record NotDrawn(String letter) implements Note {}

  /**
   * The seal lies over something that was on the page.
   *
   * @param permille how much of the place is inked already
   */
  record CoversContent(int permille) implements Note {}

  /** The letters became small so that the text fits. */
  record Shrunk(float points) implements Note {}

  /** The image's half-transparent edge was made opaque or removed, as this PDF/A demands. */
  record EdgeHardened() implements Note {}
}
