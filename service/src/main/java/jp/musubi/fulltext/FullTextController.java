package jp.musubi.fulltext;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 本文の検索の設定: whether the body wants it, what that means, and how far the reading is. */
@Controller
@RequestMapping("/settings/fulltext")
@Needs(Act.CHANGE_SETTINGS)
class FullTextController {
  private static final String PATH = "/settings/fulltext";

  private final FullText fullText;
  private final Book book;

  FullTextController(FullText fullText, Book book) {
    this.fullText = fullText;
    this.book = book;
  }

  @GetMapping
  ModelAndView show(@CurrentStaff StaffMember reader) {
    var enabled = fullText.enabled();
    var progress = fullText.progress(Authorisation.reach(reader, Act.SEE_CONTRACT));
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(
                book.of("fulltext.title"),
                List.of(
                    book.crumb("contract.crumb.home", "/"),
                    book.crumb("settings.title", "/settings"),
                    book.crumb("fulltext.title", PATH)))
            .led(Text.of("fulltext.lead"))
            .with(
                List.of(
                    new Fact(
                        "fulltext.now",
                        book.of(enabled ? "fulltext.on" : "fulltext.off"),
                        book.of(enabled ? "fulltext.on.note" : "fulltext.off.note")),
                    new Fact(
                        "fulltext.read",
                        book.of("fulltext.of", progress.contracts(), progress.read()),
                        book.of("fulltext.of.note")),
                    new Fact(
                        "fulltext.part",
                        book.of("fulltext.count", progress.part()),
                        book.of("fulltext.part.note")),
                    new Fact(
                        "fulltext.none",
                        book.of("fulltext.count", progress.none()),
                        book.of("fulltext.none.note")),
                    Fact.of(
                        "fulltext.unreadable", book.of("fulltext.count", progress.unreadable()))))
            .doing(
                List.of(
                    Sheet.Action.press(
                        enabled ? "fulltext.stop" : "fulltext.start",
                        PATH,
                        Map.of("enabled", String.valueOf(!enabled))))));
  }

  @PostMapping
  String change(
      @CurrentStaff StaffMember giver,
      @RequestParam boolean enabled,
      HttpServletRequest request,
      RedirectAttributes flash) {
    fullText.change(enabled, giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", enabled ? "fulltext.started" : "fulltext.stopped");
    return "redirect:" + PATH;
  }
}
