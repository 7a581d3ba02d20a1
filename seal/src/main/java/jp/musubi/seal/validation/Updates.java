package jp.musubi.seal.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes between two revisions as what they must be: whole incremental updates (ISO
 * 32000-2, 7.5.6) and not one byte besides. Each update has its objects, one cross-reference
 * section of the kind the file began with that names exactly these objects, and a trailer that
 * leads to the update before it; so that every reader finds the same (ISA, parser confusion).
 */
final class Updates {
  private static final Pattern TAIL = Pattern.compile("startxref\\s+(\\d{1,10})\\s+%%EOF\\s*$");
  private static final Pattern REFERENCE = Pattern.compile("(\\d{1,10})\\s+(\\d{1,5})\\s+R");
  private static final Set<String> TRAILER = Set.of("Size", "Prev", "Root", "Info", "ID");

  /** PDFBox copies these from a cross-reference stream into trailers, where they mean nothing. */
  private static final Set<String> STREAM_ONLY =
      Set.of("Type", "W", "Index", "Length", "Filter", "DecodeParms");

  private final Content content;
  private final COSObjectKey root;
  private final COSDictionary before;
  private final List<String> found = new ArrayList<>();
  private final Map<COSObjectKey, Long> objects = new LinkedHashMap<>();
  private long previous;
  private boolean tables;

  private Updates(Content content, COSObjectKey root, COSDictionary before) {
    this.content = content;
    this.root = root;
    this.before = before;
  }

  /** What is wrong with the bytes from {@code from} to {@code to}, in English; empty when sound. */
  static List<String> check(
      Content content, int from, int to, PDDocument before, PDDocument after) {
    var root = before.getDocumentCatalog().getCOSObject().getKey();
    if (root == null) {
      return List.of("the catalog is no object of its own");
    }
    var updates = new Updates(content, root, before.getDocument().getTrailer());
    try {
      updates.read(from, to);
      updates.compare(before, after);
    } catch (Syntax.Unreadable unreadable) {
      updates.found.add("what follows the signature is no update: " + unreadable.getMessage());
    }
    return List.copyOf(updates.found);
  }

  private void read(int from, int to) throws Syntax.Unreadable {
    var tail = TAIL.matcher(content.text(Math.max(0, from - 64), from));
    if (!tail.find()) {
      throw new Syntax.Unreadable("the revision before it has no startxref");
    }
    previous = Long.parseLong(tail.group(1));
    tables = previous < from && content.holds("xref", (int) previous);
    var syntax = new Syntax(content, from, to);
    while (!syntax.atEnd()) {
      syntax.skipWhitespace();
      section(syntax);
    }
  }

  private void section(Syntax syntax) throws Syntax.Unreadable {
    var own = new HashMap<COSObjectKey, Long>();
    Syntax.Indirect last = null;
    while (!syntax.atEnd() && isDigit(content.at(syntax.position()))) {
      if (last != null && isReferences(last)) {
        throw new Syntax.Unreadable("objects follow the cross-reference stream");
      }
      last = syntax.indirect();
      if (own.put(last.key(), (long) last.span().from()) != null) {
        found.add("object %d stands twice in one update".formatted(last.key().getNumber()));
      }
      syntax.skipWhitespace();
    }
    long here;
    if (last != null && isReferences(last)) {
      here = last.span().from();
      named(XrefStream.read(content, last), own, last.key());
      trailer(last.entries(), own, true);
    } else {
      here = syntax.position();
      var table = XrefTable.read(syntax);
      named(table, own, null);
      syntax.skipWhitespace();
      syntax.expect("trailer");
      syntax.skipWhitespace();
      trailer(syntax.dictionary(), own, false);
      syntax.skipWhitespace();
    }
    syntax.expect("startxref");
    syntax.skipWhitespace();
    if (syntax.number(10) != here) {
      found.add("startxref does not lead to the update's own cross-reference section");
    }
    syntax.skipWhitespace();
    syntax.expect("%%EOF");
    if (!syntax.atEnd()) {
      syntax.expectEndOfLine();
    }
    previous = here;
    objects.putAll(own);
  }

  /** The section must name what stands in the update, where it stands, and nothing else. */
  private void named(
      Map<COSObjectKey, Long> references,
      Map<COSObjectKey, Long> own,
      @Nullable COSObjectKey itself) {
    references.forEach((key, offset) -> {
      if (!offset.equals(own.get(key))) {
        found.add(
            "object %d is said to stand at %d and does not".formatted(key.getNumber(), offset));
      }
    });
    own.keySet().stream()
        .filter(key -> !references.containsKey(key) && !key.equals(itself))
        .forEach(key ->
            found.add("object %d stands in the file but in no table".formatted(key.getNumber())));
  }

  private void trailer(
      Map<String, Syntax.Span> entries, Map<COSObjectKey, Long> own, boolean isStream) {
    if (isStream == tables) {
      found.add("the kinds of cross-reference sections are mixed");
    }
    for (var key : entries.keySet()) {
      if (!TRAILER.contains(key) && !STREAM_ONLY.contains(key) && !isKept(key)) {
        found.add("the update's trailer holds /" + key);
      }
    }
    if (!text(entries, "Prev").equals(Long.toString(previous))) {
      found.add("the update does not lead to the one before it");
    }
    var reference = REFERENCE.matcher(text(entries, "Root"));
    if (!reference.matches()
        || Long.parseLong(reference.group(1)) != root.getNumber()
        || Integer.parseInt(reference.group(2)) != root.getGeneration()) {
      found.add("the trailer's /Root changed");
    }
    var size = text(entries, "Size");
    if (!size.matches("\\d{1,10}")
        || own.keySet().stream().anyMatch(key -> key.getNumber() >= Long.parseLong(size))) {
      found.add("the trailer's /Size does not hold the update's objects");
    }
  }

  /** What the trailer before said, too, is no change; except for what hides a second table. */
  private boolean isKept(String key) {
    return !key.equals("XRefStm") && before.containsKey(COSName.getPDFName(key));
  }

  private String text(Map<String, Syntax.Span> entries, String key) {
    var span = entries.get(key);
    return span == null ? "" : content.text(span.from(), span.to());
  }

  private boolean isReferences(Syntax.Indirect object) {
    return object.data() != null && text(object.entries(), "Type").equals("/XRef");
  }

  /** The PDF library must have found exactly what was read here. */
  private void compare(PDDocument before, PDDocument after) {
    var old = before.getDocument().getXrefTable();
    var now = after.getDocument().getXrefTable();
    objects.forEach((key, offset) -> {
      if (!offset.equals(now.get(key)) && !isReferencesOnly(key, after)) {
        found.add("object %d is found elsewhere by another reader".formatted(key.getNumber()));
      }
    });
    now.forEach((key, offset) -> {
      if (!offset.equals(old.get(key)) && !offset.equals(objects.get(key))) {
        found.add("object %d is read from elsewhere".formatted(key.getNumber()));
      }
    });
  }

  /** A cross-reference stream need not name itself. */
  private static boolean isReferencesOnly(COSObjectKey key, PDDocument after) {
    return !after.getDocument().getXrefTable().containsKey(key);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
