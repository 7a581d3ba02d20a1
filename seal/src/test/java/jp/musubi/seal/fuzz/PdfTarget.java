package jp.musubi.seal.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.musubi.seal.inspection.InspectionLimits;
import jp.musubi.seal.inspection.Rebuild;
import jp.musubi.seal.pages.PageImages;

/** The entry for a coverage-guided fuzzer: any bytes, and no exception at all is permitted. */
public final class PdfTarget {
  private static final Path FOLDER = folder();

  private PdfTarget() {}

  /** Called by Jazzer with bytes of its own making. */
  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    var source = Files.write(FOLDER.resolve("in.pdf"), bytes);
    var oracle = new Oracle(FOLDER, PageImages::render);
    var outcome = Rebuild.rebuild(source, oracle.target(), InspectionLimits.standard());
    var wrong = oracle.judge(source, outcome);
    if (wrong.isPresent()) {
      throw new AssertionError(wrong.get());
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("musubi-fuzz");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
