package jp.musubi.mandate;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 委任についての決まり: whether agents need one, and from when its end is told. */
@Controller
@RequestMapping("/settings/mandates")
@Needs(Act.CHANGE_SETTINGS)
class MandateRulesController {
  private static final String PATH = "/settings/mandates";
  private static final int MOST_DAYS = 366;
  private static final Field.Look DAYS =
      new Field.Look("text", "off", "numeric", "short", "mandate.rules.days.unit", 3, null);

  private final MandateRules rules;
  private final Book book;

  MandateRulesController(MandateRules rules, Book book) {
    this.rules = rules;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask() {
    var current = rules.current();
    return form(
        current.mode().name(), String.valueOf(current.noticeDays()), Map.of(), HttpStatus.OK);
  }

  @PostMapping
  ModelAndView change(
      @CurrentStaff StaffMember admin,
      @RequestParam(defaultValue = "") String mode,
      @RequestParam(defaultValue = "") String days,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var chosen =
        Arrays.stream(MandateRules.Mode.values())
            .filter(each -> each.name().equals(mode))
            .findFirst();
    if (chosen.isEmpty()) {
      reader.reject("mode", "contract.wrong.choose");
    }
    var notice = reader.number("days", days, 0, MOST_DAYS);
    if (!reader.wrong().isEmpty()) {
      return form(mode, days, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    rules.change(
        new MandateRules.Rules(chosen.orElseThrow(), notice),
        admin.actor(),
        request.getRemoteAddr());
    flash.addFlashAttribute("done", "mandate.rules.changed");
    return new ModelAndView("redirect:/settings");
  }

  private ModelAndView form(String mode, String days, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("mandate.rules"),
                    List.of(
                        book.crumb("people.crumb.home", "/"),
                        book.crumb("settings.title", "/settings"),
                        book.crumb("mandate.rules", PATH)),
                    PATH,
                    List.of(
                        Field.required("mode", "mandate.rules.mode")
                            .hinted("mandate.rules.mode.hint")
                            .offering(
                                Arrays.stream(MandateRules.Mode.values())
                                    .map(each ->
                                        new Option(
                                            each.name(), book.of("mandate.rules.mode." + each)))
                                    .toList())
                            .with(mode)
                            .wrong(wrong.get("mode")),
                        Field.required("days", "mandate.rules.days")
                            .hinted("mandate.rules.days.hint")
                            .drawn(DAYS)
                            .with(days)
                            .wrong(wrong.get("days"))),
                    "mandate.rules.submit",
                    "/settings")
                .led(Text.of("mandate.rules.lead")));
    page.setStatus(status);
    return page;
  }
}
