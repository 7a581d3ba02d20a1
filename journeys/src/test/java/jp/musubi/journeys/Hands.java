package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.concurrent.atomic.AtomicLong;

/** What somebody does with a page, counted: presses, keys, pages met, bytes that came for it. */
final class Hands {
  private static final int MOST_TABS = 60;
  private static final String FOCUS =
      """
      () => {
        const at = document.activeElement;
        const style = getComputedStyle(at);
        return at !== document.body && style.outlineStyle !== 'none'
            && parseFloat(style.outlineWidth) >= 2;
      }
      """;

  private final Page page;
  private final AtomicLong bytes = new AtomicLong();
  private int presses;
  private int keys;
  private int pages;

  Hands(Page page) {
    this.page = page;
    CDPSession wire = page.context().newCDPSession(page);
    wire.send("Network.enable");
    wire.on(
        "Network.loadingFinished",
        done -> bytes.addAndGet((long) done.get("encodedDataLength").getAsDouble()));
  }

  Page page() {
    return page;
  }

  int presses() {
    return presses;
  }

  int keys() {
    return keys;
  }

  int pages() {
    return pages;
  }

  /** All that came over the wire so far, headers included. */
  long bytes() {
    return bytes.get();
  }

  /** A page that one has to deal with. */
  void met() {
    pages++;
  }

  /** Presses with finger or mouse. */
  void press(Locator what) {
    what.click();
    presses++;
    page.waitForLoadState();
  }

  void type(String words) {
    page.keyboard().type(words);
    keys += words.length();
  }

  /** Goes to something by Tab alone, and sees at each stop where it is. */
  void tabTo(String selector) {
    for (var i = 0; i < MOST_TABS; i++) {
      page.keyboard().press("Tab");
      keys++;
      assertThat((Boolean) page.evaluate(FOCUS))
          .as("where the focus is can be seen, on the way to %s on %s", selector, page.url())
          .isTrue();
      if (isAt(selector)) {
        return;
      }
    }
    throw new AssertionError("Tab does not lead to %s on %s".formatted(selector, page.url()));
  }

  private boolean isAt(String selector) {
    return (Boolean)
        page.evaluate("selector => document.activeElement.matches(selector)", selector);
  }

  /** Presses a key once. */
  void key(String name) {
    page.keyboard().press(name);
    keys++;
    page.waitForLoadState();
  }
}
