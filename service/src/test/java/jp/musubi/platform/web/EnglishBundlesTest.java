package jp.musubi.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The English beside the Japanese: as many words, with the same gaps. */
@DisplayName("英語の言葉の本")
class EnglishBundlesTest {
  private static final Path MESSAGES = Path.of("src", "main", "resources", "messages");
  private static final Pattern GAP = Pattern.compile("\\{(\\d+)");
  private static final Pattern KANA = Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}]");

  /** Which words people without an account read; all of a file where nothing else is said. */
  private static final Map<String, Predicate<String>> READ_OUTSIDE =
      Map.of(
          "signing",
          key -> !key.startsWith("signing.mail.") && !key.startsWith("signing.sample."),
          "counterparty",
          Pattern.compile(
                  "application\\.(?!mail\\.(?:proof|accepted|rejected)|text\\.)"
                      + "(?:heading|lead|section|organisation|name|title|mail|authority|authorityText|clerkName"
                      + "|clerkMail|scope|contractTitle|validUntil|wantsConsent|agreed|submit|wrong"
                      + "|statement|binding|translation|sha256|received|tooMany|closed|unknown"
                      + "|expired|answered|landing)(?:\\..*)?"
                      + "|consent\\.(?:asked|live|withdrawn|lapsed)\\.(?:heading|text)"
                      + "|consent\\.(?:give|withdraw)|consent\\.text\\.body"
                      + "|(?:input|submission)\\.(?:outside|wrong)\\..*"
                      + "|supplier\\.(?:name\\.hint|number|number\\.hint|wrong\\.number|address"
                      + "|phone|title\\.hint)")
              .asMatchPredicate(),
          "past",
          Pattern.compile("past\\.(?!settings\\.|mail\\.(?:link|registered|forgotten)\\.).*")
              .asMatchPredicate(),
          "people",
          "people.wrong.choose"::equals,
          "verification",
          key -> key.startsWith("verify."));

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "web",
        "problem",
        "signing",
        "receipt",
        "past",
        "practice",
        "counterparty",
        "people",
        "verification"
      })
  @DisplayName("相手方が読む言葉は、すべて英語でもあり、差し込みの数も同じ")
  void haveEveryWordAndItsGaps(String name) throws IOException {
    var japanese = read(name);
    var english = read(name + "_en");
    var wanted = new TreeSet<>(japanese.keySet());
    wanted.removeIf(key -> !READ_OUTSIDE.getOrDefault(name, _ -> true).test(key));

    assertThat(wanted).isNotEmpty();
    assertThat(english.keySet()).isEqualTo(wanted);
    english.forEach((key, words) ->
        assertThat(gaps(words)).as(key).isEqualTo(gaps(japanese.getOrDefault(key, ""))));
  }

  @Test
  @DisplayName("英語の本はこのほかになく、かなも一重引用符もない")
  void areTheseAndHoldNoKana() throws IOException {
    try (var files = Files.list(MESSAGES)) {
      var english =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith("_en.properties"))
              .map(file -> file.replace("_en.properties", ""))
              .toList();
      assertThat(english)
          .containsExactlyInAnyOrder(
              "web",
              "problem",
              "signing",
              "receipt",
              "past",
              "practice",
              "counterparty",
              "people",
              "verification");
      for (var name : english) {
        // A single quote would take the gaps of a pattern away.
        read(name + "_en")
            .forEach((key, words) ->
                assertThat(words).as(key).doesNotContainPattern(KANA).doesNotContain("'"));
      }
    }
  }

  private static Map<String, String> read(String name) throws IOException {
    var bundle = new Properties();
    try (var reader = Files.newBufferedReader(MESSAGES.resolve(name + ".properties"))) {
      bundle.load(reader);
    }
    var words = new TreeMap<String, String>();
    bundle.stringPropertyNames().forEach(key -> words.put(key, bundle.getProperty(key)));
    return words;
  }

  private static Set<String> gaps(String words) {
    var gaps = new TreeSet<String>();
    GAP.matcher(words).results().forEach(match -> gaps.add(match.group(1)));
    return gaps;
  }
}
