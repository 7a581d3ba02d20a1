package jp.musubi.seal.appearance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.Archivists;
import jp.musubi.seal.Corpus;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.Sealery;
import jp.musubi.seal.SignatureField;
import jp.musubi.seal.UnsealablePdf;
import jp.musubi.seal.inspection.InspectionLimits;
import jp.musubi.seal.inspection.Rebuild;
import jp.musubi.testkit.KeyKind;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("PDF/Aに印を描いても")
class ArchivalSealTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "{0}、出力インテント{1}")
  @CsvSource({"1b,true", "1b,false", "2b,true", "2u,false", "3b,true"})
  @DisplayName("準備の前も後も、三者の署名と長期保存の後も、PDF/Aのままである")
  void staysArchival(String flavour, boolean intent) throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_256)) {
      var drawn = directory.resolve("drawn.pdf");
      ArchivalPdf.write(drawn, flavour, intent);
      assertThat(Archivists.complaints(drawn, flavour)).isEmpty();

      var rebuilt = directory.resolve("rebuilt.pdf");
      Rebuild.rebuild(drawn, rebuilt, InspectionLimits.standard());
      assertThat(Archivists.complaints(rebuilt, flavour)).isEmpty();

      var prepared = directory.resolve("prepared.pdf");
      var outcome = Preparation.prepare(rebuilt, prepared, FIELDS, Imprints.NOTO);
      var done = (Imprinting.Done) outcome;
      assertThat(done.imprints().get(1).notes())
          .isEqualTo(
              flavour.startsWith("1") || !intent ? List.of(new Note.EdgeHardened()) : List.of());
      assertThat(Archivists.complaints(prepared, flavour)).isEmpty();

      var engine = sealery.engine();
      var first = directory.resolve("1.pdf");
      var second = directory.resolve("2.pdf");
      var third = directory.resolve("3.pdf");
      var archived = directory.resolve("archived.pdf");
      engine.seal(prepared, first, Sealery.request(1));
      engine.seal(first, second, Sealery.request(2));
      engine.seal(second, third, Sealery.request(3));
      engine.archive(third, archived);
      assertThat(Archivists.complaints(third, flavour)).isEmpty();
      assertThat(Archivists.complaints(archived, flavour)).isEmpty();
    }
  }

  @Test
  @DisplayName("ほかの人が作ったPDF/Aも、印を描いてもPDF/Aのままである")
  void keepsOthersArchival() throws Exception {
    var prepared = directory.resolve("prepared.pdf");
    var kept = new ArrayList<String>();
    for (var sample : Corpus.slice("verapdf", 1)) {
      var claim = claim(sample);
      if (claim.isEmpty() || !Archivists.complaints(sample, claim.get()).isEmpty()) {
        continue;
      }
      try {
        var outcome =
            Preparation.prepare(sample, prepared, List.of(somewhere(sample)), Imprints.NOTO);
        assertThat(outcome).as(sample.toString()).isInstanceOf(Imprinting.Done.class);
      } catch (UnsealablePdf hasFields) {
        continue;
      }
      assertThat(Archivists.complaints(prepared, claim.get())).as(sample.toString()).isEmpty();
      kept.add(claim.get());
    }
    assertThat(kept).hasSizeGreaterThan(20).contains("1b", "2b", "ua1");
  }

  private static Optional<String> claim(Path sample) {
    try {
      return Archivists.claim(sample);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static SignatureField somewhere(Path sample) throws IOException {
    try (var document = Loader.loadPDF(sample.toFile())) {
      var shown = Place.shown(document.getPage(0));
      var width = Math.min(180, shown.getWidth());
      var height = Math.min(60, shown.getHeight());
      return new SignatureField(
          "musubi-1",
          new VisibleSeal(
              new Imprint.Words(List.of("見本")),
              Place.at(Position.BOTTOM_RIGHT, 1, shown, width, height, 0)));
    }
  }

  private static final List<SignatureField> FIELDS =
      List.of(
          new SignatureField(
              "musubi-1",
              new VisibleSeal(new Imprint.Words(Imprints.LINES), new Place(1, 300, 650, 180, 60))),
          new SignatureField(
              "musubi-2",
              new VisibleSeal(
                  new Imprint.Picture(Imprints.seal(), "上毛市長之印"), new Place(1, 100, 640, 70, 70))),
          new SignatureField("musubi-3"));
}
