package jp.musubi.folder;

import java.util.List;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Option;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Component;

/** The folders somebody may search in, as choices of a form. */
@Component
public class FolderChoices {
  private final Places places;
  private final Book book;

  FolderChoices(Places places, Book book) {
    this.places = places;
    this.book = book;
  }

  /** All they see; the first is any. */
  public List<Option> of(StaffMember who) {
    return places.ofContracts(who, book.of("register.search.any"), _ -> true);
  }
}
