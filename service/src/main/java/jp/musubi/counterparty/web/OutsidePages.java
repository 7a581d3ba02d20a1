package jp.musubi.counterparty.web;

import java.util.List;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Book;
import jp.musubi.seal.Sha256;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** What the pages for people without an account have in common. */
@Component
class OutsidePages {
  private final Organisations organisations;
  private final Book book;

  OutsidePages(Organisations organisations, Book book) {
    this.organisations = organisations;
    this.book = book;
  }

  /**
   * A button of a page.
   *
   * @param label message key
   * @param step what its address has behind the page's own
   * @param look solid-fill or outline
   */
  record Button(String label, String step, String look) {}

  /** A page in the body's frame. */
  ModelAndView frame(String view) {
    var name =
        Tenancy.current()
            .flatMap(organisations::body)
            .map(Body::name)
            .orElseGet(() -> book.shown("web.service"));
    return new ModelAndView(view).addObject("body", name);
  }

  /** A page that only explains. */
  ModelAndView notice(HttpStatus status, String words, String contact) {
    var page = frame("counterparty/notice").addObject("words", words).addObject("contact", contact);
    page.setStatus(status);
    return page;
  }

  /** A text exactly as it is kept, its digest, and what can be done with it. */
  ModelAndView text(
      String words, String text, Sha256 digest, String path, List<Button> buttons, String contact) {
    return frame("counterparty/text")
        .addObject("words", words)
        .addObject("text", text)
        .addObject(
            "translation",
            words.startsWith("consent.") ? "consent.text.body" : "application.statement")
        .addObject("sha256", digest.hex())
        .addObject("path", path)
        .addObject("buttons", buttons)
        .addObject("contact", contact);
  }
}
