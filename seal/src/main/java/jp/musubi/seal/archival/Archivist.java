package jp.musubi.seal.archival;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import jp.musubi.seal.archival.ArchivalReport.Complaint;
import jp.musubi.seal.archival.ArchivalReport.Outcome;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.IOUtils;
import org.verapdf.core.EncryptedPdfException;
import org.verapdf.core.ModelParsingException;
import org.verapdf.core.ValidationException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Checks a claim of being PDF/A by the rules of veraPDF. To be called in a process that may be
 * killed, and for files that {@link jp.musubi.seal.inspection.Rebuild} wrote: their XMP packet is
 * ours, so that no stranger's XML is parsed.
 */
public final class Archivist {
  private static final int LONGEST_PACKET = 1_000_000;

  private static final Pattern PART = entry("part", "[1-4]");
  private static final Pattern LEVEL = entry("conformance", "[A-Za-z]");

  private Archivist() {}

  /** The rules take a second to be read, so only a file that claims something waits for them. */
  private static final class Rules {
    static {
      VeraGreenfieldFoundryProvider.initialise();
    }

    private Rules() {}

    static ArchivalReport check(Path pdf, String claim) {
      var flavour = PDFAFlavour.fromString(claim);
      if (flavour == PDFAFlavour.NO_FLAVOUR) {
        // Such as 1u, which there is not.
        return new ArchivalReport(
            claim, Outcome.FAILS, List.of(new Complaint(Topic.METADATA, "pdfaid")));
      }
      try (var parser = Foundries.defaultInstance().createParser(pdf.toFile(), flavour);
          var validator =
              Foundries.defaultInstance().createValidator(flavour, 1, false, false, false)) {
        var result = validator.validate(parser);
        if (result.isCompliant()) {
          return new ArchivalReport(claim, Outcome.CONFORMS, List.of());
        }
        var part = claim.charAt(0) - '0';
        return new ArchivalReport(
            claim,
            Outcome.FAILS,
            result.getFailedChecks().keySet().stream()
                .map(rule -> complaint(part, rule))
                .distinct()
                .sorted(Comparator.comparing(Complaint::topic).thenComparing(Complaint::rule))
                .limit(ArchivalReport.MOST)
                .toList());
      } catch (ModelParsingException
          | EncryptedPdfException
          | ValidationException
          | IOException unreadable) {
        return ArchivalReport.unknown(claim);
      }
    }

    private static Complaint complaint(int part, RuleId rule) {
      return new Complaint(
          Topic.of(part, rule.getClause()), rule.getClause() + "-" + rule.getTestNumber());
    }
  }

  /**
   * Checks what a file claims; a claim is all that is checked.
   *
   * @throws IOException when it is no PDF that can be read
   */
  public static ArchivalReport check(Path pdf) throws IOException {
    var claim = claim(pdf);
    return claim.isEmpty() ? ArchivalReport.none() : Rules.check(pdf, claim);
  }

  /** Part and level, such as 2b or 4; empty without a part. */
  private static String claim(Path pdf) throws IOException {
    try (var document = Loader.loadPDF(pdf.toFile(), "", IOUtils.createTempFileOnlyStreamCache())) {
      if (!(Cos.get(document.getDocumentCatalog().getCOSObject(), "Metadata")
          instanceof COSStream metadata)) {
        return "";
      }
      try (var in = metadata.createInputStream()) {
        // A packet may be in UTF-16 too; what is sought is ASCII in either.
        var packet = new String(in.readNBytes(LONGEST_PACKET), ISO_8859_1).replace("\0", "");
        var part = PART.matcher(packet);
        var level = LEVEL.matcher(packet);
        return part.find()
            ? part.group(1) + (level.find() ? level.group(1).toLowerCase(Locale.ROOT) : "")
            : "";
      }
    }
  }

  private static Pattern entry(String name, String value) {
    return Pattern.compile("pdfaid:" + name + "\\s*(?:=\\s*[\"']|>)\\s*(" + value + ")");
  }
}
