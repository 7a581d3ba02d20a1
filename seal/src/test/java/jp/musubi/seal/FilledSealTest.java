package jp.musubi.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.musubi.seal.appearance.Blank;
import jp.musubi.seal.appearance.Filling;
import jp.musubi.seal.appearance.PageSize;
import jp.musubi.seal.appearance.Place;
import jp.musubi.seal.appearance.Typeface;
import jp.musubi.seal.appearance.Typefaces;
import jp.musubi.testkit.KeyKind;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("記入を書き込んでから署名した契約書は")
class FilledSealTest {
  private static final Path FONT =
      Path.of("../service/src/main/resources/fonts/NotoSansJP-Regular.ttf");

  @TempDir Path directory;

  @Test
  @DisplayName("どの署名のあとも、qpdf・pdfsig・EU DSS・自前の検証のいずれでも有効で、記入は全ての署名に覆われる")
  void isValidAfterEverySeal() throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_256)) {
      var engine = sealery.engine();
      var drawn = directory.resolve("drawn.pdf");
      var filled = directory.resolve("filled.pdf");
      var prepared = directory.resolve("prepared.pdf");
      Sealery.draw(drawn);
      fill(drawn, filled);
      Preparation.prepare(
          filled,
          prepared,
          IntStream.rangeClosed(1, 3).mapToObj(n -> new SignatureField("musubi-" + n)).toList());
      try (var document = Loader.loadPDF(prepared.toFile())) {
        // Nothing in it can be filled any more but signatures.
        assertThat(document.getDocumentCatalog().getAcroForm().getFields())
            .hasSize(3)
            .allSatisfy(field -> assertThat(field).isInstanceOf(PDSignatureField.class));
        assertThat(new PDFTextStripper().getText(document)).contains("髙﨑 𠮷田", "✓");
      }

      var before = prepared;
      var archived = directory.resolve("archived-3.pdf");
      for (var party = 1; party <= 3; party++) {
        var after = directory.resolve("sealed-" + party + ".pdf");
        engine.seal(before, after, Sealery.request(party));
        // Validators work offline: what they need of revocation is gathered into a copy.
        var copy = directory.resolve("archived-" + party + ".pdf");
        engine.archive(after, copy);
        Judged.valid(sealery, copy, party, 1);
        Judged.byDss(sealery, copy, party);
        before = after;
      }
      var sealed = Files.readAllBytes(archived);
      assertThat(java.util.Arrays.copyOf(sealed, (int) Files.size(prepared)))
          .isEqualTo(Files.readAllBytes(prepared));
    }
  }

  @Test
  @DisplayName("ページの大きさは、人が見る向きの幅と高さ")
  void knowsTheSizesOfItsPages() throws Exception {
    var drawn = directory.resolve("drawn.pdf");
    var turned = directory.resolve("turned.pdf");
    Sealery.draw(drawn);
    try (var document = Loader.loadPDF(drawn.toFile())) {
      document.getPage(1).setRotation(90);
      document.save(turned.toFile());
    }
    var sizes = PageSize.of(turned);
    assertThat(sizes).hasSize(2);
    assertThat(sizes.getLast().width()).isEqualTo(sizes.getFirst().height());
    assertThat(sizes.getLast().height()).isEqualTo(sizes.getFirst().width());
  }

  private void fill(Path from, Path to) throws Exception {
    var blanks =
        List.of(
            new Blank("agent", new Place(1, 60, 120, 200, 20), 10.5f),
            new Blank("tick", new Place(2, 60, 120, 20, 20), 10.5f));
    var filling = new Filling(from, blanks, List.of(), Typefaces.of(Typeface.read(FONT)));
    assertThat(filling.misfits(Map.of("agent", "髙﨑 𠮷田", "tick", "✓"))).isEmpty();
    filling.write(Map.of("agent", "髙﨑 𠮷田", "tick", "✓"), to, directory.resolve("unused.pdf"));
  }
}
