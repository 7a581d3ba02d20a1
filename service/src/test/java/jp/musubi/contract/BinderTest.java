package jp.musubi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import jp.musubi.evidence.Contents;
import jp.musubi.evidence.ContentsPdf;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.inspection.InspectionLimits;
import jp.musubi.seal.inspection.Inspector;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDNamedDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageFitDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("綴じたファイル")
class BinderTest {
  private static final String SAME_NAME = "section1";

  @TempDir Path folder;

  @Test
  @DisplayName("同じ名前の行き先を持つ二つのファイルを綴じても、リンクもしおりも自分のファイルの中へ行く")
  void keepsLinksWithinTheirFile() throws IOException {
    var whole = folder.resolve("whole.pdf");
    var pages =
        Binder.bind(
            List.of(
                new Binder.Sheaf(linked("one", 2), "契約書.pdf"),
                new Binder.Sheaf(linked("two", 3), "約款.pdf")),
            OptionalInt.empty(),
            whole);
    assertThat(pages).isEqualTo(5);
    assertThat(Inspector.inspect(whole, InspectionLimits.standard()).acceptable()).isTrue();
    try (var document = Loader.loadPDF(whole.toFile())) {
      assertThat(target(document, 0)).isEqualTo(1);
      assertThat(target(document, 2)).isEqualTo(3);
      var chapters = new ArrayList<PDOutlineItem>();
      document.getDocumentCatalog().getDocumentOutline().children().forEach(chapters::add);
      assertThat(chapters).extracting(PDOutlineItem::getTitle).containsExactly("契約書.pdf", "約款.pdf");
      for (var i = 0; i < 2; i++) {
        var own = chapters.get(i).getFirstChild();
        assertThat(own.getTitle()).isEqualTo(i == 0 ? "one" : "two");
        assertThat(document.getPages().indexOf(own.findDestinationPage(document)))
            .isEqualTo(i == 0 ? 1 : 3);
        assertThat(own.getNextSibling()).isNull();
      }
    }
  }

  @Test
  @DisplayName("読み上げのための構造は両方のものが残り、誰も確かめていないPDF/Aの表明は外れ、同じものからは同じバイト列になる")
  void keepsTagsAndClaimsNothing() throws IOException {
    var sheaves =
        List.of(
            new Binder.Sheaf(tagged("R8-000001"), "契約書.pdf"),
            new Binder.Sheaf(tagged("R8-000002"), "約款.pdf"));
    var whole = folder.resolve("whole.pdf");
    var again = folder.resolve("again.pdf");
    Binder.bind(sheaves, OptionalInt.empty(), whole);
    Binder.bind(sheaves, OptionalInt.empty(), again);
    assertThat(Sha256.of(again)).isEqualTo(Sha256.of(whole));
    assertThat(Inspector.inspect(whole, InspectionLimits.standard()).acceptable()).isTrue();
    try (var document = Loader.loadPDF(whole.toFile())) {
      var catalog = document.getDocumentCatalog();
      assertThat(catalog.getMarkInfo().isMarked()).isTrue();
      assertThat(catalog.getLanguage()).isEqualTo("ja-JP");
      assertThat(catalog.getStructureTreeRoot().getParentTree()).isNotNull();
      var keys = new ArrayList<Integer>();
      for (var page : document.getPages()) {
        keys.add(page.getStructParents());
        assertThat(catalog.getStructureTreeRoot().getParentTree().getValue(page.getStructParents()))
            .isNotNull();
      }
      assertThat(keys).doesNotHaveDuplicates();
      try (var in = catalog.getMetadata().createInputStream()) {
        assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
            .contains("書類一覧 R8-000001")
            .doesNotContain("<pdfaid:part>", "<pdfuaid:part>");
      }
    }
  }

  private Path tagged(String number) {
    var file = folder.resolve(number + ".pdf");
    ContentsPdf.write(
        new Contents(
            "上毛市",
            number,
            List.of(new Contents.Bound("DOCUMENT", "契約書.pdf", 1, 3)),
            List.of(new Contents.Beside("DRAWING", "図面.zip", 12, Sha256.of(new byte[] {1})))),
        Instant.parse("2026-11-24T01:00:00Z"),
        file);
    return file;
  }

  /** Its first page has a link, by a name, to its second; so has its bookmark. */
  private Path linked(String title, int pages) throws IOException {
    var file = folder.resolve(title + ".pdf");
    try (var document = new PDDocument()) {
      for (var i = 0; i < pages; i++) {
        document.addPage(new PDPage(PDRectangle.A4));
      }
      var place = new PDPageFitDestination();
      place.setPage(document.getPage(1));
      var leaf = new COSDictionary();
      var names = new COSArray();
      names.add(new COSString(SAME_NAME));
      names.add(place.getCOSObject());
      leaf.setItem(COSName.NAMES, names);
      var tree = new COSDictionary();
      tree.setItem(COSName.DESTS, leaf);
      document.getDocumentCatalog().getCOSObject().setItem(COSName.NAMES, tree);
      var link = new PDAnnotationLink();
      link.setRectangle(new PDRectangle(10, 10, 100, 20));
      link.setDestination(new PDNamedDestination(SAME_NAME));
      document.getPage(0).setAnnotations(List.of(link));
      var outline = new PDDocumentOutline();
      var item = new PDOutlineItem();
      item.setTitle(title);
      item.setDestination(new PDNamedDestination(SAME_NAME));
      outline.addLast(item);
      document.getDocumentCatalog().setDocumentOutline(outline);
      document.save(file.toFile());
    }
    return file;
  }

  private static int target(PDDocument document, int page) throws IOException {
    var link = (PDAnnotationLink) document.getPage(page).getAnnotations().getFirst();
    return ((PDPageDestination) link.getDestination()).retrievePageNumber();
  }
}
