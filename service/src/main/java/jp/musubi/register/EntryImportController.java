package jp.musubi.register;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 台帳の取込: a list is looked at with all it would change, and then corrected by. */
@Controller
@RequestMapping("/register/import")
@Needs(Act.CORRECT_BY_LIST)
class EntryImportController {
  private static final String PATH = "/register/import";
  private static final int MOST_BYTES = 1_000_000;
  private static final int MOST_SHOWN = 200;

  private final EntryImports imports;
  private final Book book;

  EntryImportController(EntryImports imports, Book book) {
    this.imports = imports;
    this.book = book;
  }

  /**
   * What would change.
   *
   * @param more changes and findings that are not shown
   * @param csv the list, for the button below
   */
  record Page(
      List<Crumb> crumbs,
      int lines,
      int same,
      List<EntryImport.Change> changes,
      List<EntryImport.Finding> findings,
      int more,
      List<String> ignored,
      int count,
      String csv,
      String seen,
      Field reason) {}

  @GetMapping
  ModelAndView ask() {
    return form(Map.of(), null, "", HttpStatus.OK);
  }

  /** 「何が変わるかを見る」. Changes nothing. */
  @PostMapping
  ModelAndView look(
      @CurrentStaff StaffMember clerk,
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(required = false) @Nullable String reason)
      throws IOException {
    var reader = new FormReader();
    var why = reader.lines("reason", reason, 500);
    if (file == null || file.isEmpty()) {
      reader.reject("file", "csv.missing");
    } else if (file.getSize() > MOST_BYTES) {
      reader.reject("file", "register.import.large");
    }
    if (!reader.wrong().isEmpty() || file == null) {
      return form(reader.wrong(), null, why, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return look(file.getBytes(), why, clerk, null);
  }

  private ModelAndView look(byte[] file, String reason, StaffMember clerk, @Nullable Text refusal) {
    return switch (imports.read(file, clerk)) {
      case EntryImports.Reading.Unfit(var why) ->
          form(Map.of("file", why), null, reason, HttpStatus.UNPROCESSABLE_CONTENT);
      case EntryImports.Reading.Read(var list) -> {
        var page = new ModelAndView("register/import", "page", page(list, file, reason));
        page.addObject("refusal", refusal);
        page.setStatus(
            refusal != null
                ? HttpStatus.CONFLICT
                : list.findings().isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
        yield page;
      }
    };
  }

  /** 「この内容で直す」. */
  @PostMapping("/correction")
  ModelAndView correct(
      @CurrentStaff StaffMember clerk,
      @RequestParam(defaultValue = "") String csv,
      @RequestParam(defaultValue = "") String seen,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var why = reader.lines("reason", reason, 500);
    var file = decoded(csv);
    if (!reader.wrong().isEmpty() || file.length == 0) {
      return form(reader.wrong(), Text.of("csv.missing"), why, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var refusal = imports.correct(file, seen, why, clerk, request.getRemoteAddr());
    if (refusal.isPresent()) {
      return look(file, why, clerk, refusal.get());
    }
    flash.addFlashAttribute("done", "register.import.done");
    return new ModelAndView("redirect:/register");
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notOurs) {
      return new byte[0];
    }
  }

  private Page page(EntryImport list, byte[] file, String reason) {
    var changes = list.changes().stream().limit(MOST_SHOWN).toList();
    var findings = list.findings().stream().limit(MOST_SHOWN).toList();
    return new Page(
        crumbs(),
        list.lines(),
        list.same(),
        changes,
        findings,
        list.changes().size() + list.findings().size() - changes.size() - findings.size(),
        list.ignored(),
        list.changes().size(),
        Base64.getEncoder().encodeToString(file),
        list.digest(),
        reason(reason, null));
  }

  private ModelAndView form(
      Map<String, Text> wrong, @Nullable Text refusal, String reason, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("register.import"),
                    crumbs(),
                    PATH,
                    List.of(
                        Field.required("file", "register.import.file")
                            .hinted("register.import.file.hint")
                            .drawn(Form.CSV)
                            .wrong(wrong.get("file")),
                        reason(reason, wrong.get("reason"))),
                    "register.import.look",
                    "/register")
                .led(
                    Text.of(
                        "register.import.lead",
                        book.of("register.column.number"),
                        String.join("、", imports.columns().keySet())))
                .refused(refusal));
    page.setStatus(status);
    return page;
  }

  private static Field reason(String typed, @Nullable Text wrong) {
    return Field.required("reason", "register.reason")
        .hinted("register.import.reason.hint")
        .drawn(Form.LINES)
        .with(typed)
        .wrong(wrong);
  }

  private List<Crumb> crumbs() {
    return List.of(
        book.crumb("contract.crumb.home", "/"),
        book.crumb("register.nav", "/register"),
        book.crumb("register.import", PATH));
  }
}
