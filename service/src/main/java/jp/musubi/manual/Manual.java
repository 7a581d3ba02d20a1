package jp.musubi.manual;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;

/**
 * The manual's words. What is written on a button stands there as {@code [[its key]]}, so that the
 * manual names each the way the page does, also after the page has changed.
 */
@Component
class Manual {
  private static final Pattern LABEL = Pattern.compile("\\[\\[([A-Za-z0-9._-]+)]]");

  private final Book book;

  Manual(Book book) {
    this.book = book;
  }

  /**
   * A part as it is read.
   *
   * @param id where a link leads on the page
   * @param steps what is done, in order
   * @param picture path of the picture; empty when there is none
   * @param alt what the picture shows
   */
  record Read(String id, String heading, List<String> steps, String picture, String alt) {}

  String title(Chapter chapter) {
    return words("manual." + chapter);
  }

  String lead(Chapter chapter) {
    return words("manual." + chapter + ".lead");
  }

  List<Read> parts(Chapter chapter) {
    return chapter.parts().stream().map(part -> read(chapter, part)).toList();
  }

  private Read read(Chapter chapter, Chapter.Part part) {
    var key = "manual." + chapter + "." + part.name();
    var heading = words(key);
    return new Read(
        chapter.slug() + "-" + part.name().toLowerCase(Locale.ROOT),
        heading,
        Arrays.stream(words(key + ".steps").split("\n", -1)).map(String::strip).toList(),
        part.picture().map(name -> "/assets/manual/" + name + ".png").orElse(""),
        book.of("manual.picture", heading));
  }

  private String words(String key) {
    return LABEL.matcher(book.of(key)).replaceAll(this::label);
  }

  private String label(MatchResult found) {
    return Matcher.quoteReplacement(book.of(found.group(1)));
  }
}
