package jp.musubi.bulk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.FirstTermsRules;
import jp.musubi.mapping.Mappings;
import jp.musubi.mapping.Target;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 一括送信: hand a list in, see what is wrong, have the drafts made, stop and go on. */
@Controller("bulkRunController")
@RequestMapping("/bulk")
@Needs(Act.SEND_IN_BULK)
class RunController {
  private static final int MOST_LISTS = 50;
  private static final String SECONDS_BETWEEN_LOOKS = "5";

  private final Runs runs;
  private final RunReports reports;
  private final RunSheets sheets;
  private final Templates templates;
  private final Awards awards;
  private final Mappings mappings;
  private final TemplatePreview preview;
  private final FirstTermsRules first;
  private final Organisations organisations;
  private final Book book;
  private final Clock clock;

  RunController(
      Runs runs,
      RunReports reports,
      RunSheets sheets,
      Templates templates,
      Awards awards,
      Mappings mappings,
      TemplatePreview preview,
      FirstTermsRules first,
      Organisations organisations,
      Book book,
      Clock clock) {
    this.runs = runs;
    this.reports = reports;
    this.sheets = sheets;
    this.templates = templates;
    this.awards = awards;
    this.mappings = mappings;
    this.preview = preview;
    this.first = first;
    this.organisations = organisations;
    this.book = book;
    this.clock = clock;
  }

  @GetMapping
  ModelAndView list(@CurrentStaff StaffMember clerk) {
    return Screens.sheet(
        Sheet.of(book.of("bulk.list"), Screens.crumbs(book, book.crumb("bulk.list", "/bulk")))
            .led(Text.of("bulk.list.lead"))
            .doing(
                List.of(
                    Sheet.Action.first("bulk.new", "/bulk/new"),
                    Sheet.Action.link("bulk.templates", "/templates")))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("bulk.list"),
                        List.of("bulk.run.file", "bulk.run.at", "bulk.run.state"),
                        runs.newest(clerk, MOST_LISTS).stream().map(this::row).toList(),
                        "bulk.list.none"))));
  }

  private List<Sheet.Cell> row(Run run) {
    return List.of(
        Sheet.Cell.link(run.fileName(), "/bulk/" + run.id()),
        Sheet.Cell.of(JapaneseDates.time(run.madeAt())),
        Sheet.Cell.of(book.of("bulk.stage." + run.state())));
  }

  @GetMapping("/new")
  ModelAndView begin(@CurrentStaff StaffMember clerk) {
    var today = organisations.today();
    return form(
        RunForm.empty(first.current(), organisations.officesHeldOn(today), today),
        Map.of(),
        null,
        clerk,
        HttpStatus.OK);
  }

  @PostMapping
  ModelAndView check(
      @CurrentStaff StaffMember clerk,
      @ModelAttribute RunForm typed,
      @RequestParam(required = false) @Nullable MultipartFile file,
      HttpServletRequest request)
      throws IOException {
    var reader = new FormReader();
    var template = typed.template(reader, templates.usable(clerk));
    var mapping = typed.mapping(reader, mappings.of(Target.AWARD));
    var setting =
        typed.read(reader, organisations.officesHeldOn(organisations.today()), clock.instant());
    if (Screens.isEmpty(file)) {
      reader.reject("file", "csv.missing");
    } else if (file != null && file.getSize() > Run.MOST_BYTES) {
      reader.reject("file", "bulk.wrong.fileSize");
    }
    if (!reader.wrong().isEmpty() || file == null || setting.isEmpty()) {
      return form(typed, reader.wrong(), null, clerk, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var form = template.orElseThrow();
    var bytes = file.getBytes();
    var handed =
        mapping
            .map(each -> awards.read(bytes, each, form, setting.get(), clerk))
            .orElseGet(() -> Handed.read(bytes, form));
    return switch (handed) {
      case Handed.Reading.Unfit(var why) -> refused(typed, why, clerk);
      case Handed.Reading.Read(var list) ->
          new ModelAndView(
              "redirect:/bulk/"
                  + runs.check(
                      String.valueOf(typed.idempotencyKey()),
                      form,
                      setting.get(),
                      Screens.name(file, "list.csv"),
                      list,
                      clerk,
                      request.getRemoteAddr()));
    };
  }

  @GetMapping("/{run}")
  ModelAndView show(
      @PathVariable UUID run, @CurrentStaff StaffMember clerk, HttpServletResponse response) {
    var page = sheets.page(runs.get(run, clerk));
    if (page.getModel().containsKey("progress")) {
      response.setHeader("Refresh", SECONDS_BETWEEN_LOOKS);
    }
    return page;
  }

  /** All errors, for a spreadsheet. */
  @GetMapping("/{run}/errors.csv")
  ResponseEntity<byte[]> errors(@PathVariable UUID run, @CurrentStaff StaffMember clerk) {
    var lines = new ArrayList<List<String>>();
    lines.add(List.of("行", "列", "誤りと直し方", "入力された内容"));
    for (var finding : reports.findings(runs.get(run, clerk))) {
      lines.add(
          List.of(finding.line() + "", finding.field(), sheets.words(finding), finding.value()));
    }
    return CsvOut.download("errors.csv", lines);
  }

  /** The contract of one line as it will be. */
  @GetMapping("/{run}/rows/{line}.pdf")
  ResponseEntity<byte[]> row(
      @PathVariable UUID run, @PathVariable int line, @CurrentStaff StaffMember clerk) {
    var of = runs.get(run, clerk);
    var row = reports.row(of, line);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("preview-" + line + ".pdf", StandardCharsets.UTF_8)
                .build()
                .toString())
        .header("X-Content-Type-Options", "nosniff")
        .cacheControl(CacheControl.noStore())
        .body(preview.filled(templates.open(reports.template(of)), row.texts()));
  }

  @PostMapping("/{run}/drafts")
  ModelAndView make(
      @PathVariable UUID run,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        run, runs.make(run, clerk, request.getRemoteAddr()), "bulk.done.making", clerk, flash);
  }

  @PostMapping("/{run}/pause")
  ModelAndView pause(
      @PathVariable UUID run,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        run, runs.pause(run, clerk, request.getRemoteAddr()), "bulk.done.paused", clerk, flash);
  }

  @PostMapping("/{run}/resumption")
  ModelAndView resume(
      @PathVariable UUID run,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        run, runs.resume(run, clerk, request.getRemoteAddr()), "bulk.done.resumed", clerk, flash);
  }

  @PostMapping("/{run}/retry")
  ModelAndView retry(
      @PathVariable UUID run,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        run, runs.retry(run, clerk, request.getRemoteAddr()), "bulk.done.retried", clerk, flash);
  }

  @PostMapping("/{run}/cancellation")
  ModelAndView cancel(
      @PathVariable UUID run,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        run, runs.cancel(run, clerk, request.getRemoteAddr()), "bulk.done.cancelled", clerk, flash);
  }

  private ModelAndView done(
      UUID run,
      Optional<Runs.Refusal> refusal,
      String done,
      StaffMember clerk,
      RedirectAttributes flash) {
    if (refusal.isPresent()) {
      return Screens.refused(
          sheets.page(runs.get(run, clerk)), Text.of("bulk.refusal." + refusal.get()));
    }
    flash.addFlashAttribute("done", done);
    return new ModelAndView("redirect:/bulk/" + run);
  }

  private ModelAndView refused(RunForm typed, Text why, StaffMember clerk) {
    return form(typed, Map.of(), why, clerk, HttpStatus.UNPROCESSABLE_CONTENT);
  }

  private ModelAndView form(
      RunForm typed,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      StaffMember clerk,
      HttpStatus status) {
    return Screens.form(
        Form.of(
                book.of("bulk.new"),
                Screens.crumbs(
                    book, book.crumb("bulk.list", "/bulk"), book.crumb("bulk.new", "/bulk/new")),
                "/bulk",
                typed.fields(
                    wrong,
                    templates.usable(clerk),
                    mappings.of(Target.AWARD),
                    organisations.officesHeldOn(organisations.today()),
                    book),
                "bulk.new.submit",
                "/bulk")
            .led(Text.of("bulk.new.lead"))
            .refused(refusal),
        status);
  }
}
