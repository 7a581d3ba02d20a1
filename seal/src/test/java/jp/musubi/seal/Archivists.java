package jp.musubi.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.verapdf.core.EncryptedPdfException;
import org.verapdf.core.ModelParsingException;
import org.verapdf.core.ValidationException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** veraPDF as the judge of PDF/A (ISO 19005) and PDF/UA (ISO 14289). */
public final class Archivists {
  static {
    VeraGreenfieldFoundryProvider.initialise();
  }

  private Archivists() {}

  /** What the file claims to be, such as 2b; empty for neither PDF/A nor PDF/UA. */
  public static Optional<String> claim(Path pdf) throws IOException {
    try (var parser = Foundries.defaultInstance().createParser(pdf.toFile())) {
      return Optional.of(parser.getFlavour())
          .filter(flavour -> flavour != PDFAFlavour.NO_FLAVOUR)
          .map(PDFAFlavour::getId);
    } catch (ModelParsingException | EncryptedPdfException e) {
      throw new IOException(e);
    }
  }

  /** What veraPDF has against the file, each rule once; nothing, if it is compliant. */
  public static List<String> complaints(Path pdf, String flavour) throws IOException {
    var chosen = PDFAFlavour.fromString(flavour);
    try (var parser = Foundries.defaultInstance().createParser(pdf.toFile(), chosen);
        var validator = Foundries.defaultInstance().createValidator(chosen, false)) {
      var result = validator.validate(parser);
      var complaints =
          result.getTestAssertions().stream()
              .filter(each -> each.getStatus() == TestAssertion.Status.FAILED)
              .map(each ->
                  each.getRuleId().getClause()
                      + "-"
                      + each.getRuleId().getTestNumber()
                      + " "
                      + each.getMessage())
              .distinct()
              .toList();
      return result.isCompliant() || !complaints.isEmpty() ? complaints : List.of("not compliant");
    } catch (ModelParsingException | EncryptedPdfException | ValidationException e) {
      throw new IOException(e);
    }
  }
}
