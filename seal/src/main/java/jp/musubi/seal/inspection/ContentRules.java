package jp.musubi.seal.inspection;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.PageTree;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;

/**
 * What the pages' content says: operators and resources that are not there (PDF-P11), text that
 * cannot be seen (P12), fonts that are not in the file (P13), fields that show something else than
 * they hold (P08), annotations that lie over text (P09).
 */
final class ContentRules implements ContentEngine.Contents {
  /** A twentieth of a page's characters; fewer are told to the sender only. */
  private static final int HIDDEN_SHARE = 20;

  private static final int HIDDEN_FEW = 5;

  private final Effort effort;
  private final Findings findings;
  private final Set<COSDictionary> fonts = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<COSDictionary, Map<Integer, Optional<Rectangle2D>>> outlines =
      new IdentityHashMap<>();
  private Findings.Place place = Findings.Place.DOCUMENT;
  private boolean onlyCounted;

  ContentRules(InspectionLimits limits, Findings findings) {
    this.effort = new Effort(limits.maxOperators());
    this.findings = findings;
  }

  void check(PDDocument document, List<PageTree.Page> pages) {
    var known = new IdentityHashMap<COSDictionary, PDPage>();
    for (var page : document.getPages()) {
      known.put(page.getCOSObject(), page);
    }
    try {
      for (var i = 0; i < pages.size(); i++) {
        var dictionary = pages.get(i).dictionary();
        place = new Findings.Place(OptionalInt.of(i + 1), PageRules.object(dictionary));
        onlyCounted = false;
        effort.nextPage();
        page(document, known.getOrDefault(dictionary, new PDPage(dictionary)));
      }
    } catch (Effort.TooMuch tooMuch) {
      findings.at(
          "PDF-P15", Action.REJECT, tooMuch.what(), place, String.valueOf(tooMuch.getMessage()));
    }
  }

  private void page(PDDocument document, PDPage page) {
    var text = new VisibleText(rectangle(page.getCropBox()));
    var engine = new ContentEngine(page, text, this);
    try {
      engine.processPage(page);
      engine.takeWritten();
      text.annotations();
      for (var annotation : page.getAnnotations()) {
        if (annotation.getAppearance() == null || "Popup".equals(annotation.getSubtype())) {
          counted(document, engine, annotation);
        } else {
          engine.showAnnotation(annotation);
        }
        field(annotation, engine.takeWritten());
      }
    } catch (Effort.TooMuch tooMuch) {
      throw tooMuch;
    } catch (IOException | RuntimeException e) {
      fault("broken-content", Operators.printable(e.toString()));
      return;
    }
    judge(text.found());
  }

  /** What readers draw of their own, a link's border first of all, is counted and not judged. */
  private void counted(PDDocument document, ContentEngine engine, PDAnnotation annotation)
      throws IOException {
    if (annotation.getAppearance() == null) {
      annotation.constructAppearances(document);
    }
    if (annotation.getAppearance() != null) {
      onlyCounted = true;
      engine.showUnseen(annotation);
      onlyCounted = false;
    }
  }

  private void judge(VisibleText.Found found) {
    var inPage = found.inPage();
    if (inPage > 0) {
      var much = inPage >= HIDDEN_FEW && inPage * HIDDEN_SHARE > found.characters();
      findings.at(
          "PDF-P12",
          much ? Action.REJECT : Action.WARN,
          much ? "hidden-text" : "hidden-text-few",
          place,
          found.hidden() + " of " + found.characters());
    }
    if (found.by(VisibleText.Why.COVERED_BY_ANNOTATION) > 0) {
      findings.at(
          "PDF-P09",
          Action.REJECT,
          "annotation-over-text",
          place,
          found.by(VisibleText.Why.COVERED_BY_ANNOTATION) + " characters");
    }
    if (found.layer() > 0) {
      findings.at(
          "PDF-P12", Action.WARN, "text-layer", place, found.layer() + " characters over an image");
    }
    if (found.veiled()) {
      findings.at("PDF-P14", Action.WARN, "transparency-over-text", place, "");
    }
  }

  /** What a field holds has to be what it shows (PDF-P08). */
  private void field(PDAnnotation annotation, String shown) {
    var widget = annotation.getCOSObject();
    if (!"Widget".equals(Cos.name(widget, "Subtype"))) {
      return;
    }
    var at = new Findings.Place(place.page(), PageRules.object(widget));
    FieldValue.of(widget)
        .filter(value -> !value.isShownBy(shown))
        .ifPresent(
            value -> findings.at("PDF-P08", Action.REJECT, "field-differs", at, value.kind()));
  }

  private static Rectangle2D rectangle(PDRectangle box) {
    return new Rectangle2D.Double(
        box.getLowerLeftX(), box.getLowerLeftY(), box.getWidth(), box.getHeight());
  }

  @Override
  public Effort effort() {
    return effort;
  }

  @Override
  public void fault(String what, String detail) {
    if (!onlyCounted) {
      findings.at("PDF-P11", Action.REJECT, what, place, detail);
    }
  }

  @Override
  public void font(PDFont font) {
    if (onlyCounted || !fonts.add(font.getCOSObject()) || font instanceof PDType3Font) {
      return;
    }
    // By page and name only: a drawing tool may use hundreds of like fonts.
    var at = new Findings.Place(place.page(), Optional.empty());
    var name = Operators.printable(String.valueOf(font.getName()));
    if (!font.isEmbedded()) {
      findings.at("PDF-P13", Action.REJECT, "font-not-embedded", at, name);
    } else if (font.isDamaged()) {
      findings.at("PDF-P13", Action.WARN, "font-damaged", at, name);
    }
  }

  @Override
  public Map<Integer, Optional<Rectangle2D>> outlines(PDFont font) {
    return outlines.computeIfAbsent(font.getCOSObject(), _ -> new HashMap<>());
  }
}
