package jp.musubi.seal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;

/** The fields at the top of a document's form (ISO 32000-2, 12.7), as far as seals touch them. */
record FormFields(COSDictionary form, List<Field> fields) {
  private static final int DEEPEST = 64;

  /** A field that is an object of its own. */
  record Field(COSObjectKey key, COSDictionary dictionary) {
    String name() {
      return Cos.get(dictionary, "T") instanceof COSString text ? text.getString() : "";
    }

    boolean isSignature() {
      return "Sig".equals(Cos.name(dictionary, "FT"));
    }

    boolean isFilled() {
      return Cos.has(dictionary, "V");
    }
  }

  static FormFields of(COSDictionary catalog) {
    var form = Cos.dictionary(catalog, "AcroForm");
    if (form == null) {
      throw new UnsealablePdf("the document has no form, hence no signature field", null);
    }
    var fields = new ArrayList<Field>();
    if (Cos.get(form, "Fields") instanceof COSArray references) {
      for (var each : references) {
        if (each instanceof COSObject reference
            && reference.getKey() != null
            && reference.getObject() instanceof COSDictionary field) {
          fields.add(new Field(reference.getKey(), field));
        }
      }
    }
    return new FormFields(form, List.copyOf(fields));
  }

  /** The empty signature field of that name. */
  Field empty(String name) {
    for (var field : fields) {
      if (field.isSignature() && field.name().equals(name)) {
        if (field.isFilled()) {
          throw new UnsealablePdf(
              "the signature field '%s' is filled already".formatted(name), null);
        }
        return field;
      }
    }
    throw new UnsealablePdf("no signature field '%s'".formatted(name), null);
  }

  /** The values of filled signature fields. */
  List<COSDictionary> signatures() {
    var found = new ArrayList<COSDictionary>();
    for (var field : fields) {
      if (field.isSignature() && Cos.get(field.dictionary(), "V") instanceof COSDictionary v) {
        found.add(v);
      }
    }
    return List.copyOf(found);
  }

  /** The appearance of a field without area, as the preparation left it; null without one. */
  @Nullable COSBase emptyAppearance() {
    for (var field : fields) {
      var area = Cos.rectangle(field.dictionary(), "Rect");
      if (field.isSignature() && area != null && area.getWidth() == 0 && area.getHeight() == 0) {
        return field.dictionary().getItem(COSName.AP);
      }
    }
    return null;
  }

  /** A name that no field has yet. */
  String freeName(String stem) {
    var taken = new HashSet<String>();
    fields.forEach(field -> taken.add(field.name()));
    var number = 1;
    while (taken.contains(stem + number)) {
      number++;
    }
    return stem + number;
  }

  /** The first page's object and dictionary. */
  static Field firstPage(COSDictionary catalog) {
    COSBase at = catalog.getItem(COSName.PAGES);
    for (var depth = 0; depth < DEEPEST; depth++) {
      if (!(at instanceof COSObject reference)
          || reference.getKey() == null
          || !(reference.getObject() instanceof COSDictionary node)) {
        break;
      }
      var kids = Cos.array(node, "Kids");
      if (kids == null) {
        return new Field(reference.getKey(), node);
      }
      if (kids.size() == 0) {
        break;
      }
      at = kids.get(0);
    }
    throw new UnsealablePdf("the document has no first page", null);
  }
}
