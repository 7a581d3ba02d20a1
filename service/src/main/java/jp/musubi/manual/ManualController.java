package jp.musubi.manual;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 操作マニュアル: chapter by chapter on the screen, or all of it on paper. */
@Controller
@RequestMapping("/manual")
@Needs(Act.BE_SIGNED_IN)
class ManualController {
  private static final String HOME = "/manual";
  private static final int NOTE_LENGTH = 4_000;

  private final Manual manual;
  private final ManualNotes notes;
  private final OwnRules rules;
  private final Book book;

  ManualController(Manual manual, ManualNotes notes, OwnRules rules, Book book) {
    this.manual = manual;
    this.notes = notes;
    this.rules = rules;
    this.book = book;
  }

  /** The way into a chapter. */
  record Entry(String path, String title, String lead) {}

  /** The table of contents, and the rules of the body. */
  record Contents(List<Crumb> crumbs, List<Entry> chapters, List<Fact> rules) {}

  /**
   * A chapter.
   *
   * @param note what the body adds, in its own lines; empty for nothing
   * @param change where the note is changed; empty for those who may not
   */
  record Page(
      String title,
      String lead,
      List<Crumb> crumbs,
      List<Manual.Read> parts,
      String note,
      String change) {}

  @Bean
  static NavigationItem toManual() {
    return new NavigationItem(890, "file", "manual.nav", HOME, Set.of());
  }

  @GetMapping
  ModelAndView contents() {
    return new ModelAndView("manual/contents", "page", all());
  }

  @GetMapping("/print")
  ModelAndView print() {
    var page = new ModelAndView("manual/print", "page", all());
    page.addObject(
        "chapters", Arrays.stream(Chapter.values()).map(each -> page(each, "")).toList());
    return page;
  }

  @GetMapping("/chapters/{chapter}")
  ModelAndView read(@PathVariable String chapter, @CurrentStaff StaffMember reader) {
    var shown = required(chapter);
    var mayWrite = Act.CHANGE_SETTINGS.roles().stream().anyMatch(reader::may);
    return new ModelAndView(
        "manual/chapter", "page", page(shown, mayWrite ? path(shown) + "/note" : ""));
  }

  @Needs(Act.CHANGE_SETTINGS)
  @GetMapping("/chapters/{chapter}/note")
  ModelAndView ask(@PathVariable String chapter) {
    var about = required(chapter);
    return form(about, notes.of(about).orElse(""), Map.of(), HttpStatus.OK);
  }

  @Needs(Act.CHANGE_SETTINGS)
  @PostMapping("/chapters/{chapter}/note")
  ModelAndView change(
      @PathVariable String chapter,
      @RequestParam(defaultValue = "") String note,
      @CurrentStaff StaffMember writer,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var about = required(chapter);
    var reader = new FormReader();
    var words = reader.lines("note", note, NOTE_LENGTH, false);
    if (!reader.wrong().isEmpty()) {
      return form(about, note, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    notes.change(about, words, writer.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "manual.note.changed");
    return new ModelAndView("redirect:" + path(about));
  }

  private Contents all() {
    return new Contents(
        crumbs(),
        Arrays.stream(Chapter.values())
            .map(each -> new Entry(path(each), manual.title(each), manual.lead(each)))
            .toList(),
        rules.current());
  }

  private Page page(Chapter chapter, String change) {
    return new Page(
        manual.title(chapter),
        manual.lead(chapter),
        crumbs(),
        manual.parts(chapter),
        notes.of(chapter).orElse(""),
        change);
  }

  private ModelAndView form(
      Chapter chapter, String typed, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("manual.note.change", manual.title(chapter)),
                    crumbs(),
                    path(chapter) + "/note",
                    List.of(
                        Field.optional("note", "manual.note")
                            .drawn(Form.LINES)
                            .hinted("manual.note.hint")
                            .with(typed)
                            .wrong(wrong.get("note"))),
                    "manual.note.submit",
                    path(chapter))
                .led(Text.of("manual.note.lead")));
    page.setStatus(status);
    return page;
  }

  private static Chapter required(String slug) {
    return Chapter.of(slug).orElseThrow(() -> new NotFound("chapter " + slug));
  }

  private static String path(Chapter chapter) {
    return HOME + "/chapters/" + chapter.slug();
  }

  private List<Crumb> crumbs() {
    return List.of(book.crumb("people.crumb.home", "/"), book.crumb("manual.title", HOME));
  }
}
