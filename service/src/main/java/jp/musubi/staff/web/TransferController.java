package jp.musubi.staff.web;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.CsvTemplate;
import jp.musubi.platform.web.CsvUpload;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import jp.musubi.staff.Transfer;
import jp.musubi.staff.TransferFile;
import jp.musubi.staff.TransferFinding;
import jp.musubi.staff.TransferRow;
import jp.musubi.staff.Transfers;
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

/** 人事異動: hand a list in, see what it would do, reserve it, take it back. */
@Controller
@RequestMapping("/transfers")
@Needs(Act.TRANSFER_STAFF)
class TransferController {
  private static final int MOST_LISTS = 50;
  private static final int MOST_LINES = 1000;

  private final Transfers transfers;
  private final Organisations organisations;
  private final Book book;

  TransferController(Transfers transfers, Organisations organisations, Book book) {
    this.transfers = transfers;
    this.organisations = organisations;
    this.book = book;
  }

  @GetMapping
  ModelAndView list() {
    return People.sheet(
        Sheet.of(book.of("transfer.list"), crumbs())
            .led(Text.of("transfer.list.lead"))
            .doing(
                List.of(
                    Sheet.Action.first("transfer.new", "/transfers/new"),
                    Sheet.Action.link("transfer.template", "/transfers/template.csv")))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("transfer.list"),
                        List.of("transfer.file", "transfer.on", "transfer.state"),
                        transfers.newest(MOST_LISTS).stream().map(this::row).toList(),
                        "transfer.none"))));
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
        "transfer.csv",
        TransferRow.HEADINGS,
        List.of(
            "登録,ume,例 梅,ume@joumou.example,2010,,担当者,",
            "変更,hanako,見本 花,,,,,",
            "異動,kenji,,,2010,道路課長,,hanako",
            "退職,jiro,,,,,,hanako"));
  }

  @PostMapping
  ModelAndView check(
      @CurrentStaff StaffMember giver,
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(required = false) @Nullable String on)
      throws IOException {
    var reader = new FormReader();
    var day = People.day(reader, "on", on, organisations.today());
    var upload = CsvUpload.of(file, TransferRow.HEADINGS, TransferFile.MOST_ROWS, "transfer.csv");
    if (upload instanceof CsvUpload.Missing(var words)) {
      reader.wrong().putIfAbsent("file", words);
    }
    if (!reader.wrong().isEmpty()) {
      return form(on, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (upload) {
      case CsvUpload.Lines(var name, var lines) -> {
        var list = TransferFile.of(lines);
        yield new ModelAndView(
            "redirect:/transfers/"
                + transfers.check(giver, name, list.rows(), list.findings(), day));
      }
      case CsvUpload.Missing(var words) ->
          form(on, Map.of("file", words), null, HttpStatus.UNPROCESSABLE_CONTENT);
      case CsvUpload.Unfit(var words) ->
          form(on, Map.of(), words, HttpStatus.UNPROCESSABLE_CONTENT);
    };
  }

  @GetMapping("/{id}")
  ModelAndView show(@PathVariable UUID id) {
    return People.sheet(page(id));
  }

  @PostMapping("/{id}/reservation")
  ModelAndView reserve(
      @PathVariable UUID id, @CurrentStaff StaffMember giver, RedirectAttributes flash) {
    LocalDate on = transfers.report(id).transfer().effectiveOn();
    return done(id, transfers.reserve(giver, id, on), "transfer.reserved", flash);
  }

  @PostMapping("/{id}/cancellation")
  ModelAndView cancel(
      @PathVariable UUID id, @CurrentStaff StaffMember giver, RedirectAttributes flash) {
    return done(id, transfers.cancel(giver, id), "transfer.cancelled", flash);
  }

  @PostMapping("/{id}/rollback")
  ModelAndView rollBack(
      @PathVariable UUID id, @CurrentStaff StaffMember giver, RedirectAttributes flash) {
    return done(id, transfers.rollBack(giver, id), "transfer.rolledBack", flash);
  }

  private ModelAndView done(
      UUID id, Optional<Transfers.Refusal> refusal, String done, RedirectAttributes flash) {
    if (refusal.isPresent()) {
      return People.refused(page(id), Text.of("transfer.refusal." + refusal.get()));
    }
    flash.addFlashAttribute("done", done);
    return new ModelAndView("redirect:/transfers/" + id);
  }

  private Sheet page(UUID id) {
    var report = transfers.report(id);
    var transfer = report.transfer();
    var path = "/transfers/" + id;
    var actions = new ArrayList<Sheet.Action>();
    switch (transfer.state()) {
      case CHECKED -> {
        if (report.findings().isEmpty()) {
          actions.add(Sheet.Action.press("transfer.reserve", path + "/reservation", Map.of()));
        }
        actions.add(Sheet.Action.press("transfer.cancel", path + "/cancellation", Map.of()));
      }
      case RESERVED ->
          actions.add(Sheet.Action.press("transfer.cancel", path + "/cancellation", Map.of()));
      case APPLIED ->
          actions.add(Sheet.Action.press("transfer.rollBack", path + "/rollback", Map.of()));
      case CANCELLED, FAILED, ROLLED_BACK -> {}
    }
    return Sheet.of(
            transfer.fileName(),
            List.of(
                People.home(book),
                book.crumb("transfer.list", "/transfers"),
                new Crumb(transfer.fileName(), path)))
        .led(Text.of("transfer.lead." + transfer.state()))
        .warning(
            report.findings().isEmpty()
                ? null
                : Text.of("transfer.hasErrors", String.valueOf(report.findings().size())))
        .with(facts(report))
        .doing(actions)
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("transfer.findings"),
                    List.of("transfer.line", "transfer.field", "transfer.reason", "transfer.value"),
                    report.findings().stream().limit(MOST_LINES).map(this::finding).toList(),
                    "transfer.findings.none"),
                new Sheet.Table(
                    Text.of("transfer.diff"),
                    List.of("transfer.line", "transfer.kind", "transfer.person", "transfer.after"),
                    report.rows().stream().limit(MOST_LINES).map(this::line).toList(),
                    "transfer.diff.none")));
  }

  private List<Fact> facts(Transfers.Report report) {
    var counts =
        report.rows().stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    TransferRow::kind,
                    java.util.TreeMap::new,
                    java.util.stream.Collectors.counting()));
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("transfer.state", state(report.transfer())));
    facts.add(Fact.of("transfer.on", JapaneseDates.date(report.transfer().effectiveOn())));
    facts.add(
        Fact.of(
            "transfer.rows",
            String.join(
                "、",
                counts.entrySet().stream()
                    .map(entry -> book.of("transfer.rows.count", entry.getKey(), entry.getValue()))
                    .toList())));
    if (report.leftOpen() > 0) {
      facts.add(
          Fact.of("transfer.leftOpen", book.of("transfer.leftOpen.count", report.leftOpen())));
    }
    return facts;
  }

  private List<Sheet.Cell> row(Transfer transfer) {
    return List.of(
        Sheet.Cell.link(transfer.fileName(), "/transfers/" + transfer.id()),
        Sheet.Cell.of(JapaneseDates.date(transfer.effectiveOn())),
        Sheet.Cell.of(state(transfer)));
  }

  private List<Sheet.Cell> finding(TransferFinding finding) {
    return List.of(
        Sheet.Cell.of(book.of("transfer.line.of", finding.line())),
        Sheet.Cell.of(finding.field()),
        Sheet.Cell.of(book.of("transfer.reason." + finding.reason())),
        Sheet.Cell.of(finding.value()));
  }

  private List<Sheet.Cell> line(TransferRow row) {
    return List.of(
        Sheet.Cell.of(book.of("transfer.line.of", row.line())),
        Sheet.Cell.of(row.kind()),
        Sheet.Cell.of(row.loginId()).noted(row.name().isEmpty() ? null : row.name()),
        Sheet.Cell.of(
            String.join(
                "　",
                java.util.stream.Stream.of(
                        row.sectionCode(),
                        row.post(),
                        row.roles(),
                        row.mail(),
                        row.successor().isEmpty()
                            ? ""
                            : book.of("transfer.successor", row.successor()))
                    .filter(text -> !text.isEmpty())
                    .toList())));
  }

  private String state(Transfer transfer) {
    return book.of("transfer.state." + transfer.state());
  }

  private List<Crumb> crumbs() {
    return List.of(
        People.home(book),
        book.crumb("staff.list", "/staff"),
        book.crumb("transfer.list", "/transfers"));
  }

  private ModelAndView form(
      @Nullable String on, Map<String, Text> wrong, @Nullable Text refusal, HttpStatus status) {
    return People.form(
        Form.of(
                book.of("transfer.new"),
                crumbs(),
                "/transfers",
                List.of(
                    Field.required("file", "transfer.file")
                        .hinted("transfer.file.hint")
                        .drawn(Form.CSV)
                        .wrong(wrong.get("file")),
                    Field.required("on", "transfer.on")
                        .hinted("transfer.on.hint")
                        .drawn(Form.DAY)
                        .with(on)
                        .wrong(wrong.get("on"))),
                "transfer.new.submit",
                "/transfers")
            .led(Text.of("transfer.new.lead"))
            .refused(refusal),
        status);
  }
}
