package jp.musubi.journeys.documents;

import static jp.musubi.journeys.documents.Papers.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("設定の一覧")
class SettingsTest {
  private static final Path PAPER = ROOT.resolve("docs/operations/configuration.md");
  private static final Path SOURCES = ROOT.resolve("service/src/main");

  private static final Pattern DOCUMENTED =
      Pattern.compile("^\\| `(musubi\\.[a-z0-9.-]+)` \\|", Pattern.MULTILINE);
  private static final Pattern USED = Pattern.compile("[\"{](musubi\\.[a-z0-9.-]*[a-z0-9])");

  /** A record of settings: its prefix, and its components up to the closing parenthesis. */
  private static final Pattern BOUND =
      Pattern.compile(
          "@ConfigurationProperties\\(\"(musubi[a-z0-9.-]*)\"\\)\\s+(?:public )?record \\w+\\(([^{]*)\\)\\s*\\{");

  private static final Pattern COMPONENT = Pattern.compile("(\\w+)\\s*(?:,|$)");

  @Test
  @DisplayName("コードが読むすべての設定が書かれている")
  void nameEverySettingThatTheServiceReads() {
    assertThat(documented()).isNotEmpty().containsAll(read());
  }

  @Test
  @DisplayName("書かれているすべての設定をコードが読む")
  void nameNoSettingThatNobodyReads() {
    assertThat(read()).isNotEmpty().containsAll(documented());
  }

  private static Set<String> documented() {
    return Papers.all(DOCUMENTED, PAPER)
        .map(row -> row.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> read() {
    var settings =
        sources()
            .flatMap(file -> Papers.all(USED, file))
            .map(use -> use.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    settings.removeAll(
        sources()
            .flatMap(file -> Papers.all(BOUND, file))
            .map(bound -> bound.group(1))
            .collect(Collectors.toSet()));
    sources()
        .flatMap(file -> Papers.all(BOUND, file))
        .forEach(bound ->
            COMPONENT
                .matcher(bound.group(2).replaceAll("\"[^\"]*\"|<[^>]*>", "").strip())
                .results()
                .forEach(
                    component -> settings.add(bound.group(1) + "." + kebab(component.group(1)))));
    return settings;
  }

  private static Stream<Path> sources() {
    return Papers.filesBelow(SOURCES)
        .filter(file -> file.toString().endsWith(".java") || file.toString().endsWith(".yaml"));
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
