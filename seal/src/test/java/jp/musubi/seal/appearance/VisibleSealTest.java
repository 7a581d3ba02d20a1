package jp.musubi.seal.appearance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jp.musubi.seal.Judges;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.Sealery;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.SignatureField;
import jp.musubi.seal.pages.PageImages;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.Validator;
import jp.musubi.seal.validation.Verdict;
import jp.musubi.testkit.KeyKind;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("目に見える印は")
class VisibleSealTest {
  @TempDir Path directory;

  @Test
  @DisplayName("最初の署名より前に描かれ、三者の署名と長期保存のあとも同じままで、どの検証も認める")
  void standsBeforeTheFirstSealAndStays() throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_256)) {
      var drawn = directory.resolve("drawn.pdf");
      var prepared = directory.resolve("prepared.pdf");
      Sealery.draw(drawn);
      var outcome =
          Preparation.prepare(
              drawn,
              prepared,
              List.of(
                  new SignatureField(
                      "musubi-1",
                      new VisibleSeal(
                          new Imprint.Words(Imprints.LINES), new Place(1, 300, 650, 180, 60))),
                  new SignatureField(
                      "musubi-2",
                      new VisibleSeal(
                          new Imprint.Picture(Imprints.seal(), "上毛市長之印"),
                          new Place(2, 420, 640, 70, 70))),
                  new SignatureField("musubi-3")),
              Imprints.NOTO);
      assertThat(outcome)
          .isEqualTo(
              new Imprinting.Done(
                  List.of(
                      new Imprinted("musubi-1", List.of()), new Imprinted("musubi-2", List.of()))));
      var pictures = pictures(prepared);

      var engine = sealery.engine();
      var first = directory.resolve("1.pdf");
      var second = directory.resolve("2.pdf");
      var third = directory.resolve("3.pdf");
      var archived = directory.resolve("archived.pdf");
      engine.seal(prepared, first, Sealery.request(1));
      engine.seal(first, second, Sealery.request(2));
      engine.seal(second, third, Sealery.request(3));
      engine.archive(third, archived);

      assertThat(pictures(archived)).isEqualTo(pictures);
      var report =
          Validator.validate(
              archived,
              new ValidationPolicy(
                  Set.copyOf(sealery.server().pki().trustAnchors()), Sealery.now()));
      assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VALID);
      var qpdf = Judges.installed("qpdf", "--check", archived.toString());
      assertThat(qpdf.text()).contains("No syntax or stream encoding errors");
      var root = Files.writeString(directory.resolve("root.pem"), sealery.server().pki().rootPem());
      var pdfsig = Judges.installed("pdfsig", "-nocert", archived.toString());
      assertThat(pdfsig.text().split("Signature is Valid", -1)).hasSizeGreaterThanOrEqualTo(4);
      var dss = Judges.dss(root, archived);
      assertThat(dss.exit()).as(dss.text()).isZero();
      assertThat(dss.text().split("TOTAL_PASSED", -1)).hasSize(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"drawing", "appearance", "place"})
  @DisplayName("署名のあとで描き変えれば無効になる")
  void cannotBeRedrawnAfterwards(String what) throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_256)) {
      var drawn = directory.resolve("drawn.pdf");
      var prepared = directory.resolve("prepared.pdf");
      var sealed = directory.resolve("sealed.pdf");
      var redrawn = directory.resolve("redrawn.pdf");
      Sealery.draw(drawn);
      Preparation.prepare(
          drawn,
          prepared,
          List.of(
              new SignatureField(
                  "musubi-1",
                  new VisibleSeal(
                      new Imprint.Words(Imprints.LINES), new Place(1, 300, 650, 180, 60)))),
          Imprints.NOTO);
      sealery.engine().seal(prepared, sealed, Sealery.request(1));
      assertThat(verdict(sealery, sealed)).isNotEqualTo(Verdict.INVALID);

      redraw(sealed, redrawn, what);

      assertThat(verdict(sealery, redrawn)).isEqualTo(Verdict.INVALID);
    }
  }

  private static void redraw(Path sealed, Path redrawn, String what) throws Exception {
    try (var document = Loader.loadPDF(sealed.toFile());
        var out = Files.newOutputStream(redrawn)) {
      var page = document.getPage(0);
      var widget = page.getAnnotations().getFirst();
      var drawing =
          switch (what) {
            case "drawing" ->
                page.getResources().getXObject(COSName.getPDFName("Seal-musubi-1")).getCOSObject();
            default -> widget.getNormalAppearanceStream().getCOSObject();
          };
      if ("place".equals(what)) {
        widget.setRectangle(new PDRectangle(0, 0, 0, 0));
        widget.getCOSObject().setNeedToBeUpdated(true);
      } else {
        try (var content = drawing.createOutputStream()) {
          content.write("0 0 180 60 re f".getBytes(US_ASCII));
        }
        drawing.setNeedToBeUpdated(true);
      }
      document.saveIncremental(out);
    }
  }

  private static Verdict verdict(Sealery sealery, Path file) throws Exception {
    return Validator.validate(
            file,
            new ValidationPolicy(Set.copyOf(sealery.server().pki().trustAnchors()), Sealery.now()))
        .verdict();
  }

  private static List<String> pictures(Path pdf) throws Exception {
    return List.of(
        Sha256.of(PageImages.render(pdf, 1, 800)).hex(),
        Sha256.of(PageImages.render(pdf, 2, 800)).hex());
  }
}
