package jp.musubi.seal.inspection;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.PageTree;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/**
 * 再構成 — writes an accepted PDF anew (PDF-P16): only what its pages need, one revision, one
 * cross-reference table, a flat page tree, no history. The same input gives the same bytes.
 */
public final class Rebuild {
  private static final List<String> CATALOG =
      List.of(
          "Lang",
          "MarkInfo",
          "StructTreeRoot",
          "OutputIntents",
          "PageLabels",
          "Outlines",
          "Dests",
          "ViewerPreferences",
          "PageLayout");
  private static final List<String> PAGE =
      List.of(
          "BleedBox",
          "TrimBox",
          "ArtBox",
          "Contents",
          "Group",
          "UserUnit",
          "StructParents",
          "Tabs");
  private static final List<String> LINK =
      List.of(
          "Type",
          "Subtype",
          "Rect",
          "Border",
          "BS",
          "C",
          "H",
          "Dest",
          "StructParent",
          "F",
          "QuadPoints",
          "Contents",
          "AP",
          "AS");
  private static final List<String> LINK_ACTION = List.of("S", "D", "URI");

  private Rebuild() {}

  /**
   * Writes {@code source} anew to {@code target}, if the inspection accepts both.
   *
   * @throws IOException when a file cannot be read or written
   */
  public static Rebuilt rebuild(Path source, Path target, InspectionLimits limits)
      throws IOException {
    var before = Inspector.inspect(source, limits);
    if (!before.acceptable()) {
      return new Rebuilt.Refused(before);
    }
    write(source, target, limits);
    var after = Inspector.inspect(target, limits);
    var findings = new Findings();
    before.findings().forEach(findings::add);
    if (!after.acceptable() || after.pages() != before.pages()) {
      findings.reject("PDF-P16", "rebuild-differs", "the new file: " + after.findings());
    }
    if (!findings.rejected()) {
      PageComparison.compare(source, target, limits, findings);
    }
    if (findings.rejected()) {
      Files.delete(target);
      return new Rebuilt.Refused(Inspection.of(before.pages(), before.bytes(), findings.inOrder()));
    }
    return new Rebuilt.Written(
        Sha256.of(target),
        after.pages(),
        Inspection.of(before.pages(), before.bytes(), findings.inOrder()));
  }

  private static void write(Path source, Path target, InspectionLimits limits) throws IOException {
    try (var from = Loader.loadPDF(source.toFile(), "", IOUtils.createTempFileOnlyStreamCache());
        var to = new PDDocument(IOUtils.createTempFileOnlyStreamCache())) {
      copy(from, to, limits);
      to.setDocumentId(Long.parseUnsignedLong(Sha256.of(source).hex().substring(0, 16), 16));
      try (var out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16)) {
        to.save(out, CompressParameters.NO_COMPRESSION);
      }
    }
  }

  private static void copy(PDDocument from, PDDocument to, InspectionLimits limits)
      throws IOException {
    var source = from.getDocumentCatalog().getCOSObject();
    var target = to.getDocumentCatalog().getCOSObject();
    to.getDocument().setVersion(Math.max(from.getVersion(), 1.4f));
    var pages = PageTree.of(source, limits.maxPages()).pages();
    var graph = new GraphCopy(to);
    var copies = new ArrayList<PDPage>();
    Settling.settle(from, pages, new Findings());
    for (var page : pages) {
      var copy = new PDPage(new COSDictionary());
      copy.getCOSObject().setItem(COSName.TYPE, COSName.PAGE);
      graph.stands(page.dictionary(), copy.getCOSObject());
      copies.add(copy);
    }
    for (var i = 0; i < pages.size(); i++) {
      annotations(from, pages.get(i).dictionary(), copies.get(i).getCOSObject(), graph);
    }
    for (var i = 0; i < pages.size(); i++) {
      var page = pages.get(i).dictionary();
      for (var key : PAGE) {
        graph.copy(page.getItem(COSName.getPDFName(key)), copies.get(i).getCOSObject(), key);
      }
      for (var key : PageTree.inheritable()) {
        graph.copy(page.getItem(COSName.getPDFName(key)), copies.get(i).getCOSObject(), key);
      }
      to.addPage(copies.get(i));
    }
    for (var key : CATALOG) {
      graph.copy(source.getItem(COSName.getPDFName(key)), target, key);
    }
    var names = Cos.dictionary(source, "Names");
    if (names != null && Cos.has(names, "Dests")) {
      var kept = new COSDictionary();
      graph.copy(names.getItem(COSName.getPDFName("Dests")), kept, "Dests");
      target.setItem(COSName.getPDFName("Names"), kept);
    }
    DocumentMetadata.carryOver(from, to);
  }

  private static void annotations(
      PDDocument from, COSDictionary page, COSDictionary copy, GraphCopy graph) throws IOException {
    var links = new COSArray();
    var drawn = new ArrayList<COSDictionary>();
    for (var annotation : Cos.dictionaries(Cos.array(page, "Annots"))) {
      switch (Cos.name(annotation, "Subtype")) {
        case "Link" -> {
          var link = new COSDictionary();
          graph.stands(annotation, link);
          link(annotation, link, graph);
          link.setItem(COSName.P, copy);
          links.add(link);
        }
        case "Popup" -> graph.drop(annotation);
        default -> {
          graph.drop(annotation);
          drawn.add(annotation);
        }
      }
    }
    Flattening.draw(from, new PDPage(page), drawn);
    if (links.size() > 0) {
      copy.setItem(COSName.ANNOTS, links);
    }
  }

  private static void link(COSDictionary annotation, COSDictionary link, GraphCopy graph)
      throws IOException {
    for (var key : LINK) {
      graph.copy(annotation.getItem(COSName.getPDFName(key)), link, key);
    }
    var action = Cos.dictionary(annotation, "A");
    if (action != null) {
      var kept = new COSDictionary();
      for (var key : LINK_ACTION) {
        graph.copy(action.getItem(COSName.getPDFName(key)), kept, key);
      }
      link.setItem(COSName.A, kept);
    }
  }
}
