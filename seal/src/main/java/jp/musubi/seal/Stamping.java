package jp.musubi.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import jp.musubi.seal.pdf.AppendablePdf;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.Revision;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSString;

/**
 * Document timestamps (ISO 32000-2, 12.8.5; ETSI EN 319 142-1, 5.5), each in a field of its own.
 */
final class Stamping {
  private static final int ROUNDS = 3;

  /** Print and locked; with a rectangle of nothing the widget shows nothing. */
  private static final int INVISIBLE = 4 | 128;

  private final TimestampAuthority authority;
  private final TokenRoom tokens;

  /** A document with one more timestamp. */
  record Stamped(Content content, Stamp stamp) {}

  Stamping(TimestampAuthority authority, TokenRoom tokens) {
    this.authority = authority;
    this.tokens = tokens;
  }

  Stamped stamp(Content found, Path file) {
    var algorithm = authority.imprintAlgorithm();
    var content = found.read(file, EnumSet.of(algorithm));
    for (var round = 1; ; round++) {
      try (var base = content.open(file)) {
        var revision = new Revision(base);
        var signature = revision.newKey();
        addField(base, revision, signature);
        revision.putSignature(signature, dictionary(), tokens.bytes());
        var appendix = revision.finish(Sealing.identifier(content));
        var token = tokens.tokenOver(content.digest(algorithm, appendix.covered()));
        if (token.der().length <= appendix.room()) {
          return new Stamped(content.plus(appendix.filled(token.der())), Stamp.of(token));
        }
        if (round == ROUNDS) {
          throw new SignatureTooLarge(token.der().length, appendix.room());
        }
        // Another authority answered than the one before; its size is known now.
      } catch (IOException e) {
        throw new UnsealablePdf("the document cannot be timestamped", e);
      }
    }
  }

  private static COSDictionary dictionary() {
    var signature = new COSDictionary();
    signature.setItem(COSName.TYPE, COSName.DOC_TIME_STAMP);
    signature.setItem(COSName.FILTER, COSName.getPDFName("Adobe.PPKLite"));
    signature.setItem(COSName.SUB_FILTER, COSName.getPDFName("ETSI.RFC3161"));
    return signature;
  }

  private static void addField(AppendablePdf base, Revision revision, COSObjectKey signature)
      throws IOException {
    var fields = FormFields.of(base.catalog());
    var page = FormFields.firstPage(base.catalog());
    var key = revision.newKey();
    var field = new COSDictionary();
    field.setItem(COSName.TYPE, COSName.ANNOT);
    field.setItem(COSName.SUBTYPE, COSName.WIDGET);
    field.setItem(COSName.FT, COSName.SIG);
    field.setItem(COSName.T, new COSString(fields.freeName("timestamp-")));
    field.setItem(COSName.F, COSInteger.get(INVISIBLE));
    var nothing = new COSArray();
    for (var i = 0; i < 4; i++) {
      nothing.add(COSInteger.ZERO);
    }
    field.setItem(COSName.RECT, nothing);
    field.setItem(COSName.P, Revision.reference(page.key()));
    field.setItem(COSName.V, Revision.reference(signature));
    // A PDF/A-1 wants every field to say what it shows (ISO 19005-1, 6.9), be it nothing.
    var empty = fields.emptyAppearance();
    if (empty != null) {
      field.setItem(COSName.AP, empty);
    }
    revision.put(key, field);

    var reference = Revision.reference(key);
    if (base.catalog().getItem(COSName.ACRO_FORM) instanceof COSObject form
        && form.getKey() != null) {
      append(revision, form.getKey(), fields.form(), COSName.FIELDS, reference);
    } else {
      var catalog = new COSDictionary(base.catalog());
      var form = new COSDictionary(fields.form());
      form.setItem(COSName.FIELDS, longer(fields.form().getItem(COSName.FIELDS), reference));
      catalog.setItem(COSName.ACRO_FORM, form);
      revision.put(base.catalogKey(), catalog);
    }
    append(revision, page.key(), page.dictionary(), COSName.ANNOTS, reference);
  }

  /** Rewrites the array alone where it is an object of its own, else the dictionary around it. */
  private static void append(
      Revision revision, COSObjectKey key, COSDictionary holder, COSName name, COSObject added)
      throws IOException {
    if (holder.getItem(name) instanceof COSObject array
        && array.getKey() != null
        && Cos.direct(array) instanceof COSArray) {
      revision.put(array.getKey(), longer(array, added));
    } else {
      var changed = new COSDictionary(holder);
      changed.setItem(name, longer(holder.getItem(name), added));
      revision.put(key, changed);
    }
  }

  private static COSArray longer(
      @org.jspecify.annotations.Nullable COSBase before, COSObject added) {
    var after = new COSArray();
    if (Cos.direct(before) instanceof COSArray array) {
      array.forEach(after::add);
    }
    after.add(added);
    return after;
  }
}
