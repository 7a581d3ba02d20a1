package jp.musubi.seal.inspection;

import java.util.Optional;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSDictionary;
import org.jspecify.annotations.Nullable;

/** Fonts that may look otherwise on another machine (PDF-P13). */
final class FontRules {
  private static final Set<String> SIMPLE =
      Set.of("Type1", "MMType1", "TrueType", "CIDFontType0", "CIDFontType2");

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
    if (SIMPLE.contains(subtype) && !embedded(Cos.dictionary(it, "FontDescriptor"))) {
      findings.at("PDF-P13", Action.WARN, "font-not-embedded", place, Cos.name(it, "BaseFont"));
    }
    if ("Type0".equals(subtype) && !Cos.has(it, "ToUnicode")) {
      findings.at("PDF-P13", Action.WARN, "font-without-unicode", place, Cos.name(it, "BaseFont"));
    }
  }

  private static boolean embedded(@Nullable COSDictionary descriptor) {
    return descriptor != null
        && (Cos.has(descriptor, "FontFile")
            || Cos.has(descriptor, "FontFile2")
            || Cos.has(descriptor, "FontFile3"));
  }
}
