package jp.musubi.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Public sample PDFs, which stand beside the project where someone has put them. */
public final class Corpus {
  private Corpus() {}

  /** The folder, or the test is skipped with a word. */
  public static Path folder(String name) {
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      var folder = at.resolve("shared/corpus").resolve(name);
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    Assumptions.abort("no shared/corpus/" + name + " beside the project: skipped");
    throw new IllegalStateException("unreachable");
  }

  /** Every n-th PDF by name. */
  public static List<Path> slice(String name, int every) throws IOException {
    try (var files = Files.list(folder(name))) {
      var sorted = files.filter(f -> f.toString().endsWith(".pdf")).sorted().toList();
      return sorted.stream().filter(f -> sorted.indexOf(f) % every == 0).toList();
    }
  }
}
