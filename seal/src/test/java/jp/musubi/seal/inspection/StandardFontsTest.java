package jp.musubi.seal.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.musubi.seal.pages.PageText;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("標準14書体")
class StandardFontsTest {
  private static final InspectionLimits LIMITS = InspectionLimits.standard();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "Courier, 600",
    "Courier-Bold, 600",
    "Courier-Oblique, 600",
    "Courier-BoldOblique, 600",
    "Helvetica, 667",
    "Helvetica-Bold, 722",
    "Helvetica-Oblique, 667",
    "Helvetica-BoldOblique, 722",
    "Times-Roman, 722",
    "Times-Bold, 722",
    "Times-Italic, 611",
    "Times-BoldItalic, 667",
    "Symbol, 722",
    "ZapfDingbats, 692"
  })
  @DisplayName("再構成のときに埋め込み、幅と文字を変えない")
  void areEmbeddedWithTheirWidths(String name, int widthOfA) throws IOException {
    var pdf =
        BadPdfs.text("BT /F1 24 Tf 72 700 Td (A1) Tj ET")
            .object(8, "<< /Type /Font /Subtype /Type1 /BaseFont /%s >>".formatted(name));
    var source = Files.write(folder.resolve("in.pdf"), pdf.bytes());
    var target = folder.resolve("out.pdf");
    var rebuilt = Rebuild.rebuild(source, target, LIMITS);
    assertThat(rebuilt).as(rebuilt.toString()).isInstanceOf(Rebuilt.Written.class);
    assertThat(rebuilt.inspection().findings())
        .extracting(Finding::what)
        .containsExactly("standard-font");
    assertThat(Inspector.inspect(target, LIMITS).findings()).isEmpty();
    try (var document = Loader.loadPDF(target.toFile())) {
      var font = document.getPage(0).getResources().getFont(COSName.getPDFName("F1"));
      assertThat(font.isEmbedded()).isTrue();
      assertThat(font.isDamaged()).isFalse();
      assertThat(font.getName()).isEqualTo(name);
      assertThat(font.getWidth('A')).isEqualTo(widthOfA);
    }
    assertThat(PageText.extract(target, 1)).isEqualTo(PageText.extract(source, 1)).isNotBlank();
  }
}
