package jp.musubi.seal.validation;

import java.io.IOException;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;

/** What a signature field may look like that came or was filled after a signature (EAA, SSA). */
final class Widgets {
  private static final Set<String> OF_TIMESTAMP =
      Set.of("Type", "Subtype", "FT", "T", "F", "Ff", "P", "Rect", "V", "AP");

  private Widgets() {}

  /** A new field that holds a document timestamp, shows nothing and does nothing. */
  static boolean isTimestamp(COSDictionary field) {
    var value = Cos.dictionary(field, "V");
    return "Sig".equals(Cos.name(field, "FT"))
        && value != null
        && "DocTimeStamp".equals(Cos.name(value, "Type"))
        && field.keySet().stream().allMatch(key -> OF_TIMESTAMP.contains(key.getName()))
        && hasNoArea(field)
        && (!Cos.has(field, "AP") || isEmptyAppearance(field));
  }

  /** A field that was filled with a signature, and not with something else. */
  static boolean isSignature(COSDictionary field) {
    var value = Cos.dictionary(field, "V");
    return value != null
        && !(value instanceof COSStream)
        && "Sig".equals(Cos.name(value, "Type"))
        && value.containsKey(COSName.getPDFName("ByteRange"));
  }

  /** One appearance, for all states, and nothing but a picture. */
  static boolean isPlainAppearance(COSDictionary field) {
    var appearance = Cos.dictionary(field, "AP");
    return appearance != null
        && !(appearance instanceof COSStream)
        && appearance.keySet().equals(Set.of(COSName.N))
        && Cos.get(appearance, "N") instanceof COSStream;
  }

  private static boolean isEmptyAppearance(COSDictionary field) {
    if (!isPlainAppearance(field)
        || !(Cos.get(field, "AP") instanceof COSDictionary appearance)
        || !(Cos.get(appearance, "N") instanceof COSStream picture)) {
      return false;
    }
    try (var in = picture.createInputStream()) {
      return in.read() < 0;
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static boolean hasNoArea(COSDictionary widget) {
    if (!Cos.has(widget, "Rect")) {
      return true;
    }
    var rectangle = Cos.rectangle(widget, "Rect");
    return rectangle != null && rectangle.getWidth() == 0 && rectangle.getHeight() == 0;
  }
}
