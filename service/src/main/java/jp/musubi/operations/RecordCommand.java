package jp.musubi.operations;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import jp.musubi.evidence.RecordFile;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./musubi audit --record FILE}: an exported record, checked by itself. */
public final class RecordCommand {
  private static final ResourceBundle WORDS =
      ResourceBundle.getBundle("messages.operations", Locale.ROOT);

  private RecordCommand() {}

  /**
   * Checks and prints.
   *
   * @param anchors a folder of anchors to hold the record against
   * @return the exit code: 0 sound, 1 not, 2 a file cannot be read
   */
  public static int run(
      Path file, Optional<Path> anchors, boolean json, PrintStream out, PrintStream err) {
    try {
      var report = RecordFile.check(file, anchors.isPresent() ? in(anchors.get()) : List.of());
      out.println(
          json ? JsonMapper.builder().build().writeValueAsString(report) : sentence(report));
      return report.broken().isEmpty() ? 0 : 1;
    } catch (IOException unreadable) {
      err.println(word("record.unreadable", String.valueOf(unreadable.getMessage())));
      return 2;
    }
  }

  private static List<Path> in(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  private static String sentence(RecordFile.Report report) {
    return report
        .broken()
        .map(broken ->
            word("record.broken", broken.line(), word("record.reason." + broken.reason())))
        .orElseGet(() ->
            word(
                report.gaps() == 0 ? "record.whole" : "record.parts",
                report.lines(),
                report.first(),
                report.last(),
                report.gaps(),
                report.anchored()));
  }

  private static String word(String key, Object... values) {
    return new MessageFormat(WORDS.getString("operations." + key), Locale.JAPAN).format(values);
  }
}
