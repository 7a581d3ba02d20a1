package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/**
 * Judges the files that are named and prints one line for each: name, verdict, first reason, its
 * detail, milliseconds. A process of its own, so that it can be given little memory.
 */
public final class CorpusVerdicts {
  /** Whoever signed the samples is trusted by nobody here; what counts is what else is said. */
  private static final Instant AT = Instant.parse("2026-11-23T00:00:00Z");

  private CorpusVerdicts() {}

  public static void main(String[] files) {
    var out = new PrintStream(System.out, true, UTF_8);
    for (var each : files) {
      var file = Path.of(each);
      var start = System.nanoTime();
      var said = judge(file);
      out.printf("%s\t%s\t%d%n", file.getFileName(), said, (System.nanoTime() - start) / 1_000_000);
    }
  }

  private static String judge(Path file) {
    try {
      var report = Validator.validate(file, new ValidationPolicy(Set.of(), AT));
      var reason =
          report.reasons().isEmpty() ? new Reason("", "", "") : report.reasons().getFirst();
      return "%s\t%s\t%s"
          .formatted(report.verdict().code(), reason.what(), oneLine(reason.detail()));
    } catch (IOException unreadable) {
      return "unreadable\t\t" + oneLine(String.valueOf(unreadable.getMessage()));
    }
  }

  private static String oneLine(String text) {
    var line = text.replaceAll("\\s+", " ");
    return line.length() > 120 ? line.substring(0, 120) : line;
  }
}
