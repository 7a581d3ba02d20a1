package jp.musubi.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.SectionLists;
import jp.musubi.organisation.SectionRow;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.CsvTemplate;
import jp.musubi.platform.web.CsvUpload;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 所属の一括登録: hand a list in, see what it would do, let it hold from its day on. */
@Controller
@RequestMapping("/sections/lists")
@Needs(Act.CHANGE_SECTIONS)
class SectionListController {
  private static final String PATH = "/sections/lists";
  private static final int MOST_LISTS = 50;

  private final SectionLists lists;
  private final SectionListSheets sheets;
  private final Organisations organisations;
  private final Book book;

  SectionListController(
      SectionLists lists, SectionListSheets sheets, Organisations organisations, Book book) {
    this.lists = lists;
    this.sheets = sheets;
    this.organisations = organisations;
    this.book = book;
  }

  @GetMapping
  ModelAndView list() {
    return People.sheet(sheets.all(lists.newest(MOST_LISTS)));
  }

  @Recorded(by = Recorded.By.NOBODY, because = "an empty form")
  @GetMapping("/new")
  ModelAndView begin() {
    return form(null, Map.of(), null, HttpStatus.OK);
  }

  /** A line of each kind to write over. */
  @Recorded(by = Recorded.By.NOBODY, because = "the headings of a list")
  @GetMapping("/template.csv")
  ResponseEntity<byte[]> template() {
    return CsvTemplate.of(
        "sections.csv",
        SectionRow.HEADINGS,
        List.of(
            "新設,2030,都市計画課,20,027-000-0130,toshi@joumou.example,",
            "変更,2010,土木課,,,,",
            "移動,2020,,30,,,",
            "廃止,2040,,,,,2030"));
  }

  @PostMapping
  ModelAndView check(
      @CurrentStaff StaffMember giver,
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(required = false) @Nullable String on,
      HttpServletRequest request)
      throws IOException {
    var reader = new FormReader();
    var today = organisations.today();
    var day = People.day(reader, "on", on, today);
    if (day.isBefore(today)) {
      reader.reject("on", "section.lists.wrong.past");
    }
    var upload = CsvUpload.of(file, SectionRow.HEADINGS, SectionLists.MOST_ROWS, "sections.csv");
    if (upload instanceof CsvUpload.Missing(var words)) {
      reader.wrong().putIfAbsent("file", words);
    }
    if (!reader.wrong().isEmpty()) {
      return form(on, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (upload) {
      case CsvUpload.Lines(var name, var lines) ->
          new ModelAndView(
              "redirect:"
                  + PATH
                  + "/"
                  + lists.check(
                      name, lines, day, giver.id(), giver.actor(), request.getRemoteAddr()));
      case CsvUpload.Missing(var words) ->
          form(on, Map.of("file", words), null, HttpStatus.UNPROCESSABLE_CONTENT);
      case CsvUpload.Unfit(var words) ->
          form(on, Map.of(), words, HttpStatus.UNPROCESSABLE_CONTENT);
    };
  }

  @GetMapping("/{list}")
  ModelAndView show(@PathVariable UUID list) {
    return People.sheet(sheets.of(lists.report(list)));
  }

  /** 「この内容で反映する」, of the very plan that was shown. */
  @PostMapping("/{list}/effect")
  ModelAndView apply(
      @PathVariable UUID list,
      @CurrentStaff StaffMember giver,
      @RequestParam(defaultValue = "") String looked,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        list,
        lists.apply(list, looked, giver.actor(), request.getRemoteAddr()),
        "section.lists.applied",
        flash);
  }

  @PostMapping("/{list}/cancellation")
  ModelAndView cancel(
      @PathVariable UUID list,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        list,
        lists.cancel(list, giver.actor(), request.getRemoteAddr()),
        "section.lists.cancelled",
        flash);
  }

  private ModelAndView done(
      UUID list, Optional<SectionLists.Refusal> refusal, String done, RedirectAttributes flash) {
    if (refusal.isPresent()) {
      return People.refused(
          sheets.of(lists.report(list)), Text.of("section.lists.refusal." + refusal.get()));
    }
    flash.addFlashAttribute("done", done);
    return new ModelAndView("redirect:" + PATH + "/" + list);
  }

  private ModelAndView form(
      @Nullable String on, Map<String, Text> wrong, @Nullable Text refusal, HttpStatus status) {
    return People.form(
        Form.of(
                book.of("section.lists.new"),
                sheets.crumbs(),
                PATH,
                List.of(
                    Field.required("file", "transfer.file")
                        .hinted("transfer.file.hint")
                        .drawn(Form.CSV)
                        .wrong(wrong.get("file")),
                    Field.required("on", "section.from")
                        .hinted("section.from.hint")
                        .drawn(Form.DAY)
                        .with(on)
                        .wrong(wrong.get("on"))),
                "transfer.new.submit",
                PATH)
            .led(Text.of("section.lists.new.lead"))
            .refused(refusal),
        status);
  }
}
