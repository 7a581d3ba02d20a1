package jp.musubi.seal.inspection;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/** Copies objects into a new document, without recursion and without what tells of their past. */
final class GraphCopy {
  private static final Set<String> LEFT_BEHIND =
      Set.of(
          "PieceInfo", "Metadata", "LastModified", "Thumb", "AF", "AA", "OC", "OPI", "Alternates");

  private final PDDocument target;
  private final IdentityHashMap<COSBase, COSBase> copies = new IdentityHashMap<>();
  private final Set<COSBase> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<COSBase> todo = new ArrayDeque<>();

  GraphCopy(PDDocument target) {
    this.target = target;
  }

  /** Says that whoever refers to the one shall refer to the other. */
  void stands(COSDictionary source, COSDictionary copy) {
    copies.put(source, copy);
  }

  /** Says that whoever refers to it shall refer to nothing. */
  void drop(COSDictionary source) {
    dropped.add(source);
  }

  /** The copy of what stands under the key, with all it reaches, put under the same key. */
  void copy(@Nullable COSBase value, COSDictionary into, String key) throws IOException {
    var copy = shallow(value);
    if (copy != null) {
      into.setItem(COSName.getPDFName(key), copy);
      fill();
    }
  }

  private void fill() throws IOException {
    while (!todo.isEmpty()) {
      var source = todo.pop();
      var copy = copies.get(source);
      if (source instanceof COSDictionary from && copy instanceof COSDictionary to) {
        entries(from, to);
      } else if (source instanceof COSArray from && copy instanceof COSArray to) {
        for (var each : from) {
          var value = shallow(each);
          to.add(value == null ? COSNull.NULL : value);
        }
      }
      if (source instanceof COSStream from && copy instanceof COSStream to) {
        try (var in = from.createRawInputStream();
            var out = to.createRawOutputStream()) {
          in.transferTo(out);
        }
      }
    }
  }

  private void entries(COSDictionary from, COSDictionary to) throws IOException {
    for (var entry : from.entrySet()) {
      if (LEFT_BEHIND.contains(entry.getKey().getName())
          || (from instanceof COSStream && COSName.LENGTH.equals(entry.getKey()))) {
        continue;
      }
      var value = shallow(entry.getValue());
      if (value != null) {
        to.setItem(entry.getKey(), value);
      }
    }
  }

  /** The copy itself at once, its content later. */
  private @Nullable COSBase shallow(@Nullable COSBase value) {
    var source = Cos.direct(value);
    if (source == null || source instanceof COSNull || dropped.contains(source)) {
      return null;
    }
    var known = copies.get(source);
    if (known != null) {
      return known;
    }
    if (source instanceof COSDictionary page && "Page".equals(Cos.name(page, "Type"))) {
      return null;
    }
    return switch (source) {
      case COSStream _ -> later(source, target.getDocument().createCOSStream());
      case COSDictionary _ -> later(source, new COSDictionary());
      case COSArray _ -> later(source, new COSArray());
      case COSString string -> new COSString(string.getBytes(), string.getForceHexForm());
      default -> source;
    };
  }

  private COSBase later(COSBase source, COSBase copy) {
    copies.put(source, copy);
    todo.push(source);
    copy.setDirect(source.isDirect() && !(copy instanceof COSStream));
    return copy;
  }
}
