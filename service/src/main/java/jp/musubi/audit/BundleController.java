package jp.musubi.audit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/** 検査提出セット: draw contracts, look at what was drawn, take it away. */
@Controller
@Needs(Act.SEE_AUDIT)
class BundleController {
  private final AuditSample sample;
  private final AuditBundle bundle;
  private final AccessRecord record;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  BundleController(AuditSample sample, AuditBundle bundle, AccessRecord record, Clock clock) {
    this.sample = sample;
    this.bundle = bundle;
    this.record = record;
    this.clock = clock;
  }

  /** The conditions as typed. */
  record Typed(
      @Nullable String from,
      @Nullable String until,
      @Nullable String least,
      @Nullable String count,
      @Nullable String seed) {

    /** An address that asks the same. */
    String address(String path, String with) {
      var address = UriComponentsBuilder.fromPath(path);
      var values = new LinkedHashMap<String, Object>();
      put(address, values, "from", from);
      put(address, values, "until", until);
      put(address, values, "least", least);
      put(address, values, "count", count);
      put(address, values, "seed", with);
      return address.encode().buildAndExpand(values).toUriString();
    }

    private static void put(
        UriComponentsBuilder address,
        Map<String, Object> values,
        String name,
        @Nullable String value) {
      if (value != null && !value.isBlank()) {
        address.queryParam(name, "{" + name + "}");
        values.put(name, value);
      }
    }
  }

  /** A contract in the list. */
  record Line(String path, String number, String title, String concluded, String amount) {}

  /**
   * The page.
   *
   * @param candidates how many contracts fit
   * @param zip where the bundle is; null before anything was asked
   */
  record Page(
      List<Field> fields, int candidates, List<Line> drawn, String seed, @Nullable String zip) {}

  /** The conditions as understood, or what is wrong with them. */
  private record Read(AuditSample.Condition condition, Map<String, Text> wrong) {}

  @GetMapping("/audit/bundle")
  ModelAndView choose(@AuthenticationPrincipal SignedInStaff reader, @ModelAttribute Typed typed) {
    var read = read(typed);
    var asked = typed.seed() != null;
    var fine = read.wrong().isEmpty();
    var reach = Authorisation.reach(reader, Act.SEE_AUDIT);
    var drawn = asked && fine ? sample.draw(read.condition(), reach) : List.<AuditSample.Drawn>of();
    var page =
        new Page(
            fields(typed, read.wrong()),
            asked && fine ? sample.candidates(read.condition(), reach) : 0,
            drawn.stream().map(BundleController::line).toList(),
            read.condition().seed(),
            drawn.isEmpty() ? null : typed.address("/audit/bundle.zip", read.condition().seed()));
    var answer = new ModelAndView("audit/bundle", "page", page);
    answer.addObject("asked", asked && fine);
    answer.setStatus(fine ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return answer;
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry says what was taken, and how")
  @GetMapping("/audit/bundle.zip")
  void take(
      @AuthenticationPrincipal SignedInStaff reader,
      @ModelAttribute Typed typed,
      HttpServletResponse response)
      throws IOException {
    var read = read(typed);
    var reach = Authorisation.reach(reader, Act.SEE_AUDIT);
    var drawn =
        read.wrong().isEmpty()
            ? sample.draw(read.condition(), reach)
            : List.<AuditSample.Drawn>of();
    if (drawn.isEmpty()) {
      throw new NotFound("no contract fits");
    }
    var told = new LinkedHashMap<String, Object>();
    told.put("conditions", typed.address("", read.condition().seed()));
    told.put("candidates", sample.candidates(read.condition(), reach));
    told.put("seed", read.condition().seed());
    told.put("by", reader.displayName());
    record.note(
        "audit.exported",
        null,
        Map.of(
            "format",
            "bundle",
            "contracts",
            String.valueOf(drawn.size()),
            "query",
            typed.address("", read.condition().seed())));
    response.setContentType("application/zip");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename("検査提出セット.zip", StandardCharsets.UTF_8)
            .build()
            .toString());
    bundle.write(drawn, reader.bodyName(), told, clock.instant(), response.getOutputStream());
  }

  private Read read(Typed typed) {
    var reader = new FormReader();
    var seed = reader.line("seed", typed.seed(), 64, false);
    var condition =
        new AuditSample.Condition(
            reader
                .day("from", typed.from())
                .map(day -> day.atStartOfDay(JapaneseDates.ZONE).toInstant()),
            reader
                .day("until", typed.until())
                .map(day -> day.plusDays(1).atStartOfDay(JapaneseDates.ZONE).toInstant()),
            reader.yen("least", typed.least()),
            typed.count() == null || typed.count().isBlank()
                ? Optional.empty()
                : Optional.of(reader.number("count", typed.count(), 1, AuditSample.MOST)),
            seed.isEmpty() ? lot() : seed);
    return new Read(condition, reader.wrong());
  }

  private String lot() {
    var bytes = new byte[8];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static List<Field> fields(Typed typed, Map<String, Text> wrong) {
    return List.of(
        field("from", typed.from(), wrong).drawn(Form.DAY).hinted("audit.day.hint"),
        field("until", typed.until(), wrong).drawn(Form.DAY).hinted("audit.day.hint"),
        field("least", typed.least(), wrong).drawn(Field.Look.MONEY),
        field("count", typed.count(), wrong).drawn(Form.DAY).hinted("audit.bundle.count.hint"),
        field("seed", typed.seed(), wrong).hinted("audit.bundle.seed.hint"));
  }

  private static Field field(String name, @Nullable String value, Map<String, Text> wrong) {
    return Field.optional(name, "audit.bundle." + name).with(value).wrong(wrong.get(name));
  }

  private static Line line(AuditSample.Drawn drawn) {
    return new Line(
        "/contracts/" + drawn.id(),
        drawn.number(),
        drawn.title(),
        JapaneseDates.time(drawn.concludedAt()),
        drawn.amount() == null ? "—" : Yen.format(drawn.amount()));
  }
}
