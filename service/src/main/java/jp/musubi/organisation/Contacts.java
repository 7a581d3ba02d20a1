package jp.musubi.organisation;

import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;

/**
 * 問い合わせ先. Whom people without an account may ask, in words: name and telephone number, where there
 * is one.
 */
@Component
public class Contacts {
  private final Organisations organisations;
  private final Book book;

  Contacts(Organisations organisations, Book book) {
    this.organisations = organisations;
    this.book = book;
  }

  /** The current body, for a letter. */
  public String ofBody() {
    return ofBody(book::of);
  }

  /** The current body, in the language of a page. */
  public String ofBodyShown() {
    return ofBody(book::shown);
  }

  /** A section of the current body, for a letter; the body's number where it has none. */
  public String of(UUID section) {
    return of(section, book::of);
  }

  /** The same, in the language of a page. */
  public String shown(UUID section) {
    return of(section, book::shown);
  }

  /** Where words come from. */
  private interface Words {
    String of(String key, Object... values);
  }

  private String ofBody(Words words) {
    var body = organisations.current();
    return told(body.name(), Optional.ofNullable(body.phone()), words);
  }

  private String of(UUID section, Words words) {
    var body = organisations.current();
    var found = organisations.section(section);
    return told(
        body.name() + found.map(each -> " " + each.name()).orElse(""),
        found.map(Section::phone).or(() -> Optional.ofNullable(body.phone())),
        words);
  }

  private static String told(String name, Optional<String> phone, Words words) {
    return phone
        .map(number -> words.of("signing.contact.phone", name, number))
        .orElseGet(() -> words.of("signing.contact.no-phone", name));
  }
}
