package jp.musubi.seal.inspection;

import java.util.List;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.PageTree;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Settles in an opened document what readers may take differently: what a page inherits becomes its
 * own, and the fonts that every reader is to have are put in. The inspection and the rebuild both
 * look at the settled document.
 */
final class Settling {
  private Settling() {}

  static void settle(PDDocument document, List<PageTree.Page> pages, Findings findings) {
    for (var page : pages) {
      for (var key : PageTree.inheritable()) {
        var value = page.inherited(key);
        if (value != null) {
          page.dictionary().setItem(COSName.getPDFName(key), value);
        }
      }
    }
    flatten(document, pages);
    StandardFonts.embed(document, pages, findings);
  }

  /** One list of pages, so that no reader counts or descends for itself. */
  private static void flatten(PDDocument document, List<PageTree.Page> pages) {
    var root = Cos.dictionary(document.getDocumentCatalog().getCOSObject(), "Pages");
    if (root == null) {
      return;
    }
    var kids = new COSArray();
    for (var page : pages) {
      page.dictionary().setItem(COSName.TYPE, COSName.PAGE);
      page.dictionary().removeItem(COSName.KIDS);
      page.dictionary().setItem(COSName.PARENT, root);
      kids.add(page.dictionary());
    }
    root.setItem(COSName.KIDS, kids);
    root.setInt(COSName.COUNT, pages.size());
  }
}
