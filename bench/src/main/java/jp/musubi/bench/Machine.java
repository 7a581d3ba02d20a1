package jp.musubi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * 計測した機械 — What the numbers were measured on.
 *
 * @param pinned whether the engines had a core to themselves
 * @param quick whether it was a glance only
 */
record Machine(
    String processor, int cores, String java, boolean pinned, boolean quick, LocalDate day) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** This one, today. */
  static Machine here(boolean pinned, boolean quick, Clock clock) throws IOException {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.vendor") + " " + Runtime.version(),
        pinned,
        quick,
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  /** For the page. */
  String sentence() {
    return "Measured on %s%s: %s, %d cores, %s; engines %s."
        .formatted(
            day,
            quick ? " at a glance (--quick)" : "",
            processor,
            cores,
            java,
            pinned ? "pinned to one core" : "not pinned, as taskset is not there");
  }

  private static String processorName() throws IOException {
    if (!Files.exists(PROCESSORS)) {
      return System.getProperty("os.arch");
    }
    try (var lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst("^[^:]*: *", ""))
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
