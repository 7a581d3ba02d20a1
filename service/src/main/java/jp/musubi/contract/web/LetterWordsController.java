package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.InvitationPreview.Preview;
import jp.musubi.contract.LetterSamples;
import jp.musubi.notification.LetterPart;
import jp.musubi.notification.LetterWords;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 通知の文面: what a body says in its own words, and what a letter looks like with them. */
@Controller
@RequestMapping("/settings/letters")
@Needs(Act.CHANGE_SETTINGS)
class LetterWordsController {
  private static final String HOME = "/settings/letters";

  private final LetterWords letters;
  private final LetterSamples samples;
  private final Organisations organisations;
  private final Words words;

  LetterWordsController(
      LetterWords letters, LetterSamples samples, Organisations organisations, Words words) {
    this.letters = letters;
    this.samples = samples;
    this.organisations = organisations;
    this.words = words;
  }

  /** A letter to look at. */
  record SamplePage(String heading, List<Crumb> crumbs, String sender, Preview letter) {}

  @GetMapping
  ModelAndView show() {
    var own = letters.current();
    var rows =
        Arrays.stream(LetterPart.values())
            .filter(LetterPart::opens)
            .map(part ->
                List.of(
                    Sheet.Cell.link(label(part), HOME + "/samples/" + part),
                    Sheet.Cell.of(own.getOrDefault(part, words.of("letters.none")))))
            .toList();
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(words.of("letters.title"), crumbs())
            .led(Text.of("letters.lead"))
            .doing(List.of(Sheet.Action.first("letters.change", HOME + "/change")))
            .with(
                List.of(
                    Fact.of("letters.SENDER_NAME", sender(own)),
                    Fact.of(
                        "letters.CLOSING",
                        own.getOrDefault(LetterPart.CLOSING, words.of("letters.none")))))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("letters.openings"),
                        List.of("letters.letter", "letters.opening"),
                        rows,
                        "letters.none"))));
  }

  @GetMapping("/samples/{part}")
  ModelAndView sample(@PathVariable String part) {
    var shown =
        Arrays.stream(LetterPart.values())
            .filter(LetterPart::opens)
            .filter(each -> each.name().equals(part))
            .findFirst()
            .orElseThrow(() -> new NotFound("letter " + part));
    return new ModelAndView(
        "contract/letter",
        "page",
        new SamplePage(
            words.of("letters.sample", label(shown)),
            crumbs(),
            sender(letters.current()),
            samples.of(shown)));
  }

  @GetMapping("/change")
  ModelAndView ask() {
    return form(letters.current(), Map.of(), HttpStatus.OK);
  }

  @PostMapping("/change")
  ModelAndView change(
      @CurrentStaff StaffMember giver,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var read = new EnumMap<LetterPart, String>(LetterPart.class);
    var body = body();
    for (var part : LetterPart.values()) {
      read.put(part, read(reader, part, typed.getOrDefault(part.name(), ""), body));
    }
    if (!reader.wrong().isEmpty()) {
      return form(read, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    letters.change(read, giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "letters.changed");
    return new ModelAndView("redirect:" + HOME);
  }

  private static String read(FormReader reader, LetterPart part, String typed, String body) {
    var text =
        part == LetterPart.SENDER_NAME
            ? reader.line(part.name(), typed, part.characters(), false)
            : reader.lines(part.name(), typed, part.characters(), false);
    part.problemOf(text, body)
        .ifPresent(problem ->
            reader.reject(
                part.name(),
                "letters.wrong." + problem,
                problem == LetterPart.Problem.MANY_LINES ? String.valueOf(part.lines()) : body));
    return text;
  }

  private ModelAndView form(
      Map<LetterPart, String> typed, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    words.of("letters.change"),
                    crumbs(),
                    HOME + "/change",
                    Arrays.stream(LetterPart.values())
                        .map(part -> field(part, typed, wrong))
                        .toList(),
                    "letters.submit",
                    HOME)
                .led(Text.of("letters.change.lead")));
    page.setStatus(status);
    return page;
  }

  private static Field field(
      LetterPart part, Map<LetterPart, String> typed, Map<String, Text> wrong) {
    var field =
        Field.optional(part.name(), "letters." + part)
            .hinted("letters.hint." + (part.opens() ? "opening" : part))
            .with(typed.getOrDefault(part, ""))
            .wrong(wrong.get(part.name()));
    return part == LetterPart.SENDER_NAME ? field : field.drawn(Form.LINES);
  }

  private String label(LetterPart part) {
    return words.of("letters." + part);
  }

  private String sender(Map<LetterPart, String> own) {
    return own.getOrDefault(LetterPart.SENDER_NAME, body());
  }

  private String body() {
    return organisations.current().name();
  }

  private List<Crumb> crumbs() {
    return List.of(
        new Crumb(words.of("contract.crumb.home"), "/"),
        new Crumb(words.of("settings.title"), "/settings"),
        new Crumb(words.of("letters.title"), HOME));
  }
}
