package jp.musubi.seal.validation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.PageTree;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two revisions and may not have. A white list: a prepared signature field may
 * Anything else is told (ISA, EAA, SSA, shadow attacks).
 */
final class Changes {
  private enum Role {
    CATALOG,
    FORM,
    FIELDS,
    FIELD,
    PAGE,
    ANNOTATIONS,
    STORE
  }

  private static final Set<String> FIELD_MAY = Set.of("V", "AP");
  private static final Set<String> STREAMS_OF_STRUCTURE = Set.of("XRef", "ObjStm");

  private final PDDocument before;
  private final PDDocument after;
  private final Map<COSObjectKey, Role> roles = new LinkedHashMap<>();
  private final List<COSBase> explained = new ArrayList<>();
  private final List<String> found = new ArrayList<>();

  private Changes(PDDocument before, PDDocument after) {
    this.before = before;
    this.after = after;
  }

  static List<String> between(PDDocument before, PDDocument after) {
    return new Changes(before, after).run();
  }

  private List<String> run() {
    trailer();
    roles();
    var old = before.getDocument().getXrefTable();
    var now = after.getDocument().getXrefTable();
    var added = new ArrayList<COSObjectKey>();
    for (var entry : now.entrySet()) {
      var key = entry.getKey();
      var earlier = old.get(key);
      if (earlier == null) {
        added.add(key);
      } else if (!earlier.equals(entry.getValue()) || earlier < 0) {
        changed(key);
      }
    }
    for (var key : old.keySet()) {
      if (!now.containsKey(key)) {
        found.add("object " + key.getNumber() + " was removed");
      }
    }
    unexplained(added);
    return List.copyOf(found);
  }

  private void trailer() {
    var a = before.getDocument().getTrailer();
    var b = after.getDocument().getTrailer();
    for (var key : List.of("Root", "Info", "Encrypt")) {
      if (!Sameness.same(item(a, key), item(b, key))) {
        found.add("the trailer's /" + key + " changed");
      }
    }
  }

  private void roles() {
    var catalog = before.getDocumentCatalog().getCOSObject();
    role(catalog, Role.CATALOG);
    var form = Cos.dictionary(catalog, "AcroForm");
    if (form != null) {
      role(form, Role.FORM);
      var fields = Cos.array(form, "Fields");
      role(fields, Role.FIELDS);
      for (var field : Cos.dictionaries(fields)) {
        if ("Sig".equals(Cos.name(field, "FT"))) {
          role(field, Role.FIELD);
        }
      }
    }
    for (var page : PageTree.of(catalog, 100_000).pages()) {
      role(page.dictionary(), Role.PAGE);
      role(Cos.array(page.dictionary(), "Annots"), Role.ANNOTATIONS);
    }
    var store = Cos.dictionary(catalog, "DSS");
    if (store != null) {
      role(store, Role.STORE);
      for (var key : List.of("Certs", "OCSPs", "CRLs")) {
        role(Cos.array(store, key), Role.STORE);
      }
      role(Cos.dictionary(store, "VRI"), Role.STORE);
    }
  }

  private void role(@Nullable COSBase base, Role role) {
    var key = base == null ? null : base.getKey();
    if (key != null) {
      roles.putIfAbsent(key, role);
    }
  }

  private void changed(COSObjectKey key) {
    var a = Cos.direct(before.getDocument().getObjectFromPool(key));
    var b = Cos.direct(after.getDocument().getObjectFromPool(key));
    if (Sameness.same(a, b)) {
      return;
    }
    var role = roles.get(key);
    if (role == null) {
      found.add("object " + key.getNumber() + " changed");
      return;
    }
    if (a instanceof COSDictionary x && b instanceof COSDictionary y && !(b instanceof COSStream)) {
      switch (role) {
        case CATALOG -> catalog(x, y);
        case FORM -> form(x, y);
        case FIELD -> field(x, y);
        case PAGE -> page(x, y, key);
        case STORE -> explained.add(y);
        case FIELDS, ANNOTATIONS -> found.add("object " + key.getNumber() + " changed its kind");
      }
    } else if (a instanceof COSArray x && b instanceof COSArray y) {
      switch (role) {
        case FIELDS -> appended(x, y, "/Fields");
        case ANNOTATIONS -> appended(x, y, "/Annots");
        case STORE -> explained.add(y);
        case CATALOG, FORM, FIELD, PAGE ->
            found.add("object " + key.getNumber() + " changed its kind");
      }
    } else {
      found.add("object " + key.getNumber() + " changed its kind");
    }
  }

  private void catalog(COSDictionary a, COSDictionary b) {
    for (var key : Sameness.differences(a, b)) {
      switch (key) {
        case "DSS" -> explain(item(b, "DSS"));
        case "Perms" -> {
          var permissions = Cos.dictionary(b, "Perms");
          if (Cos.has(a, "Perms")
              || permissions == null
              || !permissions.keySet().equals(Set.of(COSName.getPDFName("DocMDP")))) {
            found.add("the catalog's /Perms changed");
          } else {
            explain(item(b, "Perms"));
          }
        }
        case "AcroForm" -> {
          var x = Cos.dictionary(a, "AcroForm");
          var y = Cos.dictionary(b, "AcroForm");
          if (x == null || y == null || item(b, "AcroForm") instanceof COSObject) {
            found.add("the catalog's /AcroForm changed");
          } else {
            form(x, y);
          }
        }
        default -> found.add("the catalog's /" + key + " changed");
      }
    }
  }

  private void form(COSDictionary a, COSDictionary b) {
    for (var key : Sameness.differences(a, b)) {
      switch (key) {
        case "SigFlags" -> {}
        case "Fields" -> arrays(a, b, "Fields");
        default -> found.add("the form's /" + key + " changed");
      }
    }
  }

  private void page(COSDictionary a, COSDictionary b, COSObjectKey page) {
    for (var key : Sameness.differences(a, b)) {
      if ("Annots".equals(key)) {
        arrays(a, b, "Annots");
      } else {
        found.add("the page in object " + page.getNumber() + " changed its /" + key);
      }
    }
  }

  private void arrays(COSDictionary a, COSDictionary b, String key) {
    var x = Cos.array(a, key);
    var y = Cos.array(b, key);
    if (y == null) {
      found.add("/" + key + " changed");
    } else {
      explain(item(b, key));
      appended(x == null ? new COSArray() : x, y, "/" + key);
    }
  }

  private void appended(COSArray a, COSArray b, String where) {
    for (var i = 0; i < a.size(); i++) {
      if (i >= b.size() || !Sameness.same(a.get(i), b.get(i))) {
        found.add(where + " changed");
        return;
      }
    }
    for (var i = a.size(); i < b.size(); i++) {
      if (b.get(i) instanceof COSObject reference
          && Cos.direct(reference) instanceof COSDictionary field
          && isTimestampField(field)) {
        explain(reference);
      } else {
        found.add("something was added to " + where);
      }
    }
  }

  private static boolean isTimestampField(COSDictionary field) {
    var value = Cos.dictionary(field, "V");
    return "Sig".equals(Cos.name(field, "FT"))
        && value != null
        && "DocTimeStamp".equals(Cos.name(value, "Type"))
        && !Cos.has(field, "Kids")
        && coversNothing(field);
  }

  private static boolean coversNothing(COSDictionary widget) {
    if (!Cos.has(widget, "Rect")) {
      return true;
    }
    var rectangle = Cos.rectangle(widget, "Rect");
    return rectangle != null && rectangle.getWidth() == 0 && rectangle.getHeight() == 0;
  }

  private void field(COSDictionary a, COSDictionary b) {
    for (var key : Sameness.differences(a, b)) {
      if (!FIELD_MAY.contains(key)
          || ("V".equals(key) && Cos.has(a, "V"))
          || ("AP".equals(key) && !coversNothing(b))) {
        found.add("a signature field's /" + key + " changed");
      } else {
        explain(item(b, key));
      }
    }
  }

  private void explain(@Nullable COSBase base) {
    if (base != null) {
      explained.add(base);
    }
  }

  /** Every added object must hang on something that was allowed. */
  private void unexplained(List<COSObjectKey> added) {
    var open = new HashSet<>(added);
    var todo = new ArrayDeque<>(explained);
    var seen = java.util.Collections.<COSBase>newSetFromMap(new java.util.IdentityHashMap<>());
    while (!todo.isEmpty()) {
      var base = todo.pop();
      if (base instanceof COSObject reference && !open.remove(reference.getKey())) {
        continue;
      }
      var direct = Cos.direct(base);
      if (direct == null || !seen.add(direct)) {
        continue;
      }
      if (direct instanceof COSDictionary dictionary) {
        todo.addAll(dictionary.getValues());
      } else if (direct instanceof COSArray array) {
        array.forEach(todo::add);
      }
    }
    for (var key : added) {
      if (open.contains(key) && !isStructure(key)) {
        found.add("object " + key.getNumber() + " was added");
      }
    }
  }

  private boolean isStructure(COSObjectKey key) {
    return Cos.direct(after.getDocument().getObjectFromPool(key)) instanceof COSStream stream
        && STREAMS_OF_STRUCTURE.contains(Cos.name(stream, "Type"));
  }

  private static @Nullable COSBase item(COSDictionary of, String key) {
    return of.getItem(COSName.getPDFName(key));
  }
}
