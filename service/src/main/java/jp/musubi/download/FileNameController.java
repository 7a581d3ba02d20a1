package jp.musubi.download;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** ファイル名の決まり: how what is downloaded together is named, with an example of what is in force. */
@Controller
@RequestMapping("/settings/file-names")
@Needs(Act.CHANGE_SETTINGS)
class FileNameController {
  private static final String PATH = "/settings/file-names";
  private static final String NOTHING = "NONE";

  private final FileNameRules rules;
  private final Book book;

  FileNameController(FileNameRules rules, Book book) {
    this.rules = rules;
    this.book = book;
  }

  /** The form as typed. */
  record Typed(
      @Nullable String first,
      @Nullable String second,
      @Nullable String third,
      @Nullable String fourth,
      @Nullable String joint) {
    private List<@Nullable String> chosen() {
      return Arrays.asList(first, second, third, fourth);
    }

    private static Typed of(FileNameRule rule) {
      var parts = new ArrayList<>(rule.parts().stream().map(Enum::name).toList());
      while (parts.size() < FileNameRule.MOST) {
        parts.add(NOTHING);
      }
      return new Typed(parts.get(0), parts.get(1), parts.get(2), parts.get(3), rule.joint());
    }
  }

  @GetMapping
  ModelAndView ask() {
    var rule = rules.current();
    return form(Typed.of(rule), rule, Map.of(), HttpStatus.OK);
  }

  @PostMapping
  ModelAndView change(
      @CurrentStaff StaffMember giver,
      @ModelAttribute Typed typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var parts = parts(reader, typed);
    if (!FileNameRule.JOINTS.contains(String.valueOf(typed.joint()))) {
      reader.reject("joint", "people.wrong.choose");
    }
    if (!reader.wrong().isEmpty()) {
      return form(typed, rules.current(), reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var rule = new FileNameRule(parts, String.valueOf(typed.joint()));
    rules.change(rule, giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "download.names.changed");
    // Back to the form, which shows a name of the new rule.
    return new ModelAndView("redirect:" + PATH);
  }

  private static List<FileNameRule.Part> parts(FormReader reader, Typed typed) {
    var parts = new ArrayList<FileNameRule.Part>();
    var seen = new HashSet<String>();
    var chosen = typed.chosen();
    for (var at = 0; at < FileNameRule.MOST; at++) {
      var name = String.valueOf(chosen.get(at));
      var part =
          Arrays.stream(FileNameRule.Part.values())
              .filter(each -> each.name().equals(name))
              .findFirst();
      if (part.isEmpty() && !(at > 0 && name.equals(NOTHING))) {
        reader.reject(NAMES.get(at), "people.wrong.choose");
      } else if (part.isPresent() && !seen.add(name)) {
        reader.reject(NAMES.get(at), "download.names.wrong.twice");
      }
      part.ifPresent(parts::add);
    }
    return parts;
  }

  private static final List<String> NAMES = List.of("first", "second", "third", "fourth");

  private ModelAndView form(
      Typed typed, FileNameRule inForce, Map<String, Text> wrong, HttpStatus status) {
    var fields = new ArrayList<Field>();
    for (var at = 0; at < FileNameRule.MOST; at++) {
      var name = NAMES.get(at);
      fields.add(
          Field.required(name, "download.names." + name)
              .with(typed.chosen().get(at))
              .offering(options(at > 0))
              .wrong(wrong.get(name)));
    }
    fields.add(
        Field.required("joint", "download.names.joint")
            .with(typed.joint())
            .offering(FileNameRule.JOINTS.stream().map(each -> new Option(each, each)).toList())
            .wrong(wrong.get("joint")));
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("download.names"),
                    List.of(
                        book.crumb("people.crumb.home", "/"),
                        book.crumb("settings.title", "/settings"),
                        book.crumb("download.names", PATH)),
                    PATH,
                    fields,
                    "download.names.submit",
                    "/settings")
                .led(Text.of("download.names.lead", inForce.of(FileNameRule.example()) + ".pdf")));
    page.setStatus(status);
    return page;
  }

  private List<Option> options(boolean mayBeNothing) {
    return Stream.concat(
            mayBeNothing
                ? Stream.of(new Option(NOTHING, book.of("download.names.nothing")))
                : Stream.empty(),
            Arrays.stream(FileNameRule.Part.values())
                .map(part -> new Option(part.name(), book.of("download.names.part." + part))))
        .toList();
  }
}
