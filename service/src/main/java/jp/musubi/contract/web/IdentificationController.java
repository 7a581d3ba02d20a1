package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.IdentificationRegister;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
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

/** 本人確認の下限: the least with which counterparties show who they are. */
@Controller
@RequestMapping("/settings/identification")
@Needs(Act.CHANGE_SETTINGS)
class IdentificationController {
  private static final String PATH = "/settings/identification";

  private final IdentificationRegister register;
  private final Words words;

  IdentificationController(IdentificationRegister register, Words words) {
    this.register = register;
    this.words = words;
  }

  @GetMapping
  ModelAndView ask() {
    return form(IdentificationForm.of(register.current()), Map.of(), HttpStatus.OK);
  }

  @PostMapping
  ModelAndView change(
      @CurrentStaff StaffMember giver,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var form = new IdentificationForm(typed);
    var reader = new FormReader();
    var rules = form.read(reader);
    if (!reader.wrong().isEmpty()) {
      return form(form, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    register.change(rules, giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "identification.changed");
    return new ModelAndView("redirect:/settings");
  }

  private ModelAndView form(IdentificationForm form, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    words.of("identification.title"),
                    List.of(
                        new Crumb(words.of("contract.crumb.home"), "/"),
                        new Crumb(words.of("settings.title"), "/settings"),
                        new Crumb(words.of("identification.title"), PATH)),
                    PATH,
                    form.fields(wrong, words),
                    "identification.submit",
                    "/settings")
                .led(Text.of("identification.lead")));
    page.setStatus(status);
    return page;
  }
}
