package jp.musubi.mandate;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.FileName;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Vault;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 委任の一覧, and one of them with its 委任状. */
@Controller
@Needs(Act.SEE_SUPPLIERS)
@RequestMapping("/mandates")
class MandateController {
  private static final int MOST = 200;
  private static final int MOST_LINES = 100_000;

  private final MandateRegister register;
  private final MandateSheets sheets;
  private final MandateCsv csv;
  private final Vault vault;
  private final AccessRecord looks;
  private final Book book;

  MandateController(
      MandateRegister register,
      MandateSheets sheets,
      MandateCsv csv,
      Vault vault,
      AccessRecord looks,
      Book book) {
    this.register = register;
    this.sheets = sheets;
    this.csv = csv;
    this.vault = vault;
    this.looks = looks;
    this.book = book;
  }

  @GetMapping
  ModelAndView list(
      @CurrentStaff StaffMember reader,
      @RequestParam(defaultValue = "") String words,
      @RequestParam(defaultValue = "false") boolean over) {
    var found = register.search(words, !over, MOST);
    var tables = new ArrayList<Sheet.Table>();
    var ending = register.ending();
    if (!over && words.isBlank() && !ending.isEmpty()) {
      tables.add(
          sheets.table(
              Text.of("mandate.ending", String.valueOf(ending.size())),
              ending,
              true,
              "mandate.none"));
    }
    tables.add(
        sheets.table(
            Text.of(
                found.size() < MOST ? "mandate.count" : "mandate.countMost",
                String.valueOf(found.size())),
            found,
            true,
            words.isBlank() ? "mandate.none" : "mandate.none.found"));
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("mandate.list"), sheets.crumbs())
            .led(Text.of(over ? "mandate.list.lead.over" : "mandate.list.lead"))
            .doing(
                List.of(
                    over
                        ? Sheet.Action.link("mandate.showOpen", "/mandates")
                        : Sheet.Action.link("mandate.showOver", "/mandates?over=true"),
                    Sheet.Action.link("mandate.csv", "/mandates/list.csv")))
            .searching(new Sheet.Search("/mandates", "mandate.search", words))
            .listing(tables));
  }

  /** All, those that can be chosen first. */
  @Recorded(by = Recorded.By.ITSELF, because = "an entry says how many were taken")
  @GetMapping("/list.csv")
  ResponseEntity<byte[]> table() {
    var all = new ArrayList<>(register.search("", true, MOST_LINES));
    all.addAll(register.search("", false, MOST_LINES));
    looks.note("mandate.exported", null, Map.of("lines", String.valueOf(all.size())));
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "text/csv; charset=UTF-8")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(FileName.plain(book.of("mandate.list")) + ".csv", UTF_8)
                .build()
                .toString())
        .header("X-Content-Type-Options", "nosniff")
        .cacheControl(CacheControl.noStore())
        .body(csv.of(all).getBytes(UTF_8));
  }

  @GetMapping("/{mandate}")
  ModelAndView show(@PathVariable UUID mandate, @CurrentStaff StaffMember reader) {
    var may = Act.CHANGE_SUPPLIERS.roles().stream().anyMatch(reader::may);
    return new ModelAndView("web/sheet", "page", sheets.page(register.whole(mandate), may));
  }

  /** A 委任状. It came from outside: a download, never shown as what it says it is (ASVS 3.2.1). */
  @Recorded(by = Recorded.By.ITSELF, because = "an entry says which file")
  @GetMapping("/{mandate}/papers/{version}.pdf")
  void paper(@PathVariable UUID mandate, @PathVariable int version, HttpServletResponse response) {
    var paper =
        register.whole(mandate).versions().stream()
            .filter(each -> each.version() == version)
            .findFirst()
            .orElseThrow(() -> new NotFound("version %d of %s".formatted(version, mandate)))
            .said()
            .paper();
    looks.note(
        "mandate.downloaded",
        null,
        Map.of(
            "mandate", mandate.toString(),
            "document", paper.sha256().hex(),
            "file", paper.name()));
    vault.with(
        paper.sha256(),
        bytes -> {
          response.setContentType("application/pdf");
          response.setContentLengthLong(paper.bytes());
          response.setHeader(
              HttpHeaders.CONTENT_DISPOSITION,
              ContentDisposition.attachment().filename(paper.name(), UTF_8).build().toString());
          response.setHeader("X-Content-Type-Options", "nosniff");
          response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
          try {
            return Files.copy(bytes, response.getOutputStream());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
