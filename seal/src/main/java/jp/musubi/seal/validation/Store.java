package jp.musubi.seal.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * The document security store of one revision (ISO 32000-2, 12.8.4.3) as a place: which objects are
 * parts of it, and whether a later one only adds to it.
 */
final class Store {
  enum Part {
    STORE,
    LIST,
    RELATED,
    RELATED_ENTRY
  }

  private static final List<String> LISTS = List.of("Certs", "OCSPs", "CRLs");
  private static final Set<String> KEYS = Set.of("Type", "Certs", "OCSPs", "CRLs", "VRI");
  private static final Set<String> RELATED_KEYS = Set.of("Type", "Cert", "OCSP", "CRL", "TU", "TS");

  private final @Nullable COSObjectKey catalog;
  private final Map<COSObjectKey, Part> parts = new HashMap<>();

  private Store(@Nullable COSObjectKey catalog) {
    this.catalog = catalog;
  }

  static Store of(PDDocument document) {
    var catalog = document.getDocumentCatalog().getCOSObject();
    var found = new Store(catalog.getKey());
    var store = Cos.dictionary(catalog, "DSS");
    if (store == null) {
      return found;
    }
    found.part(store, Part.STORE);
    LISTS.forEach(key -> found.part(Cos.array(store, key), Part.LIST));
    var related = Cos.dictionary(store, "VRI");
    if (related != null) {
      found.part(related, Part.RELATED);
      for (var key : related.keySet()) {
        if (Cos.get(related, key.getName()) instanceof COSDictionary entry) {
          found.part(entry, Part.RELATED_ENTRY);
          for (var name : List.of("Cert", "OCSP", "CRL")) {
            found.part(Cos.array(entry, name), Part.LIST);
          }
        }
      }
    }
    return found;
  }

  private void part(@Nullable COSBase base, Part part) {
    var key = base == null ? null : base.getKey();
    if (key != null) {
      parts.putIfAbsent(key, part);
    }
  }

  @Nullable COSObjectKey catalog() {
    return catalog;
  }

  Set<COSObjectKey> keys() {
    return parts.keySet();
  }

  @Nullable Part part(COSObjectKey key) {
    return parts.get(key);
  }

  /** What a changed part of the store does besides adding to it; empty when nothing. */
  static List<String> grown(@Nullable COSBase before, @Nullable COSBase after, Part part) {
    var found = new ArrayList<String>();
    switch (part) {
      case STORE -> store(before, after, found);
      case LIST -> list(before, after, found);
      case RELATED -> related(before, after, found);
      case RELATED_ENTRY -> relatedEntry(after, found);
    }
    return found;
  }

  private static void store(@Nullable COSBase before, @Nullable COSBase after, List<String> found) {
    if (!(after instanceof COSDictionary now) || after instanceof COSStream) {
      found.add("the store of validation data was removed");
      return;
    }
    var old = before instanceof COSDictionary dictionary ? dictionary : new COSDictionary();
    for (var key : now.keySet()) {
      if (!KEYS.contains(key.getName())) {
        found.add("the store of validation data holds /" + key.getName());
      }
    }
    for (var key : LISTS) {
      list(Cos.get(old, key), Cos.get(now, key), found);
    }
    related(Cos.get(old, "VRI"), Cos.get(now, "VRI"), found);
  }

  private static void list(@Nullable COSBase before, @Nullable COSBase after, List<String> found) {
    if (before == null && after == null) {
      return;
    }
    if (!(after instanceof COSArray now)) {
      found.add("validation data were removed");
      return;
    }
    var references = new HashSet<COSObjectKey>();
    for (var each : now) {
      if (each instanceof COSObject reference && Cos.direct(each) instanceof COSStream) {
        references.add(reference.getKey());
      } else {
        found.add("the store of validation data holds something else");
        return;
      }
    }
    if (before instanceof COSArray old) {
      for (var each : old) {
        if (!(each instanceof COSObject reference && references.contains(reference.getKey()))
            && !repeats(now, each)) {
          found.add("validation data were removed");
          return;
        }
      }
    }
  }

  /** Whether the same data stand in the list as another object. */
  private static boolean repeats(COSArray now, COSBase old) {
    return Cos.direct(old) instanceof COSStream wanted
        && now.toList().stream()
            .map(Cos::direct)
            .anyMatch(each ->
                each instanceof COSStream stream
                    && Arrays.equals(Sameness.raw(stream), Sameness.raw(wanted)));
  }

  private static void related(
      @Nullable COSBase before, @Nullable COSBase after, List<String> found) {
    if (before == null && after == null) {
      return;
    }
    if (!(after instanceof COSDictionary now) || after instanceof COSStream) {
      found.add("validation data were removed");
      return;
    }
    if (before instanceof COSDictionary old) {
      for (var key : old.keySet()) {
        if (!now.containsKey(key)) {
          found.add("validation data were removed");
        }
      }
    }
    for (var key : now.keySet()) {
      if (!key.equals(COSName.TYPE)) {
        relatedEntry(Cos.get(now, key.getName()), found);
      }
    }
  }

  private static void relatedEntry(@Nullable COSBase after, List<String> found) {
    if (!(after instanceof COSDictionary entry)
        || entry instanceof COSStream
        || entry.keySet().stream().anyMatch(key -> !RELATED_KEYS.contains(key.getName()))) {
      found.add("the store of validation data holds something else");
    }
  }
}
