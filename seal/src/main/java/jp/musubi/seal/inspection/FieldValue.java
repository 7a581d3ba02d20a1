package jp.musubi.seal.inspection;

import java.text.Normalizer;
import java.util.Optional;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;

/** What a form field holds, which once flattened nobody can look up any more (PDF-P08). */
sealed interface FieldValue {
  /** Whether a widget that shows this text shows the value. */
  boolean isShownBy(String text);

  /** The field's type, for experts. */
  String kind();

  /**
   * Text that was typed or chosen.
   *
   * @param kind /Tx or /Ch
   */
  record Written(String kind, String value) implements FieldValue {
    @Override
    public boolean isShownBy(String text) {
      return plain(text).equals(plain(value));
    }

    private static String plain(String text) {
      return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[\\s\\p{Z}\\p{C}]", "");
    }
  }

  /**
   * A box that is ticked or not.
   *
   * @param shown whether the widget shows the state that the field holds
   */
  record Ticked(boolean shown) implements FieldValue {
    @Override
    public boolean isShownBy(String text) {
      return shown;
    }

    @Override
    public String kind() {
      return "/Btn";
    }
  }

  /** The value of the widget's field; empty when it has none, or one that is no text. */
  static Optional<FieldValue> of(COSDictionary widget) {
    var kind = inherited(widget, "FT") instanceof COSName name ? name.getName() : "";
    var value = inherited(widget, "V");
    return switch (kind) {
      case "Tx" -> text(value).map(written -> new Written("/Tx", written));
      case "Ch" -> text(value).map(chosen -> new Written("/Ch", shown(widget, chosen)));
      case "Btn" -> ticked(widget, value);
      default -> Optional.empty();
    };
  }

  private static Optional<FieldValue> ticked(COSDictionary widget, @Nullable COSBase value) {
    var appearance = Cos.dictionary(widget, "AP");
    var normal = appearance == null ? null : Cos.dictionary(appearance, "N");
    if (!(value instanceof COSName name) || normal == null || normal instanceof COSStream) {
      return Optional.empty();
    }
    // A widget that can show the value has to; one that cannot has to be off.
    var state = Cos.name(widget, "AS");
    var expected = Cos.has(normal, name.getName()) ? name.getName() : "Off";
    return Optional.of(new Ticked((state.isEmpty() ? "Off" : state).equals(expected)));
  }

  private static Optional<String> text(@Nullable COSBase value) {
    return value instanceof COSString string && !string.getString().isBlank()
        ? Optional.of(string.getString())
        : Optional.empty();
  }

  /** The words for an export value, where the field tells both. */
  private static String shown(COSDictionary widget, String chosen) {
    if (inherited(widget, "Opt") instanceof COSArray options) {
      for (var each : options) {
        if (Cos.direct(each) instanceof COSArray pair
            && pair.size() == 2
            && Cos.direct(pair.get(0)) instanceof COSString export
            && Cos.direct(pair.get(1)) instanceof COSString words
            && export.getString().equals(chosen)) {
          return words.getString();
        }
      }
    }
    return chosen;
  }

  private static @Nullable COSBase inherited(COSDictionary widget, String key) {
    var hops = 0;
    for (var at = widget; at != null && hops++ < 32; at = Cos.dictionary(at, "Parent")) {
      var value = Cos.get(at, key);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
