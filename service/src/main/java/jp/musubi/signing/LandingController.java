package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The page a mailed link opens. Mail scanners open it too, so looking at it changes nothing (WEB-M
 * 1); the button lets a person in.
 */
@Controller
@RequestMapping("/s/{body}/{link}")
class LandingController {
  private final Doorkeeper doorkeeper;
  private final Ceremony ceremony;
  private final LinkDesk desk;
  private final Pages pages;
  private final Clock clock;

  LandingController(
      Doorkeeper doorkeeper, Ceremony ceremony, LinkDesk desk, Pages pages, Clock clock) {
    this.doorkeeper = doorkeeper;
    this.ceremony = ceremony;
    this.desk = desk;
    this.pages = pages;
    this.clock = clock;
  }

  @GetMapping("/{secret}")
  String landing(
      @PathVariable String body,
      @PathVariable String link,
      @PathVariable String secret,
      Model model,
      HttpServletResponse response) {
    return switch (doorkeeper.judge(link, secret)) {
      case Admission.Shut shut -> pages.shut(shut, body, link, model, response);
      case Admission.Admitted(var visit, _) -> landing(visit, secret, model);
      case Admission.CodeWanted(var visit, _) -> landing(visit, secret, model);
    };
  }

  /** 「文書を確認する」. */
  @PostMapping("/{secret}")
  String enter(
      @PathVariable String body,
      @PathVariable String link,
      @PathVariable String secret,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return switch (doorkeeper.judge(link, secret)) {
      case Admission.Shut shut -> pages.shut(shut, body, link, model, response);
      case Admission.Admitted(var visit, var grant) -> enter(visit, grant, body, request);
      case Admission.CodeWanted(var visit, var grant) -> enter(visit, grant, body, request);
    };
  }

  /** 「新しいリンクを登録済みのアドレスに送る」. Answers the same whatever there is. */
  @PostMapping("/fresh")
  String fresh(@PathVariable String link, Model model) {
    Doorkeeper.idOf(link).ifPresent(desk::refresh);
    return pages.notice(model, "info", "signing.fresh", null, null);
  }

  /** The page; {@code secret} ends the address that its button posts to. */
  String landing(Visit visit, String secret, Model model) {
    if (visit.standing().isEnded()) {
      return pages.ended(visit, model);
    }
    pages.frame(model, visit);
    model.addAttribute("action", model.getAttribute("path") + "/" + secret);
    model.addAttribute("facts", pages.letterhead(visit));
    model.addAttribute("way", Pages.way(0));
    model.addAttribute("standing", visit.standing().key());
    return "signing/landing";
  }

  private String enter(Visit visit, Grant grant, String body, HttpServletRequest request) {
    var id = visit.link().id();
    // A code given within the last half hour need not be given again.
    var before = Grants.of(request, id);
    var now = clock.instant();
    var next =
        before.isPresent() && before.get().isFresh(visit.needsCode(), now)
            ? before.get().enteredAgain(now)
            : grant;
    Grants.put(request, id, next);
    ceremony.enter(visit, Visitor.of(request));
    var path = visit.path(body);
    return "redirect:" + path + (visit.isOpenTo(next) ? after(visit) : "/code");
  }

  /** Where somebody who is in goes first. */
  static String after(Visit visit) {
    return visit.standing() == Standing.TO_DECIDE ? "/read" : "/done";
  }
}
