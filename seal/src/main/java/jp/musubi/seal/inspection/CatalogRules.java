package jp.musubi.seal.inspection;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBoolean;
import org.apache.pdfbox.cos.COSDictionary;
import org.jspecify.annotations.Nullable;

/** What the document as a whole may not have: signatures, attachments, XFA, hidden layers. */
final class CatalogRules {
  private final Findings findings;

  CatalogRules(Findings findings) {
    this.findings = findings;
  }

  void check(COSDictionary catalog) {
    if (Cos.has(catalog, "Perms")) {
      findings.reject("PDF-P03", "already-signed", "/Perms");
    }
    if (Cos.has(catalog, "DSS")) {
      findings.reject("PDF-P03", "already-signed", "/DSS");
    }
    if (Cos.has(catalog, "Collection")) {
      findings.reject("PDF-P05", "portfolio", "/Collection");
    }
    if (Cos.get(catalog, "NeedsRendering") instanceof COSBoolean needs && needs.getValue()) {
      findings.reject("PDF-P07", "xfa", "/NeedsRendering");
    }
    var open = Cos.get(catalog, "OpenAction");
    if (open instanceof COSDictionary action && !"GoTo".equals(Cos.name(action, "S"))) {
      findings.reject("PDF-P04", "open-action", "/OpenAction is a " + Cos.name(action, "S"));
    }
    var form = Cos.dictionary(catalog, "AcroForm");
    if (form != null) {
      form(form);
    }
    var layers = Cos.dictionary(catalog, "OCProperties");
    if (layers != null) {
      layers(layers);
    }
  }

  private void form(COSDictionary form) {
    if (Cos.has(form, "XFA")) {
      findings.reject("PDF-P07", "xfa", "/AcroForm /XFA");
    }
    var seen = Collections.<COSDictionary>newSetFromMap(new IdentityHashMap<>());
    var todo = new ArrayDeque<>(Cos.dictionaries(Cos.array(form, "Fields")));
    while (!todo.isEmpty()) {
      var field = todo.pop();
      if (!seen.add(field)) {
        continue;
      }
      if ("Sig".equals(Cos.name(field, "FT"))) {
        if (Cos.has(field, "V")) {
          findings.reject("PDF-P03", "already-signed", "a signature field with a value");
        } else {
          findings.fixed("PDF-P03", "empty-signature-field", "a signature field without a value");
        }
      } else if (Cos.has(field, "FT")) {
        findings.fixed("PDF-P08", "form-fields", "a field of type " + Cos.name(field, "FT"));
      }
      todo.addAll(Cos.dictionaries(Cos.array(field, "Kids")));
    }
  }

  /** Layers are harmless only when every one is shown to everyone, on screen and on paper. */
  private void layers(COSDictionary layers) {
    var groups = Cos.dictionaries(Cos.array(layers, "OCGs"));
    if (groups.isEmpty()) {
      findings.fixed("PDF-P10", "layers-all-shown", "/OCProperties without groups");
      return;
    }
    var shown =
        alwaysShown(Cos.dictionary(layers, "D"))
            && Cos.dictionaries(Cos.array(layers, "Configs")).stream().allMatch(this::alwaysShown)
            && groups.stream().noneMatch(group -> Cos.has(group, "Usage"));
    if (shown) {
      findings.fixed("PDF-P10", "layers-all-shown", groups.size() + " groups, all on");
    } else {
      findings.reject("PDF-P10", "layers", groups.size() + " groups, not all always on");
    }
  }

  private boolean alwaysShown(@Nullable COSDictionary configuration) {
    if (configuration == null) {
      return true;
    }
    var base = Cos.name(configuration, "BaseState");
    return (base.isEmpty() || "ON".equals(base))
        && isEmpty(Cos.array(configuration, "OFF"))
        && isEmpty(Cos.array(configuration, "AS"));
  }

  private static boolean isEmpty(@Nullable COSArray array) {
    return array == null || array.size() == 0;
  }
}
