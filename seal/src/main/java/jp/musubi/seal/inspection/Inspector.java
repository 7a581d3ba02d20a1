package jp.musubi.seal.inspection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.PageTree;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** 署名前検査 — looks through a PDF before anyone signs it (PDF-P01 to P15). */
public final class Inspector {
  private Inspector() {}

  /**
   * Inspects a file. Bad content is a finding and never an exception.
   *
   * @throws IOException when the file itself cannot be read from its disk
   */
  public static Inspection inspect(Path pdf, InspectionLimits limits) throws IOException {
    var findings = new Findings();
    var bytes = Files.size(pdf);
    if (bytes > limits.maxBytes()) {
      findings.reject(
          "PDF-P01", "too-large", bytes + " bytes, at most " + limits.maxBytes() + " are allowed");
      return Inspection.of(0, bytes, findings.inOrder());
    }
    new RawScan(Files.readAllBytes(pdf), limits, findings).run();
    if (findings.rejected()) {
      return Inspection.of(0, bytes, findings.inOrder());
    }
    var pages = 0;
    // From the file, as whoever writes it anew and draws it: the library repairs broken bytes in
    // memory
    // otherwise than the same bytes on a disk.
    try (var document = Loader.loadPDF(pdf.toFile(), "", IOUtils.createTempFileOnlyStreamCache())) {
      pages = inspect(document, limits, findings);
    } catch (InvalidPasswordException locked) {
      findings.reject("PDF-P02", "encrypted", "a password is needed to open it");
    } catch (IOException | RuntimeException | StackOverflowError broken) {
      findings.reject("PDF-P01", "broken", "not readable: " + broken.getMessage());
    }
    return Inspection.of(pages, bytes, findings.inOrder());
  }

  private static int inspect(PDDocument document, InspectionLimits limits, Findings findings) {
    if (document.isEncrypted() || document.getDocument().getEncryptionDictionary() != null) {
      findings.reject("PDF-P02", "encrypted", "/Encrypt");
      return 0;
    }
    var catalog = document.getDocumentCatalog().getCOSObject();
    var tree = PageTree.of(catalog, limits.maxPages());
    if (tree.looped()) {
      findings.reject("PDF-P15", "page-tree-loop", "a node stands twice in the page tree");
      return 0;
    }
    var count = tree.pages().size();
    if (count > limits.maxPages()) {
      findings.reject("PDF-P01", "too-many-pages", "more than " + limits.maxPages() + " pages");
      return 0;
    }
    if (count == 0) {
      findings.reject("PDF-P01", "broken", "no pages");
      return 0;
    }
    // Some readers pass over such a leaf, and then count the pages differently from others.
    if (tree.pages().stream()
        .anyMatch(leaf -> !"Page".equals(Cos.name(leaf.dictionary(), "Type")))) {
      findings.reject("PDF-P01", "broken", "a leaf of the page tree that is no /Page");
      return 0;
    }
    if (!tree.pages().stream().allMatch(PageTree.Page::inheritsByParent)) {
      findings.reject("PDF-P15", "page-parent", "/Parent leads elsewhere than the tree");
      return 0;
    }
    if (tree.counted() != count) {
      findings.fixed(
          "PDF-P15", "page-count", "/Count says " + tree.counted() + ", there are " + count);
    }
    var numbers = new IdentityHashMap<COSDictionary, Integer>();
    for (var i = 0; i < count; i++) {
      numbers.put(tree.pages().get(i).dictionary(), i + 1);
    }
    new CatalogRules(findings).check(catalog);
    for (var i = 0; i < count; i++) {
      new PageRules(findings).check(tree.pages().get(i), i + 1);
    }
    PageRules.turned(tree.pages(), findings);
    var walk = new ObjectWalk(limits, findings, numbers);
    walk.run(document, tree.pages());
    ObjectStreams.check(document, findings);
    if (!findings.rejected()) {
      new FontTables(findings).check(walk.fonts());
    }
    if (!findings.rejected()) {
      Settling.settle(document, tree.pages(), findings);
      new ContentRules(limits, findings).check(document, tree.pages());
    }
    return count;
  }
}
