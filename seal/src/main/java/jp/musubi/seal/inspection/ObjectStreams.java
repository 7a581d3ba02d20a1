package jp.musubi.seal.inspection;

import java.util.HashSet;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Object streams that extend each other in a circle (PDF-P15), which nothing else reaches. */
final class ObjectStreams {
  private ObjectStreams() {}

  static void check(PDDocument document, Findings findings) {
    var numbers = new HashSet<Long>();
    for (var offset : document.getDocument().getXrefTable().values()) {
      if (offset < 0) {
        numbers.add(-offset);
      }
    }
    for (var number : numbers) {
      var key = new COSObjectKey(number, 0);
      if (Cos.direct(document.getDocument().getObjectFromPool(key)) instanceof COSStream first
          && circular(first)) {
        findings.reject("PDF-P15", "object-stream-loop", "/Extends from object " + number);
        return;
      }
    }
  }

  private static boolean circular(COSStream first) {
    Set<COSDictionary> seen = new HashSet<>();
    for (COSDictionary at = first; at != null; at = Cos.dictionary(at, "Extends")) {
      if (!seen.add(at)) {
        return true;
      }
    }
    return false;
  }
}
