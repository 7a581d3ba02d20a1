package jp.musubi.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;

/**
 * Phase one: every signature field stands in the file before the first seal, so that later seals
 * only fill what the first one already covered (SIG-4).
 */
public final class Preparation {
  private Preparation() {}

  /**
   * Writes {@code source} with invisible signature fields to {@code target}: a full save, no older
   * revisions, the same bytes for the same input.
   *
   * @throws UnsealablePdf when the source has form fields already
   */
  public static Prepared prepare(Path source, Path target, List<SignatureField> fields) {
    try (var document = Loader.loadPDF(source.toFile())) {
      var catalog = document.getDocumentCatalog();
      var earlier = catalog.getAcroForm(null);
      if (earlier != null && !earlier.getFields().isEmpty()) {
        throw new UnsealablePdf("the document has form fields (expected: none)", null);
      }
      var form = new PDAcroForm(document);
      catalog.setAcroForm(form);
      var page = document.getPage(0);
      for (var each : fields) {
        var field = new PDSignatureField(form);
        field.setPartialName(each.name());
        var widget = field.getWidgets().getFirst();
        widget.setRectangle(new PDRectangle(0, 0, 0, 0));
        widget.setPage(page);
        widget.setPrinted(true);
        widget.setLocked(true);
        form.getFields().add(field);
        var annotations = page.getAnnotations();
        annotations.add(widget);
        page.setAnnotations(annotations);
      }
      form.setSignaturesExist(true);
      form.setAppendOnly(true);
      // PDFBox derives /ID from this instead of from the clock.
      document.setDocumentId(ByteBuffer.wrap(Sha256.of(source).bytes()).getLong());
      document.save(target.toFile(), CompressParameters.NO_COMPRESSION);
      return Prepared.found(target);
    } catch (IOException e) {
      throw new UnsealablePdf("the document cannot be prepared", e);
    }
  }
}
