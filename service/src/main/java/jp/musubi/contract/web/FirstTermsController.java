package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.FirstTerms;
import jp.musubi.contract.FirstTermsRules;
import jp.musubi.platform.web.Crumb;
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

/** 契約情報の初期値: what a new contract's form says at first. */
@Controller
@RequestMapping("/settings/contracts")
@Needs(Act.CHANGE_SETTINGS)
class FirstTermsController {
  private static final String PATH = "/settings/contracts";

  private final FirstTermsRules rules;
  private final Words words;

  FirstTermsController(FirstTermsRules rules, Words words) {
    this.rules = rules;
    this.words = words;
  }

  @GetMapping
  ModelAndView ask() {
    var terms = rules.current();
    return form(
        String.valueOf(terms.answerDays()),
        String.valueOf(terms.readingYears()),
        Map.of(),
        HttpStatus.OK);
  }

  @PostMapping
  ModelAndView change(
      @CurrentStaff StaffMember giver,
      @RequestParam(required = false) @Nullable String answerDays,
      @RequestParam(required = false) @Nullable String readingYears,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var terms =
        new FirstTerms(
            reader.number("answerDays", answerDays, 1, 365),
            reader.number("readingYears", readingYears, 1, 100));
    if (!reader.wrong().isEmpty()) {
      return form(answerDays, readingYears, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    rules.change(terms, giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "firstTerms.changed");
    return new ModelAndView("redirect:/settings");
  }

  private ModelAndView form(
      @Nullable String days, @Nullable String years, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    words.of("firstTerms.title"),
                    List.of(
                        new Crumb(words.of("contract.crumb.home"), "/"),
                        new Crumb(words.of("settings.title"), "/settings"),
                        new Crumb(words.of("firstTerms.title"), PATH)),
                    PATH,
                    List.of(
                        number("answerDays", "settings.unit.days", days, wrong),
                        number("readingYears", "contract.unit.years", years, wrong)),
                    "firstTerms.submit",
                    "/settings")
                .led(Text.of("firstTerms.lead")));
    page.setStatus(status);
    return page;
  }

  private static Field number(
      String name, String unit, @Nullable String typed, Map<String, Text> wrong) {
    return Field.required(name, "firstTerms." + name)
        .hinted("firstTerms." + name + ".hint")
        .drawn(new Field.Look("text", "off", "numeric", "short", unit, 5, null))
        .with(typed)
        .wrong(wrong.get(name));
  }
}
