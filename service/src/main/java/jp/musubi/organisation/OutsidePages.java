package jp.musubi.organisation;

import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Book;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** What the pages for people without an account have in common. */
@Component
public class OutsidePages {
  private final Organisations organisations;
  private final Contacts contacts;
  private final Book book;

  OutsidePages(Organisations organisations, Contacts contacts, Book book) {
    this.organisations = organisations;
    this.contacts = contacts;
    this.book = book;
  }

  /** A page in the body's frame; in the service's own where an address names no body. */
  public ModelAndView frame(String view) {
    var name =
        Tenancy.current()
            .flatMap(organisations::body)
            .map(Body::name)
            .orElseGet(() -> book.shown("web.service"));
    return new ModelAndView(view).addObject("body", name);
  }

  /** A page that only explains, and names whom to ask, if there is somebody. */
  public ModelAndView notice(HttpStatus status, String words) {
    return notice(status, words, Tenancy.current().isEmpty() ? "" : contacts.ofBodyShown());
  }

  /** The same, with whom to ask in this matter; nobody where that is empty. */
  public ModelAndView notice(HttpStatus status, String words, String contact) {
    var page = frame("counterparty/notice").addObject("words", words).addObject("contact", contact);
    page.setStatus(status);
    return page;
  }
}
