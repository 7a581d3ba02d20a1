package jp.musubi.statistics;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.authority.Role;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.register.Letters;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 利用統計: the page, its tables as CSV, and the report of a period that is over. */
@Controller
@Needs(Act.LIST_CONTRACTS)
class StatisticsController {
  static final String PATH = "/statistics";
  static final String CSV = "/statistics.csv";
  static final String REPORT = "/statistics.pdf";

  private final Readings readings;
  private final StatisticsPages pages;
  private final FigureCsv csv;
  private final Reports reports;
  private final AccessRecord record;
  private final Organisations organisations;

  StatisticsController(
      Readings readings,
      StatisticsPages pages,
      FigureCsv csv,
      Reports reports,
      AccessRecord record,
      Organisations organisations) {
    this.readings = readings;
    this.pages = pages;
    this.csv = csv;
    this.reports = reports;
    this.record = record;
    this.organisations = organisations;
  }

  @Bean
  static NavigationItem toStatistics() {
    var roles = Act.LIST_CONTRACTS.roles().stream().map(Role::name).collect(Collectors.toSet());
    return new NavigationItem(320, "chart", "statistics.title", PATH, roles, Set.of());
  }

  /** What is asked for, as an address has it. */
  record Typed(
      @Nullable Integer year,
      @Nullable Integer month,
      @Nullable UUID section,
      @Nullable Integer days) {}

  @GetMapping(PATH)
  ModelAndView page(@CurrentStaff StaffMember reader, @ModelAttribute("typed") Typed typed) {
    return new ModelAndView(
        "statistics/show", "page", pages.of(read(reader, typed), organisations.today()));
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry says what was taken, and how")
  @GetMapping(CSV)
  void csv(
      @CurrentStaff StaffMember reader,
      @ModelAttribute("typed") Typed typed,
      @RequestParam(defaultValue = "months") String figure,
      @RequestParam(defaultValue = "utf-8") String letters,
      HttpServletResponse response)
      throws IOException {
    var reading = read(reader, typed);
    var chosen =
        pages.all(reading).stream()
            .filter(each -> each.name().equals(figure))
            .findFirst()
            .orElseThrow(() -> new NotFound("figure " + figure));
    var written = letters.equals("cp932") ? Letters.CP932 : Letters.UTF_8;
    var scope = pages.scope(reading);
    record.note(
        "statistics.exported",
        null,
        Map.of("figure", chosen.name(), "format", written.name(), "scope", scope));
    response.setContentType("text/csv; charset=" + written.charset().name());
    name(response, "利用統計_%s_%s.csv".formatted(chosen.caption(), scope));
    csv.write(chosen, written, response.getOutputStream());
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry says what was taken, and how")
  @GetMapping(REPORT)
  void report(
      @CurrentStaff StaffMember reader,
      @AuthenticationPrincipal SignedInStaff signedIn,
      @ModelAttribute("typed") Typed typed,
      HttpServletResponse response)
      throws IOException {
    var reading = read(reader, typed);
    if (!reading.asked().period().isOver(organisations.today())) {
      throw new NotFound("a report of a period that is not over");
    }
    var scope = pages.scope(reading);
    record.note("statistics.exported", null, Map.of("format", "PDF", "scope", scope));
    response.setContentType(MediaType.APPLICATION_PDF_VALUE);
    name(response, reports.title(reading) + "_" + scope + ".pdf");
    reports.write(reading, signedIn.bodyName(), response.getOutputStream());
  }

  private Reading read(StaffMember reader, Typed typed) {
    return readings.read(
        Authorisation.reach(reader, Act.SEE_CONTRACT),
        Asked.of(
            typed.year(), typed.month(), typed.section(), typed.days(), organisations.today()));
  }

  static void name(HttpServletResponse response, String file) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename(
                file.replaceAll("[\\p{Cntrl}\\p{Z}/\\\\:*?\"<>|]+", "_"), StandardCharsets.UTF_8)
            .build()
            .toString());
  }
}
