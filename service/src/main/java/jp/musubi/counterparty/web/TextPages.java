package jp.musubi.counterparty.web;

import java.util.List;
import jp.musubi.organisation.Contacts;
import jp.musubi.organisation.OutsidePages;
import jp.musubi.seal.Sha256;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** Pages that show a text exactly as it is kept. */
@Component
class TextPages {
  private final OutsidePages pages;
  private final Contacts contacts;

  TextPages(OutsidePages pages, Contacts contacts) {
    this.pages = pages;
    this.contacts = contacts;
  }

  /**
   * A button of a page.
   *
   * @param label message key
   * @param step what its address has behind the page's own
   * @param look solid-fill or outline
   */
  record Button(String label, String step, String look) {}

  /** The text, its digest, and what can be done with it. */
  ModelAndView text(String words, String text, Sha256 digest, String path, List<Button> buttons) {
    return pages
        .frame("counterparty/text")
        .addObject("words", words)
        .addObject("text", text)
        .addObject(
            "translation",
            words.startsWith("consent.") ? "consent.text.body" : "application.statement")
        .addObject("sha256", digest.hex())
        .addObject("path", path)
        .addObject("buttons", buttons)
        .addObject("contact", contacts.ofBodyShown());
  }
}
