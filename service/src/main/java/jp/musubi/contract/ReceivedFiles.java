package jp.musubi.contract;

import java.nio.file.Path;
import java.util.List;
import jp.musubi.seal.inspection.Finding;
import org.springframework.stereotype.Component;

/**
 * 受け取ったままのPDF. Looks at a PDF that is kept byte for byte: scanned, opened in a process of its own,
 * never written anew; refused are what no scanner lets through, what cannot be opened, and what
 * runs scripts.
 */
@Component
public class ReceivedFiles {
  private final FileIntake intake;

  ReceivedFiles(FileIntake intake) {
    this.intake = intake;
  }

  /** What is to be said of a file. */
  public sealed interface Looked {
    /** It may be kept as it is. */
    record Fit(int pages) implements Looked {}

    /** No file that we keep. */
    record Unfit(DocumentSet.Unfit reason) implements Looked {}

    /** A PDF that we do not keep; each finding is a reason. */
    record Rejected(List<Finding> reasons) implements Looked {
      /** Keeps its own copy. */
      public Rejected {
        reasons = List.copyOf(reasons);
      }
    }
  }

  /**
   * Looks at it; nothing is stored, and the file stays as it is.
   *
   * @param name as the browser gave it
   */
  public Looked look(Path file, String name) {
    if (FileFormat.named(name).filter(format -> format == FileFormat.PDF).isEmpty()) {
      return new Looked.Unfit(DocumentSet.Unfit.NOT_PDF);
    }
    // What is only referred to is never written anew, so that nothing goes beside it.
    return switch (intake.look(new FileIntake.Given(file, name), Attachment.Role.REFERENCE, file)) {
      case FileIntake.Result.Fit fit -> new Looked.Fit(fit.pages());
      case FileIntake.Result.Unfit(var reason) -> new Looked.Unfit(reason);
      case FileIntake.Result.Rejected(var reasons) -> new Looked.Rejected(reasons);
    };
  }
}
