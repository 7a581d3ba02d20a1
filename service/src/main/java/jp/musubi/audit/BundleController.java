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
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Field;
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

/**
 * 検査提出セット, chosen by the body itself: draw contracts, look at what was drawn, take it away. What an
 * auditor draws is a {@link Sample}.
 */
@Controller
@Needs(Act.TAKE_BUNDLE)
class BundleController {
  private final Ledger ledger;
  private final AuditBundle bundle;
  private final AccessRecord record;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  BundleController(Ledger ledger, AuditBundle bundle, AccessRecord record, Clock clock) {
    this.ledger = ledger;
    this.bundle = bundle;
    this.record = record;
    this.clock = clock;
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

  @GetMapping("/audit/bundle")
  ModelAndView choose(
      @AuthenticationPrincipal SignedInStaff reader, @ModelAttribute DrawingForm typed) {
    var read = typed.read(lot());
    var asked = typed.seed() != null;
    var fine = read.wrong().isEmpty();
    var reach = Authorisation.reach(reader, Act.TAKE_BUNDLE);
    var drawn = asked && fine ? ledger.draw(read.condition(), reach) : List.<Ledger.Drawn>of();
    var page =
        new Page(
            typed.fields(read.wrong()),
            asked && fine ? ledger.candidates(read.condition(), reach) : 0,
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
      @ModelAttribute DrawingForm typed,
      HttpServletResponse response)
      throws IOException {
    var read = typed.read(lot());
    var reach = Authorisation.reach(reader, Act.TAKE_BUNDLE);
    var drawn =
        read.wrong().isEmpty() ? ledger.draw(read.condition(), reach) : List.<Ledger.Drawn>of();
    if (drawn.isEmpty()) {
      throw new NotFound("no contract fits");
    }
    var told = new LinkedHashMap<String, Object>();
    told.put("conditions", typed.address("", read.condition().seed()));
    told.put("candidates", ledger.candidates(read.condition(), reach));
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

  private String lot() {
    var bytes = new byte[8];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Line line(Ledger.Drawn drawn) {
    return new Line(
        "/contracts/" + drawn.id(),
        drawn.number(),
        drawn.title(),
        JapaneseDates.time(drawn.concludedAt()),
        drawn.amount() == null ? "—" : Yen.format(drawn.amount()));
  }
}
