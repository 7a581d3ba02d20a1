package jp.musubi.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.appearance.ImprintMessages;
import jp.musubi.seal.appearance.Imprinter;
import jp.musubi.seal.appearance.Imprinting;
import jp.musubi.seal.appearance.Typefaces;
import jp.musubi.seal.appearance.VisibleSeal;
import jp.musubi.seal.appearance.WidgetTag;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceDictionary;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceStream;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.jspecify.annotations.Nullable;

/**
 * Phase one: every signature field, and all that will ever be seen of it, stands in the file before
 * the first seal, so that later seals only fill what the first one already covered (SIG-4).
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
    for (var field : fields) {
      if (field.look().isPresent()) {
        throw new IllegalArgumentException("no typefaces for the look of " + field.name());
      }
    }
    write(source, target, fields, null);
    return Prepared.found(target);
  }

  /**
   * Writes {@code source} with signature fields, visible where they have a look, to {@code target}:
   * a full save, no older revisions, the same bytes for the same input. A PDF/A stays one.
   *
   * @param typefaces to write in
   * @return what was drawn, and {@link Prepared#found} takes it from there; or why not, and then
   *     there is no target
   * @throws UnsealablePdf when the source has form fields already
   */
  public static Imprinting prepare(
      Path source, Path target, List<SignatureField> fields, Typefaces typefaces) {
    return write(source, target, fields, typefaces);
  }

  private static Imprinting write(
      Path source, Path target, List<SignatureField> fields, @Nullable Typefaces typefaces) {
    try (var document = Loader.loadPDF(source.toFile())) {
      var catalog = document.getDocumentCatalog();
      var earlier = catalog.getAcroForm(null);
      if (earlier != null && !earlier.getFields().isEmpty()) {
        throw new UnsealablePdf("the document has form fields (expected: none)", null);
      }
      var form = new PDAcroForm(document);
      var imprinter = typefaces == null ? null : new Imprinter(document, typefaces);
      var nothing = nothing(document);
      for (var each : fields) {
        var field = field(form, each, nothing);
        if (imprinter != null && each.look().isPresent()) {
          var refusal =
              imprinter.draw(
                  each.name(), each.look().get(), field.getWidgets().getFirst().getCOSObject());
          if (refusal.isPresent()) {
            return new Imprinting.Refused(each.name(), refusal.get());
          }
        }
        form.getFields().add(field);
      }
      catalog.setAcroForm(form);
      for (var i = 0; i < fields.size(); i++) {
        var widget = form.getFields().get(i).getWidgets().getFirst();
        place(document, widget, fields.get(i).look());
      }
      form.setSignaturesExist(true);
      form.setAppendOnly(true);
      var imprinting = imprinter == null ? new Imprinting.Done(List.of()) : imprinter.finish();
      // PDFBox derives /ID from this instead of from the clock.
      document.setDocumentId(ByteBuffer.wrap(Sha256.of(source).bytes()).getLong());
      document.save(target.toFile(), CompressParameters.NO_COMPRESSION);
      return imprinting;
    } catch (IOException e) {
      throw new UnsealablePdf("the document cannot be prepared", e);
    }
  }

  private static PDSignatureField field(
      PDAcroForm form, SignatureField each, PDAppearanceDictionary nothing) throws IOException {
    var field = new PDSignatureField(form);
    field.setPartialName(each.name());
    field.setAlternateFieldName(
        each.look()
            .map(look -> look.imprint().spoken())
            .orElseGet(() -> ImprintMessages.invisible(each.name())));
    var widget = field.getWidgets().getFirst();
    widget.setRectangle(new PDRectangle(0, 0, 0, 0));
    widget.setAppearance(nothing);
    widget.setContents(field.getAlternateFieldName());
    widget.setPrinted(true);
    widget.setLocked(true);
    return field;
  }

  /** A field that shows nothing has to say so in a PDF/A-1 (ISO 19005-1, 6.9). */
  private static PDAppearanceDictionary nothing(PDDocument document) {
    var empty = new PDAppearanceStream(document);
    empty.setBBox(new PDRectangle(0, 0, 0, 0));
    empty.setResources(new PDResources());
    var appearance = new PDAppearanceDictionary(new COSDictionary());
    appearance.setNormalAppearance(empty);
    return appearance;
  }

  private static void place(
      PDDocument document, PDAnnotationWidget widget, Optional<VisibleSeal> look)
      throws IOException {
    var page = document.getPage(look.map(each -> each.place().page() - 1).orElse(0));
    widget.setPage(page);
    var annotations = page.getAnnotations();
    annotations.add(widget);
    page.setAnnotations(annotations);
    WidgetTag.add(document, page.getCOSObject(), widget.getCOSObject());
  }
}
