package jp.musubi.signing;

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

/** 締結の知らせの添付の設定. */
@Controller
@RequestMapping("/settings/concluded-mail")
@Needs(Act.CHANGE_SETTINGS)
class ConcludedMailController {
  private static final String PATH = "/settings/concluded-mail";
  private static final int MOST_MEGABYTES = 20;

  private final ConcludedMail rules;
  private final Book book;

  ConcludedMailController(ConcludedMail rules, Book book) {
    this.rules = rules;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask() {
    var rule = rules.current();
    return form(
        String.valueOf(rule.attached()),
        String.valueOf(rule.mostMegabytes()),
        Map.of(),
        HttpStatus.OK);
  }

  @PostMapping
  ModelAndView change(
      @CurrentStaff StaffMember giver,
      @RequestParam(required = false) @Nullable String attached,
      @RequestParam(required = false) @Nullable String mostMegabytes,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var rule =
        new ConcludedMail.Rule(
            "true".equals(attached),
            reader.number("mostMegabytes", mostMegabytes, 1, MOST_MEGABYTES));
    if (!reader.wrong().isEmpty()) {
      return form(attached, mostMegabytes, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    rules.change(rule, giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "concludedMail.changed");
    return new ModelAndView("redirect:/settings");
  }

  private ModelAndView form(
      @Nullable String attached,
      @Nullable String most,
      Map<String, Text> wrong,
      HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("concludedMail.title"),
                    List.of(
                        book.crumb("contract.crumb.home", "/"),
                        book.crumb("settings.title", "/settings"),
                        book.crumb("concludedMail.title", PATH)),
                    PATH,
                    List.of(
                        Field.optional("attached", "concludedMail.attached")
                            .hinted("concludedMail.attached.hint")
                            .drawn(Form.TICK)
                            .with(attached),
                        Field.required("mostMegabytes", "concludedMail.mostMegabytes")
                            .hinted("concludedMail.mostMegabytes.hint")
                            .drawn(
                                new Field.Look(
                                    "text",
                                    "off",
                                    "numeric",
                                    "short",
                                    "concludedMail.megabytes",
                                    5,
                                    null))
                            .with(most)
                            .wrong(wrong.get("mostMegabytes"))),
                    "concludedMail.submit",
                    "/settings")
                .led(Text.of("concludedMail.lead")));
    page.setStatus(status);
    return page;
  }
}
