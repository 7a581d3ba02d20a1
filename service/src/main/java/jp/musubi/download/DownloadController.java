package jp.musubi.download;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.contract.ContractSearch;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.vault.VaultCare;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** まとめて取り出す: the concluded contracts of what the list shows, within the reader's reach. */
@Controller
@Needs(Act.LIST_CONTRACTS)
class DownloadController {
  private static final int COUNTED = 1000;

  private final ContractSearch search;
  private final Bundle bundle;
  private final FileNameRules rules;
  private final VaultCare care;
  private final AccessRecord record;
  private final Book book;
  private final Clock clock;

  DownloadController(
      ContractSearch search,
      Bundle bundle,
      FileNameRules rules,
      VaultCare care,
      AccessRecord record,
      Book book,
      Clock clock) {
    this.search = search;
    this.bundle = bundle;
    this.rules = rules;
    this.care = care;
    this.record = record;
    this.book = book;
    this.clock = clock;
  }

  @GetMapping("/contracts/download")
  ModelAndView show(
      @AuthenticationPrincipal SignedInStaff reader,
      @RequestParam(defaultValue = "all") String filter,
      @RequestParam(defaultValue = "") String words) {
    var selection = Selection.of(filter, words);
    var page =
        selection.page(
            search, Authorisation.reach(reader, Act.SEE_CONTRACT), Optional.empty(), COUNTED);
    var count = page.contracts().size();
    var broken = care.standing().open();
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(
                book.of("download.heading"),
                List.of(
                    book.crumb("people.crumb.home", "/"),
                    book.crumb("contract.list.heading", selection.address("/contracts")),
                    book.crumb("download.heading", selection.address("/contracts/download"))))
            .led(Text.of(count == 0 ? "download.none" : "download.lead"))
            .warning(broken == 0 ? null : Text.of("download.broken", String.valueOf(broken)))
            .with(
                List.of(
                    Fact.of("download.chosen", book.of("contract.filter." + selection.filter())),
                    Fact.of(
                        "download.words",
                        selection.words().isBlank()
                            ? book.of("download.words.none")
                            : selection.words()),
                    Fact.of(
                        "download.count",
                        book.of(
                            page.next().isPresent() ? "download.count.more" : "download.count.of",
                            count)),
                    Fact.of("download.name", rules.current().of(FileNameRule.example()) + ".pdf")))
            .doing(
                count == 0
                    ? List.of()
                    : List.of(
                        Sheet.Action.first(
                            "download.take", selection.address("/contracts/download.zip")))));
  }

  @Recorded(by = Recorded.By.ITSELF, because = "entries say what was taken, and by which choice")
  @GetMapping("/contracts/download.zip")
  void take(
      @AuthenticationPrincipal SignedInStaff reader,
      @RequestParam(defaultValue = "all") String filter,
      @RequestParam(defaultValue = "") String words,
      HttpServletResponse response)
      throws IOException {
    var selection = Selection.of(filter, words);
    var reach = Authorisation.reach(reader, Act.SEE_CONTRACT);
    if (selection.page(search, reach, Optional.empty(), 1).contracts().isEmpty()) {
      throw new NotFound("no concluded contract fits");
    }
    var choice = selection.address("/contracts");
    record.note("contracts.exported", null, Map.of("format", "zip", "query", choice));
    var now = clock.instant();
    var told = new LinkedHashMap<String, Object>();
    told.put("body", reader.bodyName());
    told.put("at", now.toString());
    told.put("by", reader.displayName());
    told.put("conditions", choice);
    response.setContentType("application/zip");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename(
                "契約書_" + now.atZone(JapaneseDates.ZONE).toLocalDate() + ".zip",
                StandardCharsets.UTF_8)
            .build()
            .toString());
    var written = bundle.write(selection, reach, told, response.getOutputStream());
    record.note(
        "contracts.export-ended",
        null,
        Map.of(
            "contracts", String.valueOf(written.contracts()),
            "leftOut", String.valueOf(written.leftOut().size())));
  }
}
