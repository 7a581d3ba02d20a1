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

  /** A page for somebody who has shown the link, and not yet what is asked for beside it. */
  interface Door {
    String show(Visit visit, Grant grant);
  }

  /** The page of the door, for who has to pass it; others go on, or stay out. */
  String identify(
      String body,
      String link,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response,
      Door door) {
    return switch (doorkeeper.judge(link, request)) {
      case Admission.Shut shut -> pages.shut(shut, body, link, model, response);
      case Admission.Admitted(var visit, _) -> onward(visit, body);
      case Admission.CodeWanted(var visit, var grant) -> door.show(visit, grant);
    };
  }

  /** Where somebody goes who has shown all that is asked for. */
  static String onward(Visit visit, String body) {
    return "redirect:" + visit.path(body) + LandingController.after(visit);
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
