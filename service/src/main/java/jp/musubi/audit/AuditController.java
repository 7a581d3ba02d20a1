package jp.musubi.audit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.authority.Role;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.evidence.AuditQuery;
import jp.musubi.evidence.AuditReading;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * 監査記録: what everybody did, searched and taken out. Of contracts, 監査 sees the record of those that
 * are open to them.
 */
@Controller
@Needs(Act.SEE_AUDIT)
class AuditController {
  private static final int PAGE = 50;

  private final AuditReading reading;
  private final AuditExport export;
  private final AuditWords words;
  private final AccessRecord record;
  private final KeepingRules keeping;
  private final Organisations organisations;
  private final Book book;
  private final Clock clock;

  AuditController(
      AuditReading reading,
      AuditExport export,
      AuditWords words,
      AccessRecord record,
      KeepingRules keeping,
      Organisations organisations,
      Book book,
      Clock clock) {
    this.reading = reading;
    this.export = export;
    this.words = words;
    this.record = record;
    this.keeping = keeping;
    this.organisations = organisations;
    this.book = book;
    this.clock = clock;
  }

  /** One line of the list. */
  record Line(
      long seq,
      String at,
      String who,
      String capacity,
      String what,
      @Nullable String contract,
      @Nullable String contractPath,
      String result,
      boolean refused,
      String ip,
      String details,
      String hash) {}

  /**
   * The page.
   *
   * @param older where the list goes on, if it does
   * @param whole whether the reader sees the whole body's record
   * @param years for how many an entry is kept at the least
   */
  record Page(
      List<Field> fields,
      boolean bare,
      boolean whole,
      int years,
      List<Line> lines,
      @Nullable String older,
      String csv,
      String cp932,
      String jsonl) {}

  @Bean
  static NavigationItem toAudit() {
    Set<String> roles = Act.SEE_AUDIT.roles().stream().map(Role::name).collect(Collectors.toSet());
    return new NavigationItem(500, "clock", "audit.nav", "/audit", roles);
  }

  @GetMapping("/audit")
  ModelAndView list(
      @AuthenticationPrincipal SignedInStaff reader,
      @ModelAttribute AuditSearchForm asked,
      @RequestParam(defaultValue = "9223372036854775807") long before) {
    var opened = opened(reader);
    var read = asked.read(opened, reader.id());
    var fine = read.wrong().isEmpty();
    var found = fine ? reading.page(read.query(), before, PAGE + 1) : List.<AuditReading.Line>of();
    var shown = found.subList(0, Math.min(PAGE, found.size()));
    var more = found.size() > PAGE;
    var page =
        new Page(
            asked.fields(read.wrong(), book),
            asked.address("/audit").build().toUriString().equals("/audit"),
            opened.isEmpty(),
            keeping.current().years(),
            shown.stream().map(this::line).toList(),
            more
                ? asked
                    .address("/audit")
                    .queryParam("before", shown.getLast().entry().seq())
                    .build()
                    .toUriString()
                : null,
            export("csv", asked, null),
            export("csv", asked, "cp932"),
            export("jsonl", asked, null));
    var answer = new ModelAndView("audit/list", "page", page);
    answer.setStatus(fine ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return answer;
  }

  private Optional<AuditQuery.Opened> opened(SignedInStaff reader) {
    return Authorisation.reach(reader, Act.SEE_AUDIT).everywhere()
        ? Optional.empty()
        : Optional.of(
            new AuditQuery.Opened(
                reader.id(), clock.instant(), Authorisation.seesRecordBesideContracts(reader)));
  }

  private static String export(String kind, AuditSearchForm asked, @Nullable String letters) {
    var address = asked.address("/audit/record." + kind);
    if (letters != null) {
      address.queryParam("letters", letters);
    }
    return address.build().toUriString();
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry says what was taken, and how")
  @GetMapping("/audit/record.csv")
  void csv(
      @AuthenticationPrincipal SignedInStaff reader,
      @ModelAttribute AuditSearchForm asked,
      @RequestParam(defaultValue = "utf-8") String letters,
      HttpServletResponse response)
      throws IOException {
    var query = asked.read(opened(reader), reader.id()).query();
    var chosen = letters.equals("cp932") ? AuditExport.Letters.CP932 : AuditExport.Letters.UTF_8;
    begin(asked, "csv", "text/csv; charset=" + chosen.charset().name(), response);
    export.csv(query, chosen, response.getOutputStream());
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry says what was taken, and how")
  @GetMapping("/audit/record.jsonl")
  void jsonl(
      @AuthenticationPrincipal SignedInStaff reader,
      @ModelAttribute AuditSearchForm asked,
      HttpServletResponse response)
      throws IOException {
    var query = asked.read(opened(reader), reader.id()).query();
    begin(asked, "jsonl", "application/jsonl; charset=UTF-8", response);
    export.jsonl(query, response.getOutputStream());
  }

  private void begin(
      AuditSearchForm asked, String kind, String type, HttpServletResponse response) {
    record.note(
        "audit.exported",
        null,
        Map.of("format", kind, "query", asked.address("").build().toUriString()));
    response.setContentType(type);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename("監査記録_" + organisations.today() + "." + kind, StandardCharsets.UTF_8)
            .build()
            .toString());
  }

  private Line line(AuditReading.Line found) {
    var entry = found.entry();
    var roles = words.roles(entry);
    return new Line(
        entry.seq(),
        JapaneseDates.time(entry.at()),
        entry.actor().name(),
        roles.isEmpty() ? words.actorKind(entry) : words.actorKind(entry) + "（" + roles + "）",
        words.action(entry),
        found.contractNumber().map(n -> n + " " + found.contractTitle().orElse("")).orElse(null),
        entry.contractId() == null ? null : "/contracts/" + entry.contractId(),
        words.result(entry),
        jp.musubi.evidence.AuditKind.isRefusal(entry.action()),
        java.util.Objects.requireNonNullElse(entry.clientIp(), "—"),
        words.details(entry),
        entry.hash());
  }
}
