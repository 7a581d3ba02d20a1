package jp.musubi.contract.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;

/** Uploads, good and bad. */
public final class TestPdf {
  private TestPdf() {}

  private interface Change {
    void on(PDDocument document) throws IOException;
  }

  /** Two pages in Japanese, fonts embedded. */
  public static byte[] contract() {
    return titled("工事請負契約書");
  }

  /** Two pages of that name. */
  static byte[] titled(String title) {
    return made(title, _ -> {});
  }

  static byte[] encrypted() {
    return made(document ->
        document.protect(new StandardProtectionPolicy("owner", "", new AccessPermission())));
  }

  static byte[] scripted() {
    return made(document ->
        document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert('見本')")));
  }

  private static byte[] made(Change change) {
    return made("工事請負契約書", change);
  }

  private static byte[] made(String title, Change change) {
    try (var document = new PDDocument();
        var file = TestPdf.class.getResourceAsStream("/fonts/NotoSansJP-Regular.ttf")) {
      var font = PDType0Font.load(document, file, true);
      for (var number = 1; number <= 2; number++) {
        var page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(font, 16);
          content.newLineAtOffset(72, 700);
          content.showText(title + " その" + number);
          content.endText();
        }
      }
      change.on(document);
      var bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
