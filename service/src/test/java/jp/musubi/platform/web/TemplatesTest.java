package jp.musubi.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules of the templates that no compiler checks. */
@DisplayName("画面のひな形")
class TemplatesTest {
  private static final Path RESOURCES = Path.of("src", "main", "resources");
  private static final Pattern KEY = Pattern.compile("#\\{([a-z][\\w.-]*)[}(]");
  private static final Pattern COMMENT = Pattern.compile("<!--/\\*.*?\\*/-->", Pattern.DOTALL);
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "th:utext|\\$\\{[^}]*@\\w|__\\$\\{|\\sstyle=|\\son[a-z]+=|<style|T\\(|<script(?![^>]*src=)");

  @Test
  @DisplayName("危ない書き方をしない")
  void useNothingThatRunsWhatPeopleTyped() {
    for (var template : files("templates", ".html")) {
      assertThat(FORBIDDEN.matcher(read(template)).results().map(match -> match.group()))
          .as(template.toString())
          .isEmpty();
    }
  }

  @Test
  @DisplayName("使う言葉は、すべて言葉の本にある")
  void useOnlyWordsThatExist() {
    var words = words();
    for (var template : files("templates", ".html")) {
      assertThat(KEY.matcher(read(template)).results().map(match -> match.group(1)))
          .as(template.toString())
          .isSubsetOf(words.keySet());
    }
  }

  @Test
  @DisplayName("同じ名前の言葉を二度決めない")
  void haveEachWordOnce() {
    assertThat(words().entrySet().stream().filter(word -> word.getValue() > 1)).isEmpty();
  }

  private static Map<String, Integer> words() {
    var count = new HashMap<String, Integer>();
    for (var file : files("messages", ".properties")) {
      if (file.toString().endsWith("_en.properties")) {
        // Beside the Japanese: EnglishBundlesTest compares the two.
        continue;
      }
      var bundle = new Properties();
      try (var reader = Files.newBufferedReader(file)) {
        bundle.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      bundle.stringPropertyNames().forEach(key -> count.merge(key, 1, Integer::sum));
    }
    return count;
  }

  private static List<Path> files(String folder, String ending) {
    try (var walk = Files.walk(RESOURCES.resolve(folder))) {
      var files = walk.filter(file -> file.toString().endsWith(ending)).toList();
      assertThat(files).isNotEmpty();
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return COMMENT.matcher(Files.readString(file)).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
