package jp.musubi.seal.appearance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.Prepared;
import jp.musubi.seal.SignatureField;
import jp.musubi.seal.inspection.InspectionLimits;
import jp.musubi.seal.inspection.Inspector;
import jp.musubi.seal.inspection.Rebuild;
import jp.musubi.seal.inspection.Rebuilt;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.PDFTextStripperByArea;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("差し込み")
class FillingTest {
  private static final List<SignatureField> FIELDS =
      IntStream.range(0, 3).mapToObj(i -> new SignatureField("musubi-" + i)).toList();
  private static final Blank NAME = new Blank("name", new Place(1, 100, 100, 200, 20), 12);
  private static final Blank SUM = new Blank("sum", new Place(2, 50, 300, 200, 40), 10.5f);

  @TempDir Path folder;
  private Path form;

  @BeforeEach
  void aFormOfTwoPagesThatWasTakenIn() throws IOException {
    form = folder.resolve("form.pdf");
    var source = folder.resolve("source.pdf");
    try (var document = new PDDocument()) {
      document.addPage(new PDPage(PDRectangle.A4));
      var turned = new PDPage(PDRectangle.A4);
      turned.setRotation(90);
      document.addPage(turned);
      document.save(source.toFile());
    }
    assertThat(Rebuild.rebuild(source, form, InspectionLimits.standard()))
        .isInstanceOf(Rebuilt.Written.class);
  }

  @Test
  @DisplayName("差し込んだ文字は、その枠の中に、書いたとおりに読める")
  void standsInItsBoxAsWritten() throws IOException {
    var filled = fill(Map.of("name", "髙﨑 𠮷田", "sum", "￥1,234,567"), "a");

    try (var document = Loader.loadPDF(filled.toFile())) {
      var area = new PDFTextStripperByArea();
      area.addRegion("box", new java.awt.geom.Rectangle2D.Float(100, 100, 200, 20));
      area.extractRegions(document.getPage(0));
      assertThat(area.getTextForRegion("box").strip()).isEqualTo("髙﨑 𠮷田");
      var all = new PDFTextStripper();
      all.setStartPage(2);
      assertThat(all.getText(document).strip()).isEqualTo("￥1,234,567");
    }
  }

  @Test
  @DisplayName("同じ文字なら同じバイト列、前に何を差し込んでいても")
  void isTheSameForTheSameTexts() throws IOException {
    var filling = open();
    var first = folder.resolve("first.pdf");
    var again = folder.resolve("again.pdf");
    filling.write(Map.of("name", "例田 一郎"), first, folder.resolve("p1.pdf"));
    filling.write(
        Map.of("name", "別の者", "sum", "￥1"), folder.resolve("x.pdf"), folder.resolve("y.pdf"));
    filling.write(Map.of("name", "例田 一郎"), again, folder.resolve("p2.pdf"));

    assertThat(first).hasSameBinaryContentAs(again);
    assertThat(folder.resolve("p1.pdf")).hasSameBinaryContentAs(folder.resolve("p2.pdf"));
    assertThat(folder.resolve("x.pdf")).isRegularFile();
    assertThat(Files.readAllBytes(first)).isNotEqualTo(Files.readAllBytes(folder.resolve("x.pdf")));
  }

  @Test
  @DisplayName("差し込んだファイルは、契約書の検査と再構成を通る")
  void passesTheInspectionOfContracts() throws IOException {
    var filled = fill(Map.of("name", "株式会社 見本建設", "sum", "￥1,234,567"), "b");

    var inspection = Inspector.inspect(filled, InspectionLimits.standard());
    assertThat(inspection.findings())
        .as("nothing that the form itself has not")
        .isEqualTo(Inspector.inspect(form, InspectionLimits.standard()).findings());
    assertThat(Rebuild.rebuild(filled, folder.resolve("anew.pdf"), InspectionLimits.standard()))
        .isInstanceOf(Rebuilt.Written.class);
  }

  @Test
  @DisplayName("署名欄のあるほうは、署名の準備ができた一つの版のファイル")
  void isReadyToBeSealedBeside() throws IOException {
    var ready = folder.resolve("prepared-c.pdf");
    fill(Map.of("name", "株式会社 見本建設"), "c");

    assertThat(Prepared.found(ready)).isNotNull();
    assertThat(new String(Files.readAllBytes(ready), java.nio.charset.StandardCharsets.ISO_8859_1))
        .containsOnlyOnce("%%EOF")
        .doesNotContain("/Prev");
    try (var document = Loader.loadPDF(ready.toFile())) {
      assertThat(document.getSignatureFields()).hasSize(3);
      assertThat(new PDFTextStripper().getText(document)).contains("株式会社 見本建設");
    }
    // And a plain copy can be prepared for other parties, as an ordinary draft is.
    Preparation.prepare(
        folder.resolve("plain-c.pdf"), folder.resolve("other.pdf"), FIELDS.subList(0, 2));
  }

  @Test
  @DisplayName("長い文字は小さくし、折り返し、それでも入らなければ入らないと言う")
  void shrinksAndBreaksAndNeverCuts() throws IOException {
    var filling = open();
    assertThat(filling.misfits(Map.of("name", "あ".repeat(16)))).isEmpty();
    assertThat(filling.misfits(Map.of("name", "あ".repeat(30)))).isEmpty();
    assertThat(filling.misfits(Map.of("sum", "あ".repeat(60)))).isEmpty();
    assertThat(filling.misfits(Map.of("name", "あ".repeat(200))))
        .containsExactly(new Misfit.TooLong("name"));
  }

  @Test
  @DisplayName("書体にない字は、字ごとに言う（外字、ない異体字）")
  void tellsEveryLetterThatItLacks() throws IOException {
    assertThat(open().misfits(Map.of("name", "外\uE000字", "sum", "\uE000")))
        .containsExactly(
            new Misfit.NoSuchLetter("name", "\uE000"), new Misfit.NoSuchLetter("sum", "\uE000"));
    assertThat(open().misfits(Map.of("name", "辻\uDB40\uDDE0")))
        .containsExactly(new Misfit.NoSuchLetter("name", "辻\uDB40\uDDE0"));
  }

  @Test
  @DisplayName("ページの外の枠を言う")
  void tellsBoxesOutsideOfThePage() throws IOException {
    var wide = new Blank("wide", new Place(1, 500, 10, 200, 20), 10);
    var turned = new Blank("turned", new Place(2, 600, 10, 200, 20), 10);
    var nowhere = new Blank("nowhere", new Place(3, 10, 10, 10, 10), 10);

    assertThat(Filling.outside(form, List.of(wide, turned, nowhere, NAME)))
        .containsExactly("wide", "nowhere");
  }

  private Filling open() throws IOException {
    return new Filling(form, List.of(NAME, SUM), FIELDS, Imprints.NOTO);
  }

  private Path fill(Map<String, String> texts, String name) throws IOException {
    var plain = folder.resolve("plain-" + name + ".pdf");
    open().write(texts, plain, folder.resolve("prepared-" + name + ".pdf"));
    return plain;
  }
}
