package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What stands before every page behind a link: the door, then the code where one is asked for. */
@Component
class Entrance {
  private final Doorkeeper doorkeeper;
  private final Pages pages;

  Entrance(Doorkeeper doorkeeper, Pages pages) {
    this.doorkeeper = doorkeeper;
    this.pages = pages;
  }

  /** A page for somebody who may see it: the view, or null when the response is written already. */
  interface Page {
    @Nullable String show(Visit visit, Grant grant);
  }

  /** The page, or where somebody has to go first. */
  @Nullable String admit(
      String body,
      String link,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response,
      Page page) {
    return switch (doorkeeper.judge(link, request)) {
      case Admission.Shut shut -> pages.shut(shut, body, link, model, response);
      case Admission.CodeWanted(var visit, _) -> "redirect:" + visit.path(body) + "/code";
      case Admission.Admitted(var visit, var grant) -> page.show(visit, grant);
    };
  }
}
