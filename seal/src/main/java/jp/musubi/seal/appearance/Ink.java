package jp.musubi.seal.appearance;

/**
 * 色. A colour as sRGB, written device-independently (CalRGB), so that it means the same in every
 * file and no output intent of a PDF/A forbids it.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record Ink(int red, int green, int blue) {
  /** Of 0xRRGGBB. */
  public static Ink of(int rgb) {
    return new Ink((rgb >> 16) & 0xFF, (rgb >> 8) & 0xFF, rgb & 0xFF);
  }
}
