package jp.musubi.seal.appearance;

/** Why a seal was not drawn. Expected in daily use, hence a value; nothing was written. */
public sealed interface ImprintRefusal {
  /** The document has fewer pages. */
  record NoSuchPage(int page, int pages) implements ImprintRefusal {}

  /** The place reaches beyond the visible page, whose size in points this is. */
  record OutsideThePage(float width, float height) implements ImprintRefusal {}

  /** The place is smaller than a person can read, or larger than a seal. */
  record UnfitSize(float width, float height) implements ImprintRefusal {}

  /** The place is taken by another seal of the same preparation. */
  record OverAnotherSeal(String field) implements ImprintRefusal {}

  /** The text does not fit the place, even in the smallest letters. */
  record TextDoesNotFit(float smallest) implements ImprintRefusal {}

  /** The text is empty, too long, or has characters that are never drawn. */
  record UnfitText() implements ImprintRefusal {}

  /** The image is no PNG and no JPEG, or is broken. */
  record UnreadableImage() implements ImprintRefusal {}

  /** The image has more pixels or bytes than a seal needs. */
  record ImageTooLarge(int mostBytes, int mostPixels) implements ImprintRefusal {}
}
