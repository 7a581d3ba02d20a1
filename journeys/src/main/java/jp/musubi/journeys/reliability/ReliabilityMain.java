package jp.musubi.journeys.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./musubi reliability}: writes docs/reliability.md from the measurements beside it.
 *
 * <p>Exit 0 written, 1 a measurement is unreadable or there is none.
 */
public final class ReliabilityMain {
  private static final Path PAPER = Path.of("docs", "reliability.md");
  private static final Path MEASUREMENTS = Path.of("docs", "reliability");

  private ReliabilityMain() {}

  /** Writes it. */
  public static void main(String[] args) {
    try {
      var root = Path.of(System.getProperty("musubi.root", ""));
      Files.writeString(root.resolve(PAPER), paper(root));
    } catch (IOException | Measurement.Unreadable e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** What the paper has to say. */
  static String paper(Path root) throws IOException, Measurement.Unreadable {
    var measurements = new ArrayList<Measurement>();
    for (var file : files(root.resolve(MEASUREMENTS))) {
      try {
        var one = Measurement.parse(Files.readString(file));
        if (!file.getFileName().toString().equals(one.name() + ".json")) {
          throw new Measurement.Unreadable("is named " + one.name());
        }
        measurements.add(one);
      } catch (Measurement.Unreadable e) {
        throw new Measurement.Unreadable(file + ": " + e.getMessage());
      }
    }
    if (measurements.isEmpty()) {
      throw new Measurement.Unreadable("nothing was measured yet: " + root.resolve(MEASUREMENTS));
    }
    return ReliabilityReport.markdown(measurements);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
