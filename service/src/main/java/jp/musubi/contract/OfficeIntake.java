package jp.musubi.contract;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.conversion.OfficeConverter;
import jp.musubi.conversion.OfficeFormat;
import jp.musubi.seal.inspection.Action;
import jp.musubi.seal.inspection.Finding;
import org.springframework.stereotype.Component;

/** WordやExcelの文書の受け入れ (C-05). A PDF is made of it first; whatever else comes stays what it is. */
@Component
public class OfficeIntake {
  private final OfficeConverter converter;

  OfficeIntake(OfficeConverter converter) {
    this.converter = converter;
  }

  /** What there is to inspect. */
  sealed interface Read {
    /**
     * A file that is inspected as a PDF.
     *
     * @param name of the PDF
     * @param madeFrom name of the document that it was made from, if it was
     */
    record Pdf(Path file, String name, Optional<String> madeFrom) implements Read {}

    /** No PDF was made, and why. */
    record Refused(Finding reason) implements Read {}
  }

  /** Whether documents of an office are taken here. */
  public boolean isOffered() {
    return converter.isAvailable();
  }

  /**
   * Reads an upload.
   *
   * @param pdf where a PDF goes that is made of it
   */
  Read read(Path upload, String name, Path pdf) {
    var format = OfficeFormat.named(name);
    if (format.isEmpty()) {
      return new Read.Pdf(upload, name, Optional.empty());
    }
    if (!converter.isAvailable()) {
      return new Read.Refused(finding("office-none"));
    }
    return switch (converter.convert(upload, format.get(), pdf)) {
      case OfficeConverter.Outcome.Converted _ ->
          new Read.Pdf(pdf, OfficeFormat.pdfOf(name), Optional.of(name));
      case OfficeConverter.Outcome.Refused(var reason) ->
          new Read.Refused(
              finding(
                  switch (reason) {
                    case LOCKED -> "office-locked";
                    case UNSETTLED -> "office-unsettled";
                    case BROKEN -> "office-broken";
                    case TOO_LONG -> "office-too-long";
                  }));
    };
  }

  private static Finding finding(String what) {
    return new Finding("OFFICE", Action.REJECT, what, OptionalInt.empty(), Optional.empty(), what);
  }
}
