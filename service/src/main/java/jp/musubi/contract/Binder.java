package jp.musubi.contract;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.pdf.Packet;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionGoTo;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDNamedDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;

/**
 * 綴じる. Makes one PDF of several that were rebuilt, with a bookmark at the first page of each: the
 * same bytes for the same files. Tags are kept. A claim to be PDF/A is made for the whole only when
 * the caller says so, who has to verify it.
 */
final class Binder {
  private Binder() {}

  /**
   * One of the files.
   *
   * @param name of its bookmark
   */
  record Sheaf(Path file, String name) {}

  /**
   * Binds the files in order; how many pages it has become.
   *
   * @param part of ISO 19005 that the whole claims at level B; empty for no claim
   */
  static int bind(List<Sheaf> sheaves, OptionalInt part, Path target) throws IOException {
    var open = new ArrayList<PDDocument>();
    try {
      for (var sheaf : sheaves) {
        var document =
            Loader.loadPDF(sheaf.file().toFile(), "", IOUtils.createTempFileOnlyStreamCache());
        open.add(document);
        makeDestinationsExplicit(document);
      }
      var whole = open.getFirst();
      var intents = whole.getDocumentCatalog().getOutputIntents();
      var outline = new PDDocumentOutline();
      outline.addLast(chapter(whole, sheaves.getFirst(), 0));
      var merger = new PDFMergerUtility();
      for (var i = 1; i < sheaves.size(); i++) {
        var first = whole.getNumberOfPages();
        whole.getDocumentCatalog().setDocumentOutline(null);
        merger.appendDocument(whole, open.get(i));
        outline.addLast(chapter(whole, sheaves.get(i), first));
      }
      whole.getDocumentCatalog().setDocumentOutline(outline);
      if (part.isPresent()) {
        // One profile says what all device colours mean (ISO 19005-2, 6.2.3).
        whole.getDocumentCatalog().setOutputIntents(intents);
      }
      var information = whole.getDocumentInformation();
      Packet.write(
          whole,
          claims(part),
          Optional.ofNullable(information.getTitle()).orElse(""),
          Optional.ofNullable(information.getAuthor()).orElse(""));
      // PDFBox derives /ID from this instead of from the clock.
      whole.setDocumentId(id(sheaves));
      try (var out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16)) {
        whole.save(out, CompressParameters.NO_COMPRESSION);
      }
      return whole.getNumberOfPages();
    } finally {
      for (var document : open) {
        document.close();
      }
    }
  }

  private static Map<String, String> claims(OptionalInt part) {
    var claims = new LinkedHashMap<String, String>();
    if (part.isPresent()) {
      claims.put("pdfaid:part", String.valueOf(part.getAsInt()));
      claims.put("pdfaid:conformance", "B");
    }
    return claims;
  }

  private static long id(List<Sheaf> sheaves) {
    var digests = new StringBuilder();
    sheaves.forEach(sheaf -> digests.append(Sha256.of(sheaf.file()).hex()));
    var whole = Sha256.of(digests.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return Long.parseUnsignedLong(whole.hex().substring(0, 16), 16);
  }

  /** A bookmark, with those that the file had of its own below it. */
  private static PDOutlineItem chapter(PDDocument whole, Sheaf sheaf, int first) {
    var chapter = new PDOutlineItem();
    chapter.setTitle(sheaf.name());
    chapter.setDestination(whole.getPage(first));
    var own = whole.getDocumentCatalog().getDocumentOutline();
    if (own != null) {
      for (var item : items(own)) {
        item.getCOSObject().removeItem(COSName.NEXT);
        item.getCOSObject().removeItem(COSName.PREV);
        chapter.addLast(item);
      }
    }
    return chapter;
  }

  private static List<PDOutlineItem> items(PDOutlineNode node) {
    var items = new ArrayList<PDOutlineItem>();
    node.children().forEach(items::add);
    return items;
  }

  /** Two files may use the same name for different places. */
  private static void makeDestinationsExplicit(PDDocument document) throws IOException {
    var catalog = document.getDocumentCatalog();
    for (var page : document.getPages()) {
      for (var annotation : page.getAnnotations()) {
        if (annotation instanceof PDAnnotationLink link) {
          if (link.getDestination() instanceof PDNamedDestination named) {
            link.setDestination(explicit(catalog, named));
          }
          if (link.getAction() instanceof PDActionGoTo goTo
              && goTo.getDestination() instanceof PDNamedDestination named) {
            goTo.setDestination(explicit(catalog, named));
          }
        }
      }
    }
    var outline = catalog.getDocumentOutline();
    if (outline != null) {
      makeDestinationsExplicit(catalog, outline);
    }
    catalog.getCOSObject().removeItem(COSName.NAMES);
    catalog.getCOSObject().removeItem(COSName.DESTS);
  }

  private static void makeDestinationsExplicit(PDDocumentCatalog catalog, PDOutlineNode node)
      throws IOException {
    for (var item : items(node)) {
      if (item.getDestination() instanceof PDNamedDestination named) {
        item.setDestination(explicit(catalog, named));
      }
      if (item.getAction() instanceof PDActionGoTo goTo
          && goTo.getDestination() instanceof PDNamedDestination named) {
        goTo.setDestination(explicit(catalog, named));
      }
      makeDestinationsExplicit(catalog, item);
    }
  }

  private static @org.jspecify.annotations.Nullable PDDestination explicit(
      PDDocumentCatalog catalog, PDNamedDestination named) throws IOException {
    return catalog.findNamedDestinationPage(named);
  }
}
