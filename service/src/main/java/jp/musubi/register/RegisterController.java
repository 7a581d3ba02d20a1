package jp.musubi.register;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.authority.Role;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.folder.FolderChoices;
import jp.musubi.fulltext.FullText;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.FormReader;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * 契約台帳: search with its state in the address, the searches one keeps, and the list to take away.
 */
@Controller
@Needs(Act.LIST_CONTRACTS)
class RegisterController {
  private static final int PAGE = 50;
  private static final int LONGEST_QUERY = 8000;

  private final RegisterSearch search;
  private final RegisterPages pages;
  private final RegisterCsv csv;
  private final SavedSearches saved;
  private final Items items;
  private final FolderChoices folders;
  private final FullText fullText;
  private final Cases cases;
  private final AccessRecord record;
  private final Organisations organisations;

  RegisterController(
      RegisterSearch search,
      RegisterPages pages,
      RegisterCsv csv,
      SavedSearches saved,
      Items items,
      FolderChoices folders,
      FullText fullText,
      Cases cases,
      AccessRecord record,
      Organisations organisations) {
    this.search = search;
    this.pages = pages;
    this.csv = csv;
    this.saved = saved;
    this.items = items;
    this.folders = folders;
    this.fullText = fullText;
    this.cases = cases;
    this.record = record;
    this.organisations = organisations;
  }

  @GetMapping("/register")
  ModelAndView search(
      @CurrentStaff StaffMember reader,
      @RequestParam MultiValueMap<String, String> typed,
      @RequestParam(required = false) @Nullable String after) {
    return page(reader, RegisterForm.of(typed, items.all()), after, "");
  }

  private ModelAndView page(
      StaffMember reader, RegisterForm form, @Nullable String after, String nameWrong) {
    var typed = new FormReader();
    var query = form.read(typed);
    var reach = Authorisation.reach(reader, Act.SEE_CONTRACT);
    var fine = typed.wrong().isEmpty();
    var found =
        fine
            ? search.page(reach, query, after == null ? null : cursor(after), PAGE)
            : new RegisterSearch.Page(List.of(), java.util.Optional.empty());
    var count = fine ? search.count(reach, query) : new RegisterSearch.Count(0, false);
    var page =
        new ModelAndView(
            "register/list",
            "page",
            pages.of(
                form,
                typed.wrong(),
                found,
                count,
                after != null,
                saved.of(reader.id()),
                folders.of(reader),
                nameWrong,
                reader.may(Role.CLERK),
                fullText.enabled(),
                query.fullText()
                    ? fullText.excerpts(
                        found.rows().stream().map(RegisterRow::id).toList(), query.words())
                    : Map.of(),
                cases.among(reach, found.rows().stream().map(RegisterRow::id).toList())));
    page.setStatus(fine && nameWrong.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry says what was taken, and how")
  @GetMapping("/register.csv")
  void csv(
      @CurrentStaff StaffMember reader,
      @RequestParam MultiValueMap<String, String> typed,
      @RequestParam(defaultValue = "utf-8") String letters,
      HttpServletResponse response)
      throws IOException {
    var form = RegisterForm.of(typed, items.all());
    var reading = new FormReader();
    var query = form.read(reading);
    if (!reading.wrong().isEmpty()) {
      // Never more than was asked for: what cannot be read is no condition that lets all through.
      response.sendRedirect(form.address("/register").build().toUriString());
      return;
    }
    var chosen = letters.equals("cp932") ? Letters.CP932 : Letters.UTF_8;
    record.note(
        "register.exported",
        null,
        Map.of("format", chosen.name(), "query", form.address("").build().toUriString()));
    response.setContentType("text/csv; charset=" + chosen.charset().name());
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename("契約台帳_" + organisations.today() + ".csv", StandardCharsets.UTF_8)
            .build()
            .toString());
    csv.write(
        Authorisation.reach(reader, Act.SEE_CONTRACT), query, chosen, response.getOutputStream());
  }

  @PostMapping("/register/searches")
  ModelAndView save(
      @CurrentStaff StaffMember reader,
      @RequestParam MultiValueMap<String, String> typed,
      @RequestParam(name = "name", required = false) @Nullable String name) {
    var form = RegisterForm.of(typed, items.all());
    var naming = new FormReader();
    var called = naming.line("name", name, 40, true);
    var query = form.address("").build().toUriString();
    if (!naming.wrong().isEmpty() || called.length() > 400 || query.length() > LONGEST_QUERY) {
      return page(reader, form, null, "register.saved.wrong");
    }
    return saved.save(reader.id(), called, query)
        ? new ModelAndView("redirect:" + form.address("/register").build().toUriString())
        : page(reader, form, null, "register.saved.tooMany");
  }

  @PostMapping("/register/searches/{search}/removal")
  String remove(@CurrentStaff StaffMember reader, @PathVariable("search") UUID id) {
    saved.remove(reader.id(), id);
    return "redirect:/register";
  }

  private static RegisterSearch.Cursor cursor(String text) {
    var parts = text.split("_", 2);
    try {
      return new RegisterSearch.Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
    } catch (DateTimeParseException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new NotFound("page of the register after " + text);
    }
  }
}
