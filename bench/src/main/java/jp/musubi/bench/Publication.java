package jp.musubi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * 計測の公表 — Writes rows, picture and figures of each benchmark into a directory, and the figures
 * between their markers in its {@code README.md}; what stands outside of markers is people's.
 */
final class Publication {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path directory;

  Publication(Path directory) {
    this.directory = directory;
  }

  /** Rows as they stand in a file. */
  static String json(List<? extends Row> rows) {
    return JSON.writeValueAsString(rows) + "\n";
  }

  /** Writes {@code NAME.json}, {@code NAME.svg} and the benchmark's part of the page. */
  void publish(Benchmark benchmark, List<? extends Row> rows, Machine machine) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(benchmark.word() + ".json"), json(rows));
    var part = new StringBuilder();
    var picture = Pictures.of(rows);
    if (picture.isPresent()) {
      Files.writeString(directory.resolve(benchmark.word() + ".svg"), picture.get().svg());
      part.append("![%s](%s.svg)\n\n".formatted(picture.get().description(), benchmark.word()));
    }
    part.append(
        "<details><summary>All %d rows</summary>\n\n%s\n\n</details>\n\n%s\n"
            .formatted(rows.size(), table(benchmark.headings(), rows), machine.sentence()));
    var page = directory.resolve("README.md");
    Files.writeString(page, inserted(Files.readString(page), benchmark.word(), part.toString()));
  }

  /**
   * A page with the text between a benchmark's markers replaced.
   *
   * @throws IllegalArgumentException when the page has no such markers
   */
  static String inserted(String page, String word, String part) {
    var marked =
        Pattern.compile(
            "(<!-- bench:%s -->\n).*(<!-- /bench:%s -->)".formatted(word, word), Pattern.DOTALL);
    var matcher = marked.matcher(page);
    if (!matcher.find()) {
      throw new IllegalArgumentException("the page has no markers for " + word);
    }
    return matcher.replaceFirst(
        matcher.group(1) + Matcher.quoteReplacement(part) + matcher.group(2));
  }

  private static String table(List<String> headings, List<? extends Row> rows) {
    return "| %s |\n|%s\n%s"
        .formatted(
            String.join(" | ", headings),
            " --- |".repeat(headings.size()),
            rows.stream()
                .map(row -> "| " + String.join(" | ", row.cells()) + " |")
                .collect(Collectors.joining("\n")));
  }
}
