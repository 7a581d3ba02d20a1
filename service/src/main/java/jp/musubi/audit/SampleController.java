package jp.musubi.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.authority.Role;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 監査の抽出: what was drawn, its opening and end by an administrator, its bundle. */
@Controller
@Needs(Act.SEE_SAMPLES)
@RequestMapping(SamplePages.PATH)
class SampleController {
  private final Samples samples;
  private final Ledger ledger;
  private final SamplePages pages;
  private final AuditBundle bundle;
  private final AccessRecord record;
  private final Organisations organisations;
  private final Clock clock;

  SampleController(
      Samples samples,
      Ledger ledger,
      SamplePages pages,
      AuditBundle bundle,
      AccessRecord record,
      Organisations organisations,
      Clock clock) {
    this.samples = samples;
    this.ledger = ledger;
    this.pages = pages;
    this.bundle = bundle;
    this.record = record;
    this.organisations = organisations;
    this.clock = clock;
  }

  @Bean
  static NavigationItem toSamples() {
    Set<String> roles =
        Act.SEE_SAMPLES.roles().stream().map(Role::name).collect(Collectors.toSet());
    return new NavigationItem(510, "list", "audit.samples", SamplePages.PATH, roles);
  }

  @GetMapping
  ModelAndView list(@AuthenticationPrincipal SignedInStaff reader) {
    return new ModelAndView("web/sheet", "page", pages.list(samples.of(reader.member()), reader));
  }

  @GetMapping("/{sample}")
  ModelAndView show(@PathVariable UUID sample, @AuthenticationPrincipal SignedInStaff reader) {
    return shown(sample, reader);
  }

  private ModelAndView shown(UUID id, SignedInStaff reader) {
    var sample = samples.get(id, reader.member());
    return new ModelAndView("web/sheet", "page", pages.show(sample, ledger.of(id), reader));
  }

  @GetMapping("/{sample}/opening")
  @Needs(Act.OPEN_SAMPLE)
  ModelAndView ask(@PathVariable UUID sample, @AuthenticationPrincipal SignedInStaff admin) {
    var today = organisations.today();
    return form(
        samples.get(sample, admin.member()),
        JapaneseDates.era(today),
        JapaneseDates.era(today.plusDays(14)),
        Map.of(),
        null,
        HttpStatus.OK);
  }

  @PostMapping("/{sample}/opening")
  @Needs(Act.OPEN_SAMPLE)
  ModelAndView open(
      @PathVariable UUID sample,
      @AuthenticationPrincipal SignedInStaff admin,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String last,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var found = samples.get(sample, admin.member());
    var reader = new FormReader();
    var begins = reader.day("from", from);
    var ends = reader.day("last", last);
    if (begins.isEmpty()) {
      reader.reject("from", "web.wrong.day");
    }
    if (ends.isEmpty()) {
      reader.reject("last", "web.wrong.day");
    }
    if (begins.isEmpty() || ends.isEmpty()) {
      return form(found, from, last, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var refusal =
        samples.open(
            sample,
            begins.get().atStartOfDay(JapaneseDates.ZONE).toInstant(),
            ends.get().plusDays(1).atStartOfDay(JapaneseDates.ZONE).toInstant(),
            admin.member(),
            request.getRemoteAddr());
    if (refusal.isPresent()) {
      return form(found, from, last, Map.of(), words(refusal.get()), HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "audit.sample.opened");
    return new ModelAndView("redirect:" + SamplePages.PATH + "/" + sample);
  }

  @PostMapping("/{sample}/end")
  @Needs(Act.OPEN_SAMPLE)
  ModelAndView end(
      @PathVariable UUID sample,
      @AuthenticationPrincipal SignedInStaff admin,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var refusal = samples.end(sample, admin.member(), request.getRemoteAddr());
    if (refusal.isPresent()) {
      var page = shown(sample, admin);
      page.addObject("refusal", words(refusal.get()));
      page.setStatus(HttpStatus.CONFLICT);
      return page;
    }
    flash.addFlashAttribute("done", "audit.sample.ended");
    return new ModelAndView("redirect:" + SamplePages.PATH + "/" + sample);
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry says what was taken, and how")
  @GetMapping("/{sample}/bundle.zip")
  void take(
      @PathVariable("sample") UUID id,
      @AuthenticationPrincipal SignedInStaff reader,
      HttpServletResponse response)
      throws IOException {
    var now = clock.instant();
    var sample = samples.get(id, reader.member());
    if (sample.state(now) != Sample.State.OPEN) {
      throw new NotFound("bundle of sample " + id + ": " + sample.state(now));
    }
    var told = new LinkedHashMap<String, Object>();
    told.put("sample", id.toString());
    told.put("purpose", sample.purpose());
    told.put("conditions", sample.conditions());
    told.put("candidates", sample.candidates());
    told.put("seed", sample.seed());
    told.put("auditor", sample.auditorName());
    told.put("drawnAt", sample.drawnAt().toString());
    told.put("by", reader.displayName());
    record.note(
        "audit.exported",
        null,
        Map.of(
            "format",
            "bundle",
            "sample",
            id.toString(),
            "contracts",
            String.valueOf(sample.contracts())));
    response.setContentType("application/zip");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename("検査提出セット.zip", StandardCharsets.UTF_8)
            .build()
            .toString());
    bundle.write(ledger.of(id), reader.bodyName(), told, now, response.getOutputStream());
  }

  private static Text words(Sample.Refusal refusal) {
    return Text.of("audit.sample.refusal." + refusal, String.valueOf(Sample.LONGEST.toDays()));
  }

  private ModelAndView form(
      Sample sample,
      @Nullable String from,
      @Nullable String last,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var page =
        new ModelAndView("web/form", "page", pages.opening(sample, from, last, wrong, refusal));
    page.setStatus(status);
    return page;
  }
}
