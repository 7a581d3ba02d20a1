package jp.musubi.register;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** タグの登録: the words that the body marks its contracts with. */
@Controller
@RequestMapping("/settings/tags")
@Needs(Act.CHANGE_SETTINGS)
class TagController {
  private static final String PATH = "/settings/tags";
  private static final int LONGEST = 20;
  private static final Field.Look NAME =
      new Field.Look("text", "off", null, "medium", null, LONGEST, null);

  private final Tags tags;
  private final Book book;

  TagController(Tags tags, Book book) {
    this.tags = tags;
    this.book = book;
  }

  /** The list. */
  record Page(List<Crumb> crumbs, boolean full, List<Line> lines) {}

  /** One tag. */
  record Line(UUID id, String name, String shade, String colour) {}

  /** One as typed. */
  record Typed(@Nullable String name, @Nullable String colour) {}

  @GetMapping
  ModelAndView list() {
    var open = tags.open();
    return new ModelAndView(
        "register/tags",
        "page",
        new Page(
            crumbs(),
            open.size() >= Tags.MOST,
            open.stream()
                .map(tag ->
                    new Line(
                        tag.id(),
                        tag.name(),
                        tag.colour().shade(),
                        "register.tag.colour." + tag.colour()))
                .toList()));
  }

  @GetMapping("/new")
  ModelAndView fresh() {
    return form(PATH, "register.tag.new", new Typed("", "GREY"), Map.of(), null);
  }

  @PostMapping
  ModelAndView add(
      @ModelAttribute Typed typed, @CurrentStaff StaffMember giver, HttpServletRequest request) {
    var reader = new FormReader();
    var name = name(reader, typed);
    var colour = colour(reader, typed);
    if (colour.isEmpty() || !reader.wrong().isEmpty()) {
      return form(PATH, "register.tag.new", typed, reader.wrong(), null);
    }
    return answer(
        PATH,
        "register.tag.new",
        typed,
        tags.add(name, colour.get(), giver.actor(), request.getRemoteAddr()));
  }

  @GetMapping("/{tag}/change")
  ModelAndView change(@PathVariable UUID tag) {
    var current = tags.get(tag);
    return form(
        path(tag),
        "register.tag.change",
        new Typed(current.name(), current.colour().name()),
        Map.of(),
        null);
  }

  @PostMapping("/{tag}/change")
  ModelAndView changed(
      @PathVariable UUID tag,
      @ModelAttribute Typed typed,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request) {
    tags.get(tag);
    var reader = new FormReader();
    var name = name(reader, typed);
    var colour = colour(reader, typed);
    if (colour.isEmpty() || !reader.wrong().isEmpty()) {
      return form(path(tag), "register.tag.change", typed, reader.wrong(), null);
    }
    return answer(
        path(tag),
        "register.tag.change",
        typed,
        tags.change(tag, name, colour.get(), giver.actor(), request.getRemoteAddr()));
  }

  @PostMapping("/{tag}/retirement")
  String retire(
      @PathVariable UUID tag, @CurrentStaff StaffMember giver, HttpServletRequest request) {
    tags.retire(tag, giver.actor(), request.getRemoteAddr());
    return "redirect:" + PATH;
  }

  private ModelAndView answer(String path, String heading, Typed typed, Tags.Outcome outcome) {
    return switch (outcome) {
      case DONE -> new ModelAndView("redirect:" + PATH);
      case NAME_TAKEN ->
          form(path, heading, typed, Map.of("name", Text.of("register.tag.wrong.taken")), null);
      case TOO_MANY ->
          form(
              path,
              heading,
              typed,
              Map.of(),
              Text.of("register.tag.wrong.tooMany", String.valueOf(Tags.MOST)));
    };
  }

  private static String name(FormReader reader, Typed typed) {
    var name = reader.line("name", typed.name(), LONGEST, true);
    if (name.length() > 10 * LONGEST) {
      // A few characters, as a person counts them, may hide thousands of marks.
      reader.reject("name", "web.wrong.long", String.valueOf(LONGEST));
    }
    return name;
  }

  private static Optional<Tag.Colour> colour(FormReader reader, Typed typed) {
    var chosen =
        Arrays.stream(Tag.Colour.values())
            .filter(each -> each.name().equals(typed.colour()))
            .findFirst();
    if (chosen.isEmpty()) {
      reader.reject("colour", "register.wrong.CHOICE");
    }
    return chosen;
  }

  private static String path(UUID tag) {
    return PATH + "/" + tag + "/change";
  }

  private List<Crumb> crumbs() {
    return List.of(
        book.crumb("contract.crumb.home", "/"),
        book.crumb("settings.title", "/settings"),
        book.crumb("register.tags", PATH));
  }

  private ModelAndView form(
      String path, String heading, Typed typed, Map<String, Text> wrong, @Nullable Text refusal) {
    var fields =
        List.of(
            Field.required("name", "register.tag.name")
                .hinted("register.tag.name.hint")
                .drawn(NAME)
                .with(typed.name())
                .wrong(wrong.get("name")),
            Field.required("colour", "register.tag.colour")
                .hinted("register.tag.colour.hint")
                .offering(
                    Arrays.stream(Tag.Colour.values())
                        .map(
                            each -> new Option(each.name(), book.of("register.tag.colour." + each)))
                        .toList())
                .with(typed.colour())
                .wrong(wrong.get("colour")));
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of(heading),
                    List.of(
                        book.crumb("contract.crumb.home", "/"),
                        book.crumb("settings.title", "/settings"),
                        book.crumb("register.tags", PATH),
                        book.crumb(heading, path)),
                    path,
                    fields,
                    "register.tag.submit",
                    PATH)
                .refused(refusal));
    page.setStatus(
        wrong.isEmpty() && refusal == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }
}
