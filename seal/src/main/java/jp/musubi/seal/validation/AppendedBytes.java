package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Looks at the bytes that follow a signed revision: every object there must be known to the
 * cross-reference table that stands there too, so that no reader finds more than another (ISA).
 */
final class AppendedBytes {
  private static final Pattern OBJECT =
      Pattern.compile("(\\d{1,10})[ \\r\\n]+(\\d{1,5})[ \\r\\n]+$");
  private static final Pattern START = Pattern.compile("startxref\\s+(\\d{1,10})\\s+%%EOF\\s*$");

  private AppendedBytes() {}

  static List<String> check(byte[] file, int from, int to, PDDocument after) {
    var found = new ArrayList<String>();
    var text = new String(file, from, to - from, ISO_8859_1);
    var start = START.matcher(text.substring(Math.max(0, text.length() - 200)));
    if (!start.find()) {
      found.add("the bytes after the signature do not end as an update does");
      return found;
    }
    var table = Long.parseLong(start.group(1));
    if (table < from || table >= to) {
      found.add("the update's cross-reference table stands elsewhere");
    }
    var known = after.getDocument().getXrefTable();
    for (var i = text.indexOf("obj"); i >= 0; i = next(text, i)) {
      var head = OBJECT.matcher(text.substring(Math.max(0, i - 24), i));
      if (!head.find()) {
        continue;
      }
      var key = new COSObjectKey(Long.parseLong(head.group(1)), Integer.parseInt(head.group(2)));
      var offset = from + Math.max(0, i - 24) + (long) head.start();
      var recorded = known.get(key);
      if (recorded == null || recorded < offset) {
        if (!text.startsWith("obj", i) || !isReferenceStream(text, i)) {
          found.add("object " + key.getNumber() + " stands in the file but in no table");
        }
      }
    }
    return found;
  }

  /** Goes on behind a stream's data, which may hold anything. */
  private static int next(String text, int at) {
    var stream = text.indexOf("stream", at);
    var end = text.indexOf("endobj", at);
    if (stream >= 0 && (end < 0 || stream < end)) {
      var after = text.indexOf("endstream", stream);
      if (after >= 0) {
        var closed = text.indexOf("endobj", after);
        return text.indexOf("obj", closed < 0 ? after : closed + 6);
      }
    }
    return end < 0 ? text.indexOf("obj", at + 3) : text.indexOf("obj", end + 6);
  }

  private static boolean isReferenceStream(String text, int at) {
    var head = text.substring(at, Math.min(text.length(), at + 400));
    return head.contains("/XRef");
  }
}
