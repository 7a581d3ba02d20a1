package jp.musubi.mark;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Party;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.input.InputBox;
import jp.musubi.input.Placing;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 印影・氏名の表示: whose seal is seen, how and where; moved by hand, by keys or by numbers. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/marks")
class MarkController {
  private static final String NAME = "NAME";
  private static final String PICTURE = "PICTURE";

  private final Marks marks;
  private final Placing placing;
  private final Book book;

  MarkController(Marks marks, Placing placing, Book book) {
    this.marks = marks;
    this.placing = placing;
    this.book = book;
  }

  @GetMapping
  ModelAndView show(@PathVariable UUID id) {
    var sheet = draft(id);
    return sheet.contract().parties().isEmpty()
        ? new ModelAndView("redirect:/contracts/" + id + "/parties")
        : page(sheet, Map.of(), Map.of(), HttpStatus.OK);
  }

  /** A page with the boxes drawn into it, for who has no script. */
  @GetMapping("/pages/{number}.png")
  ResponseEntity<byte[]> image(@PathVariable UUID id, @PathVariable int number) {
    var sheet = marks.of(new ContractId(id));
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .cacheControl(CacheControl.noStore())
        .body(
            placing.framed(
                sheet.contract(), sheet.marks().stream().map(Mark::box).toList(), number));
  }

  /** 「この表示を加える」. */
  @PostMapping
  ModelAndView put(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam(defaultValue = "") String party,
      @RequestParam(defaultValue = "") String look,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var sheet = draft(id);
    var typed = Map.of("party", party, "look", look);
    var reader = new FormReader();
    var chosen =
        sheet.contract().parties().stream()
            .filter(each -> String.valueOf(each.ordinal()).equals(party))
            .findFirst();
    if (chosen.isEmpty()) {
      reader.reject("party", "contract.wrong.choose");
    }
    if (!look.equals(NAME) && !(look.equals(PICTURE) && sheet.ownImprint().isPresent())) {
      reader.reject("look", "contract.wrong.choose");
    } else if (look.equals(PICTURE)
        && chosen.filter(each -> each.kind() != Party.Kind.OFFICE).isPresent()) {
      reader.reject("look", "mark.look.wrong");
    }
    if (!reader.wrong().isEmpty()) {
      return page(sheet, typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var tried =
        marks.put(
            sheet.contract().id(),
            chosen.orElseThrow().ordinal(),
            look.equals(PICTURE),
            clerk,
            request.getRemoteAddr());
    if (!tried.refused().isEmpty()) {
      var why = tried.refused().values().iterator().next();
      return page(sheet, typed, Map.of("party", why), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return done(id, "mark.done.put", tried.notes(), flash);
  }

  /** 「位置を保存する」: all marks, or none if one cannot stand where it was put. */
  @PostMapping("/places")
  ModelAndView place(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var sheet = draft(id);
    var reader = new FormReader();
    var boxes = new HashMap<UUID, InputBox>();
    for (var mark : sheet.marks()) {
      var suffix = "-" + mark.id();
      if (typed.containsKey("left" + suffix)) {
        boxes.put(mark.id(), Placing.read(reader, typed, suffix));
      }
    }
    if (!reader.wrong().isEmpty()) {
      return page(sheet, typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var tried = marks.place(sheet.contract().id(), boxes, clerk, request.getRemoteAddr());
    if (!tried.refused().isEmpty()) {
      var wrong = new HashMap<String, Text>();
      tried
          .refused()
          .forEach((mark, why) ->
              wrong.put((why.key().equals("input.place.page") ? "page-" : "left-") + mark, why));
      return page(sheet, typed, wrong, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return done(id, "mark.done.placed", tried.notes(), flash);
  }

  @PostMapping("/{mark}/removal")
  ModelAndView remove(
      @PathVariable UUID id,
      @PathVariable UUID mark,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var sheet = draft(id);
    marks.remove(sheet.contract().id(), mark, clerk, request.getRemoteAddr());
    return done(id, "mark.done.removed", List.of(), flash);
  }

  /** Lets only drafts pass: what left the house stays as it is. */
  private MarkSheet draft(UUID id) {
    var sheet = marks.of(new ContractId(id));
    if (!sheet.contract().state().equals("DRAFT")) {
      throw new StepRefused(new Refusal.NotInThisState(sheet.contract().state()));
    }
    return sheet;
  }

  private static ModelAndView done(
      UUID id, String words, List<String> notes, RedirectAttributes flash) {
    flash.addFlashAttribute("done", words);
    flash.addFlashAttribute("notices", notes);
    return new ModelAndView("redirect:/contracts/" + id + "/marks");
  }

  private ModelAndView page(
      MarkSheet sheet, Map<String, String> typed, Map<String, Text> wrong, HttpStatus status) {
    var contract = "/contracts/" + sheet.contract().id();
    var path = contract + "/marks";
    var rows = new ArrayList<MarkPage.Row>();
    var problems = new ArrayList<Field>();
    for (var mark : sheet.marks()) {
      var label = MarkWords.label(sheet, mark, book);
      var places = Placing.fields(mark.id().toString(), mark.box(), typed, wrong);
      places.stream()
          .filter(place -> place.error() != null)
          .map(place -> Field.called(place.name(), place.label(), label, true).wrong(place.error()))
          .forEach(problems::add);
      rows.add(
          new MarkPage.Row(
              mark.id().toString(),
              rows.size() + 1,
              label,
              mark.imprint().isPresent() ? "mark.short.PICTURE" : "mark.short.NAME",
              places,
              sheet.isStale(mark)));
    }
    var adding = adding(sheet, typed, wrong);
    adding.stream().filter(field -> field.error() != null).forEach(problems::add);
    var page =
        new ModelAndView(
            "mark/marks",
            "page",
            new MarkPage(
                List.of(
                    book.crumb("contract.crumb.home", "/"),
                    book.crumb("contract.list.heading", "/contracts"),
                    new Crumb(sheet.contract().title(), contract),
                    book.crumb("mark.title", path)),
                path,
                contract,
                sheet.contract().title(),
                rows,
                adding,
                placing.sheets(sheet.contract(), path),
                problems));
    page.setStatus(status);
    return page;
  }

  private List<Field> adding(MarkSheet sheet, Map<String, String> typed, Map<String, Text> wrong) {
    var looks = new ArrayList<Option>();
    looks.add(new Option(NAME, book.of("mark.look.NAME")));
    var offices = sheet.contract().parties(Party.Kind.OFFICE);
    if (sheet.ownImprint().isPresent() && !offices.isEmpty()) {
      looks.add(new Option(PICTURE, book.of("mark.look.PICTURE", offices.getFirst().title())));
    }
    // The office first: that is whose seal people expect to see.
    var first = offices.isEmpty() ? "0" : String.valueOf(offices.getFirst().ordinal());
    return List.of(
        Field.required("party", "mark.party")
            .offering(
                sheet.contract().parties().stream()
                    .map(party -> new Option(String.valueOf(party.ordinal()), party.signature()))
                    .toList())
            .with(typed.getOrDefault("party", first))
            .wrong(wrong.get("party")),
        Field.required("look", "mark.look")
            .hinted("mark.look.hint")
            .offering(looks)
            .with(typed.getOrDefault("look", looks.getLast().value()))
            .wrong(wrong.get("look")));
  }
}
