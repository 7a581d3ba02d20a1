package jp.musubi.seal.inspection;

import java.util.Optional;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSDictionary;

/** Fonts that may be unreadable to a machine (PDF-P13); {@link ContentRules} asks for embedding. */
final class FontRules {
  private final Findings findings;

  FontRules(Findings findings) {
    this.findings = findings;
  }

  void check(COSDictionary it, Findings.Place where) {
    // By page and name only: a scan of a drawing tool may carry hundreds of like fonts.
    var place = new Findings.Place(where.page(), Optional.empty());
    if (!"Font".equals(Cos.name(it, "Type"))) {
      return;
    }
    var subtype = Cos.name(it, "Subtype");
    if ("Type3".equals(subtype)) {
      findings.at("PDF-P13", Action.WARN, "drawn-font", place, "/Type3");
      return;
    }
    if ("Type0".equals(subtype) && !Cos.has(it, "ToUnicode")) {
      findings.at("PDF-P13", Action.WARN, "font-without-unicode", place, Cos.name(it, "BaseFont"));
    }
  }
}
