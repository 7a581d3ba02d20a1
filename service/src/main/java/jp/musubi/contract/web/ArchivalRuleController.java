package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ArchivalRegister;
import jp.musubi.contract.ArchivalRule;
import jp.musubi.platform.web.Crumb;
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

/** 長期保存の形式の決まり: whether what is kept for long has to be PDF/A. */
@Controller
@RequestMapping("/settings/archival")
@Needs(Act.CHANGE_SETTINGS)
class ArchivalRuleController {
  private static final Field.Look YEARS =
      new Field.Look("text", "off", "numeric", "short", "archival.rule.years.unit", 3, null);
  private static final String PATH = "/settings/archival";

  private final ArchivalRegister register;
  private final Words words;

  ArchivalRuleController(ArchivalRegister register, Words words) {
    this.register = register;
    this.words = words;
  }

  @GetMapping
  ModelAndView ask() {
    var rule = register.current();
    return form(
        Map.of("demand", rule.demand().name(), "years", Integer.toString(rule.beyondYears())),
        Map.of(),
        HttpStatus.OK);
  }

  @PostMapping
  ModelAndView change(
      @CurrentStaff StaffMember giver,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var demand =
        Arrays.stream(ArchivalRule.Demand.values())
            .filter(each -> each.name().equals(typed.get("demand")))
            .findFirst();
    if (demand.isEmpty()) {
      reader.reject("demand", "contract.wrong.choose");
    }
    var years = reader.number("years", typed.get("years"), 0, 100);
    if (!reader.wrong().isEmpty()) {
      return form(typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    register.change(
        new ArchivalRule(demand.orElseThrow(), years), giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "archival.rule.changed");
    return new ModelAndView("redirect:/settings");
  }

  private ModelAndView form(Map<String, String> typed, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    words.of("archival.rule.title"),
                    List.of(
                        new Crumb(words.of("contract.crumb.home"), "/"),
                        new Crumb(words.of("settings.title"), "/settings"),
                        new Crumb(words.of("archival.rule.title"), PATH)),
                    PATH,
                    List.of(
                        Field.required("demand", "archival.rule.demand")
                            .offering(
                                Arrays.stream(ArchivalRule.Demand.values())
                                    .map(each ->
                                        new Option(each.name(), words.of("archival.rule." + each)))
                                    .toList())
                            .with(typed.get("demand"))
                            .wrong(wrong.get("demand")),
                        Field.required("years", "archival.rule.years")
                            .hinted("archival.rule.years.hint")
                            .drawn(YEARS)
                            .with(typed.get("years"))
                            .wrong(wrong.get("years"))),
                    "archival.rule.submit",
                    "/settings")
                .led(Text.of("archival.rule.lead")));
    page.setStatus(status);
    return page;
  }
}
