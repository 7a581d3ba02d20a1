package jp.musubi.signing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jp.musubi.seal.Sha256;
import org.springframework.context.MessageSource;

/**
 * 同意の文言. What somebody says by pressing the button, as the page showed it. The Japanese words bind;
 * on the English page they stand beside their translation, and both are kept (ADR 0036).
 *
 * @param binding the Japanese words, line by line
 * @param translation what stood beside them; empty on the Japanese page
 */
record Declaration(List<String> binding, List<String> translation) {

  /** A line: a key of the message bundles and what stands in its gaps. */
  record Line(String key, List<String> values) {
    static Line of(String key, String... values) {
      return new Line(key, List.of(values));
    }

    private String in(Locale locale, MessageSource messages) {
      return messages.getMessage(key, values.toArray(), locale);
    }
  }

  Declaration {
    binding = List.copyOf(binding);
    translation = List.copyOf(translation);
  }

  /** As a page in this language shows it. */
  static Declaration of(MessageSource messages, Locale locale, Line... lines) {
    var english = locale.getLanguage().equals(Locale.ENGLISH.getLanguage());
    return new Declaration(
        Stream.of(lines).map(line -> line.in(Locale.JAPAN, messages)).toList(),
        english ? Stream.of(lines).map(line -> line.in(locale, messages)).toList() : List.of());
  }

  /** All of it, as it is kept. */
  String text() {
    var words = String.join("\n", binding);
    return translation.isEmpty() ? words : words + "\n\n" + String.join("\n", translation);
  }

  /** In which language the page was: ja or en. */
  String language() {
    return translation.isEmpty() ? "ja" : "en";
  }

  /** Of exactly the text that was shown, in UTF-8. */
  Sha256 digest() {
    return Sha256.of(text().getBytes(StandardCharsets.UTF_8));
  }
}
