package jp.musubi.seal.inspection;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceStream;
import org.apache.pdfbox.util.Matrix;

/** Draws annotations and form fields into their page just as they look (PDF-P08, P09). */
final class Flattening {
  private Flattening() {}

  /** Draws each where it stands, in their order. */
  static void draw(PDDocument document, PDPage page, List<COSDictionary> annotations)
      throws IOException {
    for (var each : annotations) {
      var annotation = PDAnnotation.createAnnotation(each);
      var rectangle = annotation.getRectangle();
      if (rectangle == null) {
        continue; // It stands nowhere, hence shows nothing.
      }
      if (annotation.getAppearance() == null && !"Widget".equals(annotation.getSubtype())) {
        annotation.constructAppearances(document);
      }
      var appearance = annotation.getNormalAppearanceStream();
      if (appearance == null
          || appearance.getBBox() == null
          || appearance.getBBox().getWidth() == 0
          || appearance.getBBox().getHeight() == 0) {
        continue;
      }
      try (var content =
          new PDPageContentStream(
              document, page, PDPageContentStream.AppendMode.APPEND, true, true)) {
        content.saveGraphicsState();
        content.transform(placement(annotation, appearance));
        content.drawForm(new PDFormXObject(appearance.getCOSObject()));
        content.restoreGraphicsState();
      }
    }
  }

  /** The matrix A of ISO 32000-2, 12.5.5: the transformed box onto the annotation's rectangle. */
  private static Matrix placement(PDAnnotation annotation, PDAppearanceStream appearance) {
    var box = appearance.getBBox().transform(appearance.getMatrix()).getBounds2D();
    var rectangle = annotation.getRectangle();
    var scaleX = (float) (rectangle.getWidth() / box.getWidth());
    var scaleY = (float) (rectangle.getHeight() / box.getHeight());
    return new Matrix(
        scaleX,
        0,
        0,
        scaleY,
        (float) (rectangle.getLowerLeftX() - box.getX() * scaleX),
        (float) (rectangle.getLowerLeftY() - box.getY() * scaleY));
  }
}
