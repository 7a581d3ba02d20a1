package jp.musubi.seal.validation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.seal.pdf.Cos;
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
 * What changed between two revisions and may not have. A white list (ISO 32000-2, 12.8.2.2, as for
 * P=2 and narrower): a prepared signature field may be filled and get its own appearance, a
 * document timestamp that shows nothing may be added, validation data may be added. Anything else
 * is told (ISA, EAA, SSA, shadow attacks).
 */
final class Changes {
  private enum Role {
    CATALOG,
    FORM,
    FIELDS,
    FIELD
  }

  private static final Set<String> STREAMS_OF_STRUCTURE = Set.of("XRef");

  private final PDDocument before;
  private final PDDocument after;
  private final Links links;
  private final Store store;
  private final Map<COSObjectKey, Role> roles = new HashMap<>();
  private final List<COSBase> explained = new ArrayList<>();
  private final List<String> found = new ArrayList<>();

  private Changes(PDDocument before, PDDocument after, Links links) {
    this.before = before;
    this.after = after;
    this.links = links;
    this.store = Store.of(before);
  }

  /**
   * Compares two neighbouring revisions.
   *
   * @param links what the revisions up to {@code before} name; the new objects' are added
   */
  static List<String> between(PDDocument before, PDDocument after, Links links) {
    return new Changes(before, after, links).run();
  }

  private List<String> run() {
    trailer();
    roles();
    var old = before.getDocument().getXrefTable();
    var now = after.getDocument().getXrefTable();
    var added = new ArrayList<COSObjectKey>();
    var changed = new ArrayList<COSObjectKey>();
    for (var entry : now.entrySet()) {
      var earlier = old.get(entry.getKey());
      if (earlier == null) {
        added.add(entry.getKey());
      } else if (!earlier.equals(entry.getValue())) {
        changed.add(entry.getKey());
      }
    }
    changed.forEach(this::changed);
    for (var key : old.keySet()) {
      if (!now.containsKey(key)) {
        found.add("object " + key.getNumber() + " was removed");
      }
    }
    numbers(added, old.keySet());
    unexplained(added);
    var grown = Store.of(after);
    added.forEach(key -> links.add(key, object(after, key), grown));
    changed.forEach(key -> links.add(key, object(after, key), grown));
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
    var x = Cos.array(a, "ID");
    var y = Cos.array(b, "ID");
    if (x != null && x.size() > 0 && (y == null || !Sameness.same(x.get(0), y.get(0)))) {
      found.add("the trailer's /ID changed");
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
        if ("Sig".equals(Cos.name(field, "FT")) && !Cos.has(field, "Kids")) {
          role(field, Role.FIELD);
        }
      }
    }
  }

  private void role(@Nullable COSBase base, Role role) {
    var key = base == null ? null : base.getKey();
    if (key != null) {
      roles.putIfAbsent(key, role);
    }
  }

  /** A number is used once; and no earlier object may have waited for it. */
  private void numbers(List<COSObjectKey> added, Set<COSObjectKey> old) {
    var numbers = old.stream().map(COSObjectKey::getNumber).collect(Collectors.toSet());
    for (var key : added) {
      if (key.getGeneration() != 0 || numbers.contains(key.getNumber())) {
        found.add("object " + key.getNumber() + " was given out a second time");
      }
      if (links.names(key)) {
        found.add("signed content waited for object " + key.getNumber());
      }
    }
  }

  private void changed(COSObjectKey key) {
    var a = object(before, key);
    var b = object(after, key);
    if (Sameness.same(a, b)) {
      return;
    }
    var part = store.part(key);
    var role = roles.get(key);
    if (part != null && role == null) {
      if (links.names(key)) {
        found.add("object " + key.getNumber() + " is not the store's alone and changed");
      } else {
        found.addAll(Store.grown(a, b, part));
        explain(b);
      }
    } else if (a instanceof COSDictionary x
        && b instanceof COSDictionary y
        && !(a instanceof COSStream)
        && !(b instanceof COSStream)) {
      dictionary(x, y, key, role);
    } else if (a instanceof COSArray x && b instanceof COSArray y) {
      array(x, y, key, role);
    } else {
      found.add("object " + key.getNumber() + " changed");
    }
  }

  private void dictionary(COSDictionary a, COSDictionary b, COSObjectKey key, @Nullable Role role) {
    if (role == null) {
      if ("Page".equals(Cos.name(a, "Type"))) {
        page(a, b, key);
      } else {
        found.add("object " + key.getNumber() + " changed");
      }
      return;
    }
    switch (role) {
      case CATALOG -> catalog(a, b);
      case FORM -> form(a, b);
      case FIELD -> field(a, b);
      case FIELDS -> found.add("object " + key.getNumber() + " changed its kind");
    }
  }

  private void array(COSArray a, COSArray b, COSObjectKey key, @Nullable Role role) {
    if (role == Role.FIELDS) {
      appended(a, b, "/Fields");
    } else if (isAnnotations(b, key)) {
      appended(a, b, "/Annots");
    } else {
      found.add("object " + key.getNumber() + " changed");
    }
  }

  /** Whether the last element says that it stands on a page whose annotations these are. */
  private boolean isAnnotations(COSArray array, COSObjectKey key) {
    if (array.size() == 0
        || !(Cos.direct(array.get(array.size() - 1)) instanceof COSDictionary widget)
        || !(item(widget, "P") instanceof COSObject on)
        || on.getKey() == null
        || !(object(before, on.getKey()) instanceof COSDictionary page)) {
      return false;
    }
    return "Page".equals(Cos.name(page, "Type"))
        && item(page, "Annots") instanceof COSObject annotations
        && key.equals(annotations.getKey());
  }

  private void catalog(COSDictionary a, COSDictionary b) {
    for (var key : Sameness.differences(a, b)) {
      switch (key) {
        case "DSS" -> {
          found.addAll(Store.grown(Cos.get(a, "DSS"), Cos.get(b, "DSS"), Store.Part.STORE));
          explain(item(b, "DSS"));
        }
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
        case "SigFlags" -> {
          var flags = Cos.number(b, "SigFlags", -1);
          if (flags < 1 || flags > 3 || flags < Cos.number(a, "SigFlags", 0)) {
            found.add("the form's /SigFlags changed");
          }
        }
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
          && !before.getDocument().getXrefTable().containsKey(reference.getKey())
          && Cos.direct(reference) instanceof COSDictionary field
          && Widgets.isTimestamp(field)) {
        explain(reference);
      } else {
        found.add("something was added to " + where);
      }
    }
  }

  private void field(COSDictionary a, COSDictionary b) {
    var differences = Sameness.differences(a, b);
    var filled = differences.contains("V") && !Cos.has(a, "V") && Widgets.isSignature(b);
    for (var key : differences) {
      var allowed =
          switch (key) {
            case "V" -> filled;
            case "AP" -> filled && Widgets.isPlainAppearance(b);
            default -> false;
          };
      if (allowed) {
        explain(item(b, key));
      } else {
        found.add("a signature field's /" + key + " changed");
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
    return object(after, key) instanceof COSStream stream
        && STREAMS_OF_STRUCTURE.contains(Cos.name(stream, "Type"));
  }

  private static @Nullable COSBase object(PDDocument of, COSObjectKey key) {
    return Cos.direct(of.getDocument().getObjectFromPool(key));
  }

  private static @Nullable COSBase item(COSDictionary of, String key) {
    return of.getItem(COSName.getPDFName(key));
  }
}
