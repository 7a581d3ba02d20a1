package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * 手間の表. What the counterparty's path costs, as measured, as JSON and as the table of
 * docs/performance/counterparty-path.md.
 *
 * @param pages met between the mail and the agreement
 * @param presses with finger or mouse, after the link in the mail
 * @param keys typed: the access code
 * @param before bytes over the wire before the document's page
 * @param all bytes over the wire up to the receipt, the document's page images included
 */
record PathPaper(int pages, int presses, int keys, long before, long all) {
  private static final Path PAPER = Path.of("docs", "performance", "counterparty-path.md");
  private static final Pattern MEASURED =
      Pattern.compile("(?s)<!-- measured -->\n.*?<!-- /measured -->");

  /**
   * Writes what was measured beside the build, and insists that the paper says the same of pages,
   * presses and keys. With {@code -Dmusubi.papers.write=true} the paper is written anew first.
   */
  void check(Path target) throws IOException {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("pages", pages);
    figures.put("presses", presses);
    figures.put("keys", keys);
    figures.put("bytesBeforeTheDocument", before);
    figures.put("bytes", all);
    var json = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
    Files.writeString(target.resolve("counterparty-path.json"), json.writeValueAsString(figures));

    var paper = Project.root().resolve(PAPER);
    if (Boolean.getBoolean("musubi.papers.write")) {
      var words = Files.readString(paper);
      Files.writeString(
          paper,
          MEASURED
              .matcher(words)
              .replaceFirst("<!-- measured -->\n" + table() + "<!-- /measured -->"));
      Files.writeString(
          paper.resolveSibling("counterparty-path.json"), json.writeValueAsString(figures) + "\n");
    }
    assertThat(Files.readString(paper)).contains(counted());
  }

  private String table() {
    return counted()
        + "| bytes before the document's page | %,d |\n".formatted(before)
        + "| bytes up to the receipt, page images of two pages included | %,d |\n".formatted(all);
  }

  private String counted() {
    return """
    | | Musubi |
    | --- | --- |
    | pages met, from the link to the receipt | %d |
    | presses after the link | %d |
    | keys typed (an access code of eight digits, and Enter) | %d |
    """
        .formatted(pages, presses, keys);
  }
}
