package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 使用中の端末: one's own sessions, their end, and going on before the end. */
@Controller
@RequestMapping("/account/sessions")
@Needs(Act.BE_SIGNED_IN)
class SessionsController {
  private final StaffSessions sessions;
  private final Clock clock;
  private final Book book;

  SessionsController(StaffSessions sessions, Clock clock, Book book) {
    this.sessions = sessions;
    this.clock = clock;
    this.book = book;
  }

  @GetMapping
  ModelAndView list(@AuthenticationPrincipal SignedInStaff person) {
    var open = sessions.of(person.id());
    var actions = new ArrayList<Sheet.Action>();
    if (open.size() > 1) {
      actions.add(
          Sheet.Action.press("staff.sessions.endOthers", "/account/sessions/others/end", Map.of()));
    }
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(
                book.of("staff.sessions"),
                List.of(
                    book.crumb("people.crumb.home", "/"),
                    book.crumb("staff.account.title", "/account"),
                    book.crumb("staff.sessions", "/account/sessions")))
            .led(Text.of("staff.sessions.lead"))
            .doing(actions)
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("staff.sessions"),
                        List.of(
                            "staff.sessions.device",
                            "staff.sessions.ip",
                            "staff.sessions.since",
                            "staff.sessions.used",
                            "people.action"),
                        open.stream().map(each -> row(each, person)).toList(),
                        "staff.sessions.none"))));
  }

  /** 「サインアウトさせる」. */
  @PostMapping("/{session}/end")
  String end(
      @AuthenticationPrincipal SignedInStaff person,
      @PathVariable UUID session,
      HttpServletRequest request,
      RedirectAttributes flash) {
    sessions.end(person.member(), person.id(), session, request.getRemoteAddr());
    flash.addFlashAttribute("done", "staff.sessions.ended");
    return "redirect:/account/sessions";
  }

  /** 「ほかの端末をすべてサインアウトさせる」. */
  @PostMapping("/others/end")
  String endOthers(
      @AuthenticationPrincipal SignedInStaff person,
      HttpServletRequest request,
      RedirectAttributes flash) {
    sessions.endOthers(person, request.getSession().getId(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "staff.sessions.othersEnded");
    return "redirect:/account/sessions";
  }

  /** 「続けて使う」 without script, in a page of its own: what is half written stays where it is. */
  @PostMapping("/extension")
  String extend(RedirectAttributes flash) {
    flash.addFlashAttribute("done", "staff.sessions.extended");
    return "redirect:/account/sessions";
  }

  /**
   * The same for the page's script: how many seconds are left now. The request itself was the use.
   */
  @PostMapping(path = "/extension", produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseBody
  Map<String, Long> extendQuietly(@AuthenticationPrincipal SignedInStaff person) {
    var end = Objects.requireNonNull(person.end());
    return Map.of("seconds", Duration.between(clock.instant(), end.at()).toSeconds());
  }

  private List<Sheet.Cell> row(StaffSessions.Open open, SignedInStaff person) {
    return List.of(
        Sheet.Cell.of(open.device()),
        Sheet.Cell.of(open.ip()),
        Sheet.Cell.of(JapaneseDates.time(open.since())),
        Sheet.Cell.of(JapaneseDates.time(open.used())),
        open.id().equals(person.session())
            ? Sheet.Cell.of(book.of("staff.sessions.this"))
            : Sheet.Cell.of(
                Sheet.Action.press(
                    "staff.sessions.end", "/account/sessions/" + open.id() + "/end", Map.of())));
  }
}
