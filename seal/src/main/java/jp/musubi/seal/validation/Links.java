package jp.musubi.seal.validation;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/**
 * Which object numbers the signed revisions name, whether there is such an object or not. Content
 * prepared before signing may name an object that only a later update brings (shadow attacks); an
 * update may therefore bring none that is named already.
 */
final class Links {
  private static final int MOST = 2_000_000;
  private static final COSName BYTE_RANGE = COSName.getPDFName("ByteRange");

  private final Set<COSObjectKey> named = new HashSet<>();
  private final Set<COSObjectKey> signatures = new LinkedHashSet<>();
  private boolean strays;

  /** Thrown for a document of more parts than a contract can have. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMany() {
      super("the document has more than %d objects and entries".formatted(MOST));
    }
  }

  /** Goes through every object of a revision. */
  static Links of(PDDocument document) {
    var links = new Links();
    var store = Store.of(document);
    var seen = 0;
    for (var key : document.getDocument().getXrefTable().keySet()) {
      seen += links.add(key, Cos.direct(document.getDocument().getObjectFromPool(key)), store);
      if (seen > MOST) {
        throw new TooMany();
      }
    }
    return links;
  }

  /** Adds what one object names; what only the store of validation data names does not count. */
  int add(COSObjectKey key, @Nullable COSBase object, Store store) {
    if (object instanceof COSDictionary dictionary && isSignature(dictionary)) {
      signatures.add(key);
    }
    var seen = 0;
    var todo = new ArrayDeque<COSBase>();
    if (object != null) {
      todo.push(object);
    }
    while (!todo.isEmpty() && seen++ <= MOST) {
      switch (todo.pop()) {
        case COSObject reference -> {
          var to = reference.getKey();
          if (to != null && !store.keys().contains(key)) {
            named.add(to);
          }
        }
        case COSDictionary dictionary -> {
          if (!dictionary.equals(object) && dictionary.containsKey(BYTE_RANGE)) {
            strays = true;
          }
          for (var entry : dictionary.entrySet()) {
            if (entry.getValue() != null
                && !(key.equals(store.catalog()) && entry.getKey().getName().equals("DSS"))) {
              todo.push(entry.getValue());
            }
          }
        }
        case COSArray array ->
            array.forEach(each -> {
              if (each != null) {
                todo.push(each);
              }
            });
        case COSBase _ -> {}
      }
    }
    return seen;
  }

  /** Whether something outside of the store refers to the number, whatever the generation. */
  boolean names(COSObjectKey key) {
    return named.contains(key);
  }

  /** Objects that are or claim to be signatures. */
  Set<COSObjectKey> signatures() {
    return Set.copyOf(signatures);
  }

  /** Whether a signature stands within another object, where no field can hold it. */
  boolean hasStrays() {
    return strays;
  }

  private static boolean isSignature(COSDictionary dictionary) {
    return dictionary.containsKey(BYTE_RANGE)
        || "DocTimeStamp".equals(Cos.name(dictionary, "Type"));
  }
}
