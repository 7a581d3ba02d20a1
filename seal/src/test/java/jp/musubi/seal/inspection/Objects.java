package jp.musubi.seal.inspection;

import java.io.IOException;
import java.util.List;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.PageTree;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;

/**
 * PDF objects from their text, and what the rules say of them as {@code "PDF-P04 REJECT launch"}.
 */
final class Objects {
  private Objects() {}

  static COSDictionary dictionary(String entries) throws IOException {
    return catalog("/X << " + entries + " >>").getCOSDictionary("X");
  }

  /** A stream without data. */
  static COSDictionary stream(String entries) throws IOException {
    try (var document =
        Loader.loadPDF(BadPdfs.page("/X 9 0 R", "").stream(9, entries, new byte[2]).bytes())) {
      var found = Cos.dictionary(document.getDocumentCatalog().getCOSObject(), "X");
      return java.util.Objects.requireNonNull(found);
    }
  }

  static Catalog catalog(String entries) throws IOException {
    return new Catalog(entries);
  }

  /** A document's catalog. */
  static final class Catalog {
    private final COSDictionary dictionary;

    private Catalog(String entries) throws IOException {
      try (var document = Loader.loadPDF(BadPdfs.page(entries, "").bytes())) {
        dictionary = document.getDocumentCatalog().getCOSObject();
      }
    }

    COSDictionary getCOSObject() {
      return dictionary;
    }

    COSDictionary getCOSDictionary(String key) {
      return java.util.Objects.requireNonNull(Cos.dictionary(dictionary, key));
    }
  }

  static List<PageTree.Page> pages(String... pageEntries) throws IOException {
    var kids = new StringBuilder();
    var pdf = BadPdfs.page("", "");
    for (var i = 0; i < pageEntries.length; i++) {
      var number = 20 + i;
      pdf.object(number, "<< /Type /Page /Parent 2 0 R " + pageEntries[i] + " >>");
      kids.append(number).append(" 0 R ");
    }
    pdf.object(2, "<< /Type /Pages /Kids [" + kids + "] /Count " + pageEntries.length + " >>");
    try (var document = Loader.loadPDF(pdf.bytes())) {
      return PageTree.of(document.getDocumentCatalog().getCOSObject(), 99).pages();
    }
  }

  static List<String> told(Findings findings) {
    return findings.inOrder().stream()
        .map(finding -> finding.rule() + " " + finding.action() + " " + finding.what())
        .toList();
  }
}
