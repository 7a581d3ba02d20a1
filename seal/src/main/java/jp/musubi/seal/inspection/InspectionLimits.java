package jp.musubi.seal.inspection;

/**
 * 検査の上限 — what a PDF may cost its readers (PDF-P01, PDF-P15).
 *
 * @param maxBytes size of the file in bytes
 * @param maxPages number of pages
 * @param maxInflatedBytes sum of all decoded streams in bytes
 * @param maxStreamBytes one decoded stream in bytes
 * @param maxImagePixels width times height of one image
 * @param maxNesting arrays and dictionaries directly within each other
 * @param maxObjects arrays, dictionaries and streams in all
 * @param maxOperators content operators in all, however often a form is drawn
 */
public record InspectionLimits(
    long maxBytes,
    int maxPages,
    long maxInflatedBytes,
    long maxStreamBytes,
    long maxImagePixels,
    int maxNesting,
    int maxObjects,
    long maxOperators) {

  private static final long MB = 1_000_000L;

  /** The limits of the service. */
  public static InspectionLimits standard() {
    return new InspectionLimits(
        50 * MB, 2_000, 500 * MB, 256 * MB, 100 * MB, 50, 1_000_000, 5_000_000);
  }
}
