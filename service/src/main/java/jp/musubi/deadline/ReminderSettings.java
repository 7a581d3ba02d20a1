package jp.musubi.deadline;

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
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 督促と期限の決まり, as a form. */
@Controller
@RequestMapping("/settings/reminders")
@Needs(Act.CHANGE_SETTINGS)
class ReminderSettings {
  private static final String PATH = "/settings/reminders";

  private final ReminderRegister register;
  private final Book book;

  ReminderSettings(ReminderRegister register, Book book) {
    this.register = register;
    this.book = book;
  }

  /** The rules as typed. */
  record Typed(
      @Nullable String automatic,
      @Nullable String firstAfter,
      @Nullable String every,
      @Nullable String most,
      @Nullable String daysLeft,
      @Nullable String noticeBefore,
      @Nullable String endingBefore,
      @Nullable String dateTolerance) {

    static Typed of(ReminderRules rules) {
      return new Typed(
          String.valueOf(rules.automatic()),
          String.valueOf(rules.firstAfter()),
          String.valueOf(rules.every()),
          String.valueOf(rules.most()),
          String.valueOf(rules.daysLeft()),
          String.valueOf(rules.noticeBefore()),
          String.valueOf(rules.endingBefore()),
          String.valueOf(rules.dateTolerance()));
    }

    ReminderRules read(FormReader reader) {
      return new ReminderRules(
          "true".equals(automatic),
          reader.number("firstAfter", firstAfter, 1, 60),
          reader.number("every", every, 1, 60),
          reader.number("most", most, 1, 10),
          reader.number("daysLeft", daysLeft, 0, 30),
          reader.number("noticeBefore", noticeBefore, 1, 30),
          reader.number("endingBefore", endingBefore, 0, 366),
          reader.number("dateTolerance", dateTolerance, 0, 366));
    }
  }

  @GetMapping
  ModelAndView ask() {
    return form(Typed.of(register.current()), Map.of(), HttpStatus.OK);
  }

  @PostMapping
  ModelAndView change(
      @CurrentStaff StaffMember giver,
      @ModelAttribute Typed typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var rules = typed.read(reader);
    if (!reader.wrong().isEmpty()) {
      return form(typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    register.change(rules, giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "deadline.rules.changed");
    return new ModelAndView("redirect:/settings");
  }

  private ModelAndView form(Typed typed, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("deadline.rules"),
                    List.of(
                        book.crumb("contract.crumb.home", "/"),
                        book.crumb("settings.title", "/settings"),
                        book.crumb("deadline.rules", PATH)),
                    PATH,
                    List.of(
                        Field.optional("automatic", "deadline.rules.automatic")
                            .hinted("deadline.rules.automatic.hint")
                            .drawn(Form.TICK)
                            .with(typed.automatic()),
                        number("firstAfter", "settings.unit.days", typed.firstAfter(), wrong),
                        number("every", "settings.unit.days", typed.every(), wrong),
                        number("most", "deadline.unit.times", typed.most(), wrong),
                        number("daysLeft", "settings.unit.days", typed.daysLeft(), wrong),
                        number("noticeBefore", "settings.unit.days", typed.noticeBefore(), wrong),
                        number("endingBefore", "settings.unit.days", typed.endingBefore(), wrong),
                        number(
                            "dateTolerance", "settings.unit.days", typed.dateTolerance(), wrong)),
                    "deadline.rules.submit",
                    "/settings")
                .led(Text.of("deadline.rules.lead")));
    page.setStatus(status);
    return page;
  }

  private static Field number(
      String name, String unit, @Nullable String typed, Map<String, Text> wrong) {
    return Field.required(name, "deadline.rules." + name)
        .hinted("deadline.rules." + name + ".hint")
        .drawn(new Field.Look("text", "off", "numeric", "short", unit, 5, null))
        .with(typed)
        .wrong(wrong.get(name));
  }
}
