package jp.musubi.seal.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Font;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("変換の前と後の比較は")
class LikenessTest {
  @TempDir Path folder;

  private int files;

  /** A page as a test draws it. */
  private record Sheet(PDRectangle size, String text, float x, String picture, int pages) {}

  private static final Sheet HONEST = new Sheet(PDRectangle.A4, "JPY 1,234,567", 72, "100", 2);

  @Test
  @DisplayName("百分の一ポイントずれただけのものを、同じと認める")
  void takesRoundingForTheSame() throws Exception {
    assertThat(alike(HONEST, HONEST)).isTrue();
    assertThat(alike(HONEST, new Sheet(PDRectangle.A4, HONEST.text(), 72.01f, "100", 2))).isTrue();
    assertThat(
            alike(HONEST, new Sheet(new PDRectangle(595.3f, 841.9f), HONEST.text(), 72, "100", 2)))
        .isTrue();
  }

  @Test
  @DisplayName("字が一つ、画像のなかの字が一つ、ページの数、大きさのどれが違っても、同じとは認めない")
  void seesWhatHasChanged() throws Exception {
    assertThat(alike(HONEST, new Sheet(PDRectangle.A4, "JPY 1,234,568", 72, "100", 2))).isFalse();
    assertThat(alike(HONEST, new Sheet(PDRectangle.A4, HONEST.text(), 72, "700", 2))).isFalse();
    assertThat(alike(HONEST, new Sheet(PDRectangle.A4, HONEST.text(), 72, "100", 3))).isFalse();
    assertThat(alike(HONEST, new Sheet(PDRectangle.LETTER, HONEST.text(), 72, "100", 2))).isFalse();
    // The same letters, elsewhere on the page.
    assertThat(alike(HONEST, new Sheet(PDRectangle.A4, HONEST.text(), 300, "100", 2))).isFalse();
  }

  private boolean alike(Sheet before, Sheet after) throws IOException {
    return Likeness.compare(write(before), write(after), InspectionLimits.standard()).acceptable();
  }

  private Path write(Sheet sheet) throws IOException {
    var target = folder.resolve(files++ + ".pdf");
    try (var document = new PDDocument()) {
      for (var i = 0; i < sheet.pages(); i++) {
        var page = new PDPage(sheet.size());
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 10);
          content.newLineAtOffset(sheet.x(), 700);
          content.showText(sheet.text());
          content.endText();
          content.drawImage(
              LosslessFactory.createFromImage(document, scan(sheet.picture())), 72, 400, 150, 60);
        }
      }
      document.save(target.toFile());
    }
    return target;
  }

  /** As a scanner sees it: 10.5 points high on the page. */
  private static BufferedImage scan(String text) {
    var image = new BufferedImage(600, 240, BufferedImage.TYPE_BYTE_GRAY);
    var pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, 600, 240);
    pen.setColor(Color.BLACK);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 42));
    pen.drawString(text, 40, 120);
    pen.dispose();
    return image;
  }
}
