package jp.musubi.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.conversion.OfficeFormat;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.inspection.Action;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.seal.inspection.Rebuilt;
import jp.musubi.seal.isolation.Workers;
import org.springframework.stereotype.Component;

/**
 * 附属書類の受け入れ. What is to be signed is inspected and written anew as a contract's document is
 * (PDF-P01 to P17). Anything else is kept byte for byte, so that its digest is that of everybody's
 * copy; of PDFs those are refused that cannot be opened or that run scripts.
 */
@Component
class FileIntake {
  private static final Set<String> NEVER = Set.of("PDF-P02", "PDF-P04");
  private static final String BROKEN = "broken";

  private final Quarantine quarantine;
  private final OfficeIntake office;
  private final Workers workers;

  FileIntake(Quarantine quarantine, OfficeIntake office, Workers workers) {
    this.quarantine = quarantine;
    this.office = office;
    this.workers = workers;
  }

  /** A file that somebody gave. */
  record Given(Path file, String name) {}

  /** What becomes of it. */
  sealed interface Result {
    /**
     * Fit to be stored.
     *
     * @param bytes the file to store; the given one, or written anew beside it
     * @param pages 0 where they were not counted
     * @param madeFrom name of the office's document that it was made from, if it was
     * @param notices what was put right and what to look at
     */
    record Fit(
        Path bytes,
        String mediaType,
        int pages,
        Sha256 original,
        Optional<String> madeFrom,
        List<Finding> notices)
        implements Result {

      /** The file's name, which is not the given one where a PDF was made of it. */
      String named(String given) {
        return madeFrom.isPresent() ? OfficeFormat.pdfOf(given) : given;
      }
    }

    /** None that we keep. */
    record Unfit(DocumentSet.Unfit reason) implements Result {}

    /** A PDF that we do not keep; each finding is a reason. */
    record Rejected(List<Finding> reasons) implements Result {}
  }

  /**
   * Looks at a file.
   *
   * @param anew where it goes if it is written anew
   */
  Result look(Given given, Attachment.Role role, Path anew) {
    try {
      var size = Files.size(given.file());
      if (size == 0) {
        return new Result.Unfit(DocumentSet.Unfit.EMPTY);
      }
      if (size > DocumentSet.MOST_FILE_BYTES) {
        return new Result.Unfit(DocumentSet.Unfit.TOO_LARGE);
      }
      var infected = quarantine.refuses(given.file());
      if (infected.isPresent()) {
        return new Result.Rejected(List.of(infected.get()));
      }
      var format = FileFormat.named(given.name());
      if (format.isEmpty()) {
        return new Result.Unfit(DocumentSet.Unfit.FORMAT);
      }
      var made = OfficeFormat.named(given.name());
      if (role == Attachment.Role.SIGNED && format.get() != FileFormat.PDF && made.isEmpty()) {
        return new Result.Unfit(DocumentSet.Unfit.NOT_PDF);
      }
      if (!format.get().fits(head(given.file()))) {
        return new Result.Unfit(DocumentSet.Unfit.MISMATCH);
      }
      if (role == Attachment.Role.SIGNED) {
        return signed(given, anew);
      }
      return format.get() == FileFormat.PDF
          ? asItIs(given.file())
          : new Result.Fit(
              given.file(),
              format.get().mediaType(),
              0,
              Sha256.of(given.file()),
              Optional.empty(),
              List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Result signed(Given given, Path anew) {
    try (var pdf = new Scratch()) {
      return switch (office.read(given.file(), given.name(), pdf.file())) {
        case OfficeIntake.Read.Refused(var reason) -> new Result.Rejected(List.of(reason));
        case OfficeIntake.Read.Pdf(var file, _, var madeFrom) ->
            switch (Apart.from(() -> workers.rebuild(file, anew))) {
              case Rebuilt.Refused(var inspection) ->
                  new Result.Rejected(reasons(inspection.findings()));
              case Rebuilt.Written(_, var pages, var inspection) ->
                  new Result.Fit(
                      anew,
                      FileFormat.PDF.mediaType(),
                      pages,
                      Sha256.of(given.file()),
                      madeFrom,
                      inspection.findings());
            };
      };
    }
  }

  /** Another's signature, layers or attachments are no reason against a file that is not signed. */
  private Result asItIs(Path file) {
    var inspection = Apart.from(() -> workers.inspect(file));
    var reasons =
        reasons(inspection.findings()).stream()
            .filter(each -> NEVER.contains(each.rule()) || each.what().equals(BROKEN))
            .toList();
    return reasons.isEmpty()
        ? new Result.Fit(
            file,
            FileFormat.PDF.mediaType(),
            inspection.pages(),
            Sha256.of(file),
            Optional.empty(),
            List.of())
        : new Result.Rejected(reasons);
  }

  private static List<Finding> reasons(List<Finding> findings) {
    return findings.stream().filter(each -> each.action() == Action.REJECT).toList();
  }

  private static byte[] head(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(FileFormat.HEAD);
    }
  }
}
