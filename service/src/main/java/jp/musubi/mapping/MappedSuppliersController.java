package jp.musubi.mapping;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.counterparty.SupplierLists;
import jp.musubi.counterparty.SupplierRow;
import jp.musubi.platform.CsvTable;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FileName;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Sheet;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 名簿の取り込み: a list of another system becomes a list of suppliers, looked at before it counts. */
@Controller
@RequestMapping("/suppliers/import/mapped")
@Needs(Act.IMPORT_SUPPLIERS)
class MappedSuppliersController {
  private static final String PATH = "/suppliers/import/mapped";
  private static final int MOST_SHOWN = 200;

  /** Where the plan of suppliers expects what; its optional column comes last. */
  private static final List<Wanted> ORDER =
      SupplierRow.ALL_HEADINGS.stream()
          .map(heading ->
              Target.SUPPLIERS.wanted().stream()
                  .filter(each -> each.heading().equals(heading))
                  .findFirst()
                  .orElseThrow())
          .toList();

  private final Mappings mappings;
  private final SupplierLists lists;
  private final Book book;

  MappedSuppliersController(Mappings mappings, SupplierLists lists, Book book) {
    this.mappings = mappings;
    this.lists = lists;
    this.book = book;
  }

  @GetMapping
  ModelAndView begin() {
    return form("", Map.of(), null, HttpStatus.OK);
  }

  @PostMapping
  ModelAndView check(
      @CurrentStaff StaffMember giver,
      @RequestParam(defaultValue = "") String mapping,
      @RequestParam(required = false) @Nullable MultipartFile file,
      HttpServletRequest request)
      throws IOException {
    var reader = new FormReader();
    var chosen = chosen(mapping);
    if (chosen.isEmpty()) {
      reader.reject("mapping", "contract.wrong.choose");
    }
    if (file == null || file.isEmpty()) {
      reader.reject("file", "csv.missing");
    } else if (file.getSize() > MappingController.MOST_BYTES) {
      reader.reject("file", "mapping.unfit.bytes");
    }
    if (file == null || chosen.isEmpty() || !reader.wrong().isEmpty()) {
      return form(mapping, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (Mapped.read(file.getBytes(), chosen.get(), SupplierLists.MOST_ROWS)) {
      case Mapped.Reading.Unfit(var why) ->
          form(mapping, Map.of(), why, HttpStatus.UNPROCESSABLE_CONTENT);
      case Mapped.Reading.Read(var list) -> {
        var findings = list.rows().stream().flatMap(row -> row.findings().stream()).toList();
        yield findings.isEmpty()
            ? new ModelAndView(
                "redirect:/suppliers/import/"
                    + lists.check(
                        FileName.of(file.getOriginalFilename(), 100, "suppliers.csv"),
                        lines(list),
                        giver.id(),
                        giver.actor(),
                        request.getRemoteAddr()))
            : wrong(findings);
      }
    };
  }

  /**
   * The lines as the plan reads them. Registers name a supplier once for each trade it is qualified
   * in: lines that say the same are one.
   */
  static List<CsvTable.Line> lines(Mapped list) {
    var lines = new LinkedHashMap<List<String>, CsvTable.Line>();
    for (var row : list.rows()) {
      var cells = ORDER.stream().map(row::value).toList();
      lines.putIfAbsent(cells, new CsvTable.Line(row.line(), cells.size(), Optional.of(cells)));
    }
    return List.copyOf(lines.values());
  }

  private Optional<Mapping> chosen(String key) {
    return mappings.of(Target.SUPPLIERS).stream()
        .filter(each -> each.id().toString().equals(key))
        .findFirst();
  }

  private ModelAndView wrong(List<Mapped.Finding> findings) {
    var page =
        new ModelAndView(
            "web/sheet",
            "page",
            Sheet.of(book.of("mapping.suppliers"), crumbs())
                .led(Text.of("mapping.suppliers.wrong", findings.size() + ""))
                .doing(List.of(Sheet.Action.first("mapping.suppliers.again", PATH)))
                .listing(
                    List.of(
                        new Sheet.Table(
                            Text.of("mapping.findings"),
                            List.of(
                                "mapping.line",
                                "mapping.column.of",
                                "mapping.why",
                                "mapping.value"),
                            findings.stream()
                                .limit(MOST_SHOWN)
                                .map(each ->
                                    List.of(
                                        Sheet.Cell.of(each.line() + ""),
                                        Sheet.Cell.of(each.column()),
                                        Sheet.Cell.of(
                                            book.of(each.why().key(), each.why().arguments())),
                                        Sheet.Cell.of(each.value())))
                                .toList(),
                            "mapping.list.none"))));
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  private ModelAndView form(
      String mapping, Map<String, Text> wrong, @Nullable Text refusal, HttpStatus status) {
    var choices = new ArrayList<Option>();
    choices.add(new Option("", book.of("contract.kind.choose")));
    mappings
        .of(Target.SUPPLIERS)
        .forEach(each -> choices.add(new Option(each.id().toString(), each.name())));
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("mapping.suppliers"),
                    crumbs(),
                    PATH,
                    List.of(
                        Field.required("mapping", "mapping.choose")
                            .hinted("mapping.choose.hint")
                            .offering(choices)
                            .with(mapping)
                            .wrong(wrong.get("mapping")),
                        Field.required("file", "mapping.file")
                            .hinted("mapping.suppliers.file.hint")
                            .drawn(
                                new Field.Look(
                                    "file",
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    ".csv,.tsv,.txt,text/csv"))
                            .wrong(wrong.get("file"))),
                    "mapping.suppliers.submit",
                    "/suppliers")
                .led(Text.of("mapping.suppliers.lead"))
                .refused(refusal));
    page.setStatus(status);
    return page;
  }

  private List<Crumb> crumbs() {
    return List.of(
        book.crumb("people.crumb.home", "/"),
        book.crumb("supplier.list", "/suppliers"),
        book.crumb("mapping.suppliers", PATH));
  }
}
