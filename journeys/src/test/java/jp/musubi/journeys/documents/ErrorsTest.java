package jp.musubi.journeys.documents;

import static jp.musubi.journeys.documents.Papers.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("断りと誤りの一覧")
class ErrorsTest {
  private static final Path PAPER = ROOT.resolve("docs/errors.md");
  private static final Path FEATURES = ROOT.resolve("service/src/main/java/jp/musubi");

  @Test
  @DisplayName("すべての断りが一度ずつ書かれている")
  void listEveryRefusalOnce() {
    var told = found("\"(refusal\\.\\w+)\"", FEATURES.resolve("contract/RefusalMessages.java"));

    assertThat(told).isNotEmpty();
    assertThat(found("^\\| `(refusal\\.\\w+)` \\|", PAPER)).containsExactlyElementsOf(told);
  }

  @Test
  @DisplayName("すべての種類の問題が一度ずつ書かれている")
  void listEveryKindOfProblemOnce() {
    var kinds =
        found("^  ([A-Z_]+)\\(HttpStatus", FEATURES.resolve("platform/web/ProblemKind.java"))
            .stream()
            .map(kind -> kind.toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList();

    assertThat(kinds).isNotEmpty();
    assertThat(found("^\\| \\d{3} \\| `([\\w-]+)` \\|", PAPER))
        .containsExactlyInAnyOrderElementsOf(kinds);
  }

  private static List<String> found(String pattern, Path file) {
    return Papers.all(Pattern.compile(pattern, Pattern.MULTILINE), file)
        .map(found -> found.group(1))
        .toList();
  }
}
