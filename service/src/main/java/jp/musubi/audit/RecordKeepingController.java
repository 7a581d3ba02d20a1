package jp.musubi.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 監査記録の保存期間: what the body promises of its record. */
@Controller
@RequestMapping("/settings/record-keeping")
@Needs(Act.CHANGE_SETTINGS)
class RecordKeepingController {
  private static final String PATH = "/settings/record-keeping";

  private final KeepingRules rules;
  private final Book book;

  RecordKeepingController(KeepingRules rules, Book book) {
    this.rules = rules;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask() {
    var keeping = rules.current();
    return form(String.valueOf(keeping.years()), keeping, Map.of(), HttpStatus.OK);
  }

  @PostMapping
  ModelAndView change(
      @CurrentStaff StaffMember giver,
      @RequestParam(required = false) @Nullable String years,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var keeping = rules.current();
    var chosen = reader.number("years", years, keeping.least(), Keeping.MOST);
    if (reader.wrong().isEmpty() && !rules.change(chosen, giver.actor(), request.getRemoteAddr())) {
      reader.reject("years", "audit.keeping.wrong.short");
    }
    if (!reader.wrong().isEmpty()) {
      return form(years, keeping, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    flash.addFlashAttribute("done", "audit.keeping.changed");
    return new ModelAndView("redirect:/settings");
  }

  private ModelAndView form(
      @Nullable String typed, Keeping keeping, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("audit.keeping"),
                    List.of(
                        book.crumb("people.crumb.home", "/"),
                        book.crumb("settings.title", "/settings"),
                        book.crumb("audit.keeping", PATH)),
                    PATH,
                    List.of(
                        Field.required("years", "audit.keeping.years")
                            .hinted("audit.keeping.years.hint")
                            .drawn(
                                new Field.Look(
                                    "text",
                                    "off",
                                    "numeric",
                                    "short",
                                    "contract.unit.years",
                                    5,
                                    null))
                            .with(typed)
                            .wrong(wrong.get("years"))),
                    "audit.keeping.submit",
                    "/settings")
                .led(Text.of("audit.keeping.lead", String.valueOf(keeping.least()))));
    page.setStatus(status);
    return page;
  }
}
