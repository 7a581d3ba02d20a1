package jp.musubi.seal.validation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/** Finds everything in a document that is or claims to be a signature. */
final class SignatureScan {
  /** A signature dictionary in its field. */
  record Found(String field, COSDictionary dictionary, COSObjectKey key) {
    boolean isTimestamp() {
      return "DocTimeStamp".equals(Cos.name(dictionary, "Type"))
          || "ETSI.RFC3161".equals(Cos.name(dictionary, "SubFilter"));
    }
  }

  private record Step(COSDictionary field, String name, String type, @Nullable COSBase value) {}

  private final List<Found> found = new ArrayList<>();
  private final List<Reason> malformed = new ArrayList<>();

  SignatureScan(PDDocument document) {
    fields(document);
  }

  List<Found> found() {
    return List.copyOf(found);
  }

  /**
   * What claims to be a signature and is none; each makes the file invalid (USF).
   *
   * @param links of every object in the document
   */
  List<Reason> malformed(Links links) {
    strays(links);
    return List.copyOf(malformed);
  }

  private void fields(PDDocument document) {
    var form = Cos.dictionary(document.getDocumentCatalog().getCOSObject(), "AcroForm");
    if (form == null) {
      return;
    }
    var seen = Collections.<COSDictionary>newSetFromMap(new IdentityHashMap<>());
    var values = Collections.<COSBase>newSetFromMap(new IdentityHashMap<>());
    var todo = new ArrayDeque<Step>();
    for (var field : Cos.dictionaries(Cos.array(form, "Fields"))) {
      todo.add(new Step(field, "", "", null));
    }
    while (!todo.isEmpty()) {
      var step = todo.poll();
      if (!seen.add(step.field())) {
        malformed("signature-malformed", "a field stands twice in the form");
        continue;
      }
      var own = Cos.get(step.field(), "T") instanceof COSString text ? text.getString() : "";
      var name =
          step.name().isEmpty() || own.isEmpty() ? step.name() + own : step.name() + "." + own;
      var type = Cos.has(step.field(), "FT") ? Cos.name(step.field(), "FT") : step.type();
      var value = Cos.has(step.field(), "V") ? Cos.get(step.field(), "V") : step.value();
      var kids = Cos.dictionaries(Cos.array(step.field(), "Kids"));
      kids.forEach(kid -> todo.add(new Step(kid, name, type, value)));
      if (kids.isEmpty() && "Sig".equals(type) && step.field().containsKey("V")) {
        take(name, value, values);
      }
    }
  }

  private void take(String name, @Nullable COSBase value, Set<COSBase> values) {
    if (!(value instanceof COSDictionary dictionary)) {
      malformed("signature-malformed", "the value of " + name + " is no dictionary");
      return;
    }
    var key = dictionary.getKey();
    if (key == null) {
      malformed("signature-malformed", "the signature of " + name + " is no object of its own");
      return;
    }
    if (!values.add(dictionary)) {
      malformed("signature-malformed", "two fields share one signature: " + name);
      return;
    }
    found.add(new Found(name, dictionary, key));
  }

  /** Whatever looks like a signature but hangs in no field. */
  private void strays(Links links) {
    var inFields = found.stream().map(Found::key).collect(Collectors.toSet());
    for (var key : links.signatures()) {
      if (!inFields.contains(key)) {
        malformed("signature-malformed", "a signature outside of any field: " + key);
      }
    }
    if (links.hasStrays()) {
      malformed("signature-malformed", "a signature within another object");
    }
  }

  private void malformed(String what, String detail) {
    malformed.add(new Reason(what, "FORMAT_FAILURE", detail));
  }
}
