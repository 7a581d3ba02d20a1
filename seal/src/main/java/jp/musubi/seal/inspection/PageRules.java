package jp.musubi.seal.inspection;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.PageTree;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** What one page may not have: hidden annotations; and what its reader should look at. */
final class PageRules {
  private static final int INVISIBLE = 1;
  private static final int HIDDEN = 1 << 1;
  private static final int NO_VIEW = 1 << 5;
  private static final int MOST_FIELDS = 2_000;

  /** Points by which neighbouring fields may lie over each other. */
  private static final float TOUCH = 3;

  /** 200 inches (ISO 32000-1, Annex C); beyond it readers show nothing, or cut. */
  private static final float LONGEST = 14_400;

  private static final float A3_LONG = 1191.5f;
  private static final float A3_SHORT = 842.5f;

  private static final Set<String> DROPPED_SILENTLY = Set.of("Popup", "Link");

  private final Findings findings;

  PageRules(Findings findings) {
    this.findings = findings;
  }

  void check(PageTree.Page page, int number) {
    var place = new Findings.Place(OptionalInt.of(number), object(page.dictionary()));
    sizes(page, place);
    if (Cos.has(page.dictionary(), "Trans") || Cos.has(page.dictionary(), "Dur")) {
      findings.at("PDF-P04", Action.FIXED, "page-transition", place, "/Trans or /Dur");
    }
    var annotations = Cos.dictionaries(Cos.array(page.dictionary(), "Annots"));
    for (var annotation : annotations) {
      annotation(annotation, new Findings.Place(place.page(), object(annotation)));
    }
    overlaps(annotations, place);
  }

  /** Pages that are turned differently; blank ones and covers make this common, so it is told. */
  static void turned(List<PageTree.Page> pages, Findings findings) {
    var turns =
        pages.stream()
            .map(page -> Cos.direct(page.inherited("Rotate")))
            .map(turn ->
                turn instanceof COSNumber number ? Math.floorMod(number.intValue(), 360) : 0)
            .distinct()
            .count();
    if (turns > 1) {
      findings.warn("PDF-P14", "rotation-mix", turns + " different /Rotate");
    }
  }

  /** Of two fields in one place, one hides the other (PDF-P08). */
  private void overlaps(List<COSDictionary> annotations, Findings.Place place) {
    var fields =
        annotations.stream()
            .filter(it -> "Widget".equals(Cos.name(it, "Subtype")))
            .map(it -> Optional.ofNullable(Cos.rectangle(it, "Rect")))
            .flatMap(Optional::stream)
            .limit(MOST_FIELDS)
            .toList();
    for (var i = 0; i < fields.size(); i++) {
      for (var other : fields.subList(i + 1, fields.size())) {
        if (overlap(fields.get(i), other)) {
          findings.at("PDF-P08", Action.REJECT, "fields-overlap", place, "two fields in one place");
          return;
        }
      }
    }
  }

  private static boolean overlap(PDRectangle a, PDRectangle b) {
    return Math.min(a.getUpperRightX(), b.getUpperRightX())
                - Math.max(a.getLowerLeftX(), b.getLowerLeftX())
            > TOUCH
        && Math.min(a.getUpperRightY(), b.getUpperRightY())
                - Math.max(a.getLowerLeftY(), b.getLowerLeftY())
            > TOUCH;
  }

  private void annotation(COSDictionary annotation, Findings.Place place) {
    var subtype = Cos.name(annotation, "Subtype");
    var flags = Cos.number(annotation, "F", 0);
    var transparent =
        Cos.get(annotation, "CA") instanceof COSNumber opacity && opacity.floatValue() < 0.1f;
    if (!"Popup".equals(subtype)
        && (transparent || (flags & (HIDDEN | NO_VIEW | INVISIBLE)) != 0)) {
      if (isEmptySignatureField(annotation)) {
        return;
      }
      findings.at(
          "PDF-P09", Action.REJECT, "hidden-annotation", place, subtype + " with /F " + flags);
      return;
    }
    if ("Widget".equals(subtype)
        && Cos.dictionary(annotation, "AP") == null
        && fieldHasValue(annotation)) {
      findings.at("PDF-P08", Action.REJECT, "form-without-appearance", place, "/V without /AP");
      return;
    }
    if ("Widget".equals(subtype) || DROPPED_SILENTLY.contains(subtype)) {
      return;
    }
    if (Cos.dictionary(annotation, "AP") == null) {
      findings.at("PDF-P09", Action.FIXED, "annotation-without-appearance", place, subtype);
    } else {
      findings.at("PDF-P09", Action.FIXED, "annotation", place, subtype);
    }
  }

  private static boolean isEmptySignatureField(COSDictionary annotation) {
    return "Sig".equals(Cos.name(annotation, "FT")) && !Cos.has(annotation, "V");
  }

  private static boolean fieldHasValue(COSDictionary widget) {
    var parent = Cos.dictionary(widget, "Parent");
    var field = Cos.has(widget, "V") || parent == null ? widget : parent;
    return switch (Cos.get(field, "V")) {
      case COSString text -> !text.getString().isBlank();
      case COSDictionary _ -> !"Sig".equals(Cos.name(field, "FT"));
      case null, default -> false;
    };
  }

  private void sizes(PageTree.Page page, Findings.Place place) {
    var media = rectangle(page, "MediaBox");
    if (media.isEmpty()) {
      findings.at("PDF-P01", Action.REJECT, "broken", place, "a page without /MediaBox");
      return;
    }
    var crop = rectangle(page, "CropBox");
    if (crop.isPresent() && differs(media.get(), crop.get())) {
      findings.at("PDF-P14", Action.WARN, "cropped", place, "/CropBox differs from /MediaBox");
    }
    var unit =
        Cos.get(page.dictionary(), "UserUnit") instanceof COSNumber number
            ? number.floatValue()
            : 1f;
    if (unit != 1f) {
      findings.at("PDF-P14", Action.WARN, "user-unit", place, "/UserUnit " + unit);
    }
    var width = Math.abs(media.get().getWidth()) * unit;
    var height = Math.abs(media.get().getHeight()) * unit;
    if (!(Math.max(width, height) <= LONGEST)) {
      findings.at(
          "PDF-P14", Action.REJECT, "too-large-page", place, width + " x " + height + " pt");
    } else if (Math.max(width, height) > A3_LONG || Math.min(width, height) > A3_SHORT) {
      findings.at(
          "PDF-P14",
          Action.WARN,
          "large-page",
          place,
          Math.round(width) + " x " + Math.round(height) + " pt");
    }
  }

  private static Optional<PDRectangle> rectangle(PageTree.Page page, String key) {
    var holder = new COSDictionary();
    var value = page.inherited(key);
    if (value == null) {
      return Optional.empty();
    }
    holder.setItem(key, value);
    return Optional.ofNullable(Cos.rectangle(holder, key));
  }

  private static boolean differs(PDRectangle a, PDRectangle b) {
    return Math.abs(a.getLowerLeftX() - b.getLowerLeftX()) > 1
        || Math.abs(a.getLowerLeftY() - b.getLowerLeftY()) > 1
        || Math.abs(a.getUpperRightX() - b.getUpperRightX()) > 1
        || Math.abs(a.getUpperRightY() - b.getUpperRightY()) > 1;
  }

  static Optional<String> object(COSBase base) {
    var key = base.getKey();
    return key == null
        ? Optional.empty()
        : Optional.of(key.getNumber() + " " + key.getGeneration() + " R");
  }
}
