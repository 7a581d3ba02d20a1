package jp.musubi.seal.appearance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.regex.Pattern;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * What a document claims to be, and so what may be added to it.
 *
 * @param part of ISO 19005; 0 when it is no PDF/A
 * @param intent whether an output intent says what device colours mean
 */
record ArchivalClaim(int part, boolean intent) {
  private static final int LONGEST_PACKET = 1_000_000;
  private static final Pattern PART = Pattern.compile("pdfaid:part\\s*(?:=\\s*[\"']|>)\\s*([1-4])");

  static ArchivalClaim of(PDDocument document) throws IOException {
    var catalog = document.getDocumentCatalog();
    var part = 0;
    if (Cos.get(catalog.getCOSObject(), "Metadata") instanceof COSStream metadata) {
      try (var in = metadata.createInputStream()) {
        // A packet may be in UTF-16 too; what is sought is ASCII in either.
        var text = new String(in.readNBytes(LONGEST_PACKET), ISO_8859_1).replace("\0", "");
        var found = PART.matcher(text);
        part = found.find() ? Integer.parseInt(found.group(1)) : 0;
      }
    }
    var intent =
        catalog.getOutputIntents().stream()
            .anyMatch(each -> "GTS_PDFA1".equals(each.getCOSObject().getNameAsString("S")));
    return new ArchivalClaim(part, intent);
  }

  /** ISO 19005-1, 6.4 forbids soft masks; later parts want to know the colours they blend in. */
  boolean allowsSoftMasks() {
    return part == 0 || (part > 1 && intent);
  }
}
