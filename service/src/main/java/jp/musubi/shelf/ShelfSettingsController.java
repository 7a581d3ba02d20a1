package jp.musubi.shelf;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 契約の控えへの掲載の設定. */
@Controller
@RequestMapping("/settings/past")
@Needs(Act.CHANGE_SETTINGS)
class ShelfSettingsController {
  private static final String PATH = "/settings/past";

  private final Listing listing;
  private final Book book;

  ShelfSettingsController(Listing listing, Book book) {
    this.listing = listing;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask() {
    return new ModelAndView(
        "web/form",
        "page",
        Form.of(
                book.of("past.settings.title"),
                List.of(
                    book.crumb("contract.crumb.home", "/"),
                    book.crumb("settings.title", "/settings"),
                    book.crumb("past.settings.title", PATH)),
                PATH,
                List.of(
                    Field.optional("shown", "past.settings.shown")
                        .hinted("past.settings.shown.hint")
                        .drawn(Form.TICK)
                        .with(String.valueOf(listing.isShown()))),
                "past.settings.submit",
                "/settings")
            .led(Text.of("past.settings.lead")));
  }

  @PostMapping
  ModelAndView change(
      @CurrentStaff StaffMember giver,
      @RequestParam(required = false) @Nullable String shown,
      HttpServletRequest request,
      RedirectAttributes flash) {
    listing.change("true".equals(shown), giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "past.settings.changed");
    return new ModelAndView("redirect:/settings");
  }
}
