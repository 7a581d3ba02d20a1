package jp.musubi.contract;

import java.nio.file.Path;
import java.util.List;
import jp.musubi.seal.inspection.Finding;
import org.springframework.stereotype.Component;

/**
 * 受け取ったままのファイル. Looks at files that are kept byte for byte: scanned, opened in a process of its
 * own, stored as they came; refused are what no scanner lets through, what cannot be opened, and
 * what runs scripts.
 */
@Component
public class ReceivedFiles {
  private final FileIntake intake;

  ReceivedFiles(FileIntake intake) {
    this.intake = intake;
  }

  /** What is to be said of a file. */
  public sealed interface Looked {
    /**
     * It may be kept as it is.
     *
     * @param pages of a PDF; 0 of anything else
     */
    record Fit(int pages, String mediaType) implements Looked {}

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
    return lookFor(file, name, Attachment.Role.REFERENCE);
  }

  /**
   * Looks at a file that may become a part of a contract: whether it would be taken as that. What
   * is to be signed is written anew for the trial; what is kept meanwhile is the file as it came.
   *
   * @param name as the browser gave it
   */
  public Looked lookFor(Path file, String name, Attachment.Role role) {
    try (var anew = new Scratch()) {
      return switch (intake.look(new FileIntake.Given(file, name), role, anew.file())) {
        case FileIntake.Result.Fit fit -> {
          var format = FileFormat.named(name).orElseThrow();
          yield new Looked.Fit(format == FileFormat.PDF ? fit.pages() : 0, format.mediaType());
        }
        case FileIntake.Result.Unfit(var reason) -> new Looked.Unfit(reason);
        case FileIntake.Result.Rejected(var reasons) -> new Looked.Rejected(reasons);
      };
    }
  }
}
