package jp.musubi.seal.appearance;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** 見た目についての文 — what a note or a refusal means, in words for the sender. */
public final class ImprintMessages {
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private ImprintMessages() {}

  /** What is not quite as asked for. */
  public static String of(Note note, Locale locale) {
    return switch (note) {
      case Note.DrawnAsBase(var letter) -> words(locale, "note.drawn-as-base", letter);
      case Note.NotDrawn(var letter) -> words(locale, "note.not-drawn", letter, codes(letter));
      case Note.CoversContent(var permille) ->
          words(locale, "note.covers-content", Math.ceilDiv(permille, 10));
      case Note.Shrunk(var points) -> words(locale, "note.shrunk", points);
      case Note.EdgeHardened() -> words(locale, "note.edge-hardened");
    };
  }

  /** Why nothing was drawn, and what to do about it. */
  public static String of(ImprintRefusal refusal, Locale locale) {
    return switch (refusal) {
      case ImprintRefusal.NoSuchPage(var page, var pages) ->
          words(locale, "refused.no-such-page", page, pages);
      case ImprintRefusal.OutsideThePage(var width, var height) ->
          words(locale, "refused.outside-the-page", millimetres(width), millimetres(height));
      case ImprintRefusal.UnfitSize _ ->
          words(
              locale,
              "refused.unfit-size",
              millimetres(Place.SHORTEST_SIDE),
              millimetres(Place.LONGEST_SIDE));
      case ImprintRefusal.OverAnotherSeal _ -> words(locale, "refused.over-another-seal");
      case ImprintRefusal.TextDoesNotFit(var smallest) ->
          words(locale, "refused.text-does-not-fit", smallest);
      case ImprintRefusal.UnfitText() ->
          words(locale, "refused.unfit-text", Imprinter.MOST_LINES, Imprinter.MOST_LETTERS);
      case ImprintRefusal.UnreadableImage() -> words(locale, "refused.unreadable-image");
      case ImprintRefusal.ImageTooLarge(var bytes, var pixels) ->
          words(locale, "refused.image-too-large", bytes / 1_000_000, pixels / 10_000);
    };
  }

  /** What a viewer calls a field that shows nothing. */
  public static String invisible(String field) {
    return words(Locale.ROOT, "field.invisible", field);
  }

  private static int millimetres(float points) {
    return (int) Math.floor(points * 25.4 / 72);
  }

  private static String codes(String letter) {
    return String.join(" ", letter.codePoints().mapToObj(c -> "U+%04X".formatted(c)).toList());
  }

  private static String words(Locale locale, String key, Object... values) {
    var bundle =
        ResourceBundle.getBundle("jp.musubi.seal.appearance.appearance", locale, NO_FALLBACK);
    return new MessageFormat(bundle.getString(key), locale).format(values);
  }
}
