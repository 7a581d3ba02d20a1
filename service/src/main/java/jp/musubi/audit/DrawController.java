package jp.musubi.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Reach;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * 抽出する: an auditor sees lines of the ledger, nothing behind them, and draws by lot or by picking.
 */
@Controller
@Needs(Act.DRAW_SAMPLE)
@RequestMapping(SamplePages.PATH)
class DrawController {
  /** Lines to pick from on one page; a lot is drawn from all that fit. */
  static final int SHOWN = 200;

  private final Samples samples;
  private final Ledger ledger;
  private final SamplePages pages;
  private final Book book;
  private final SecureRandom random = new SecureRandom();

  DrawController(Samples samples, Ledger ledger, SamplePages pages, Book book) {
    this.samples = samples;
    this.ledger = ledger;
    this.pages = pages;
    this.book = book;
  }

  /** A line of the ledger: of a contract, this is all an auditor sees before it is opened. */
  record Line(UUID id, String number, String title, String concluded, String amount) {}

  /** The drawing as typed, beside the conditions. */
  record Typed(
      @Nullable UUID key,
      @Nullable String purpose,
      @Nullable String how,
      @Nullable String count,
      @Nullable List<UUID> picked) {}

  /**
   * The page.
   *
   * @param candidates how many contracts fit; the lines show the newest of them
   * @param key under which this form is taken once
   */
  record Page(
      List<Crumb> crumbs,
      List<Field> conditions,
      int candidates,
      List<Line> lines,
      DrawingForm asked,
      Field purpose,
      Field count,
      UUID key,
      @Nullable Text refusal) {
    /** Every field that may be wrong, for the summary above them. */
    public List<Field> fields() {
      return java.util.stream.Stream.concat(
              conditions.stream(), java.util.stream.Stream.of(purpose, count))
          .toList();
    }
  }

  @GetMapping("/new")
  ModelAndView begin(
      @AuthenticationPrincipal SignedInStaff auditor, @ModelAttribute DrawingForm asked) {
    var wrong = conditions(asked).read("").wrong();
    return page(
        auditor,
        asked,
        new Typed(null, null, null, null, null),
        wrong,
        null,
        wrong.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
  }

  @PostMapping
  ModelAndView draw(
      @AuthenticationPrincipal SignedInStaff auditor,
      @ModelAttribute DrawingForm asked,
      @RequestParam(required = false) @Nullable UUID key,
      @RequestParam(required = false) @Nullable String purpose,
      @RequestParam(required = false) @Nullable String how,
      @RequestParam(required = false) @Nullable List<UUID> picked,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var typed = new Typed(key, purpose, how, asked.count(), picked);
    var byLot = "LOT".equals(how);
    var reader = new FormReader();
    var why = reader.line("purpose", purpose, 200, true);
    var seed = lot();
    var read = (byLot ? asked.withSeed(seed) : conditions(asked)).read(seed);
    var wrong = new TreeMap<>(read.wrong());
    wrong.putAll(reader.wrong());
    if (byLot && read.condition().count().isEmpty()) {
      wrong.putIfAbsent("count", Text.of("web.wrong.number", "1", String.valueOf(Ledger.MOST)));
    }
    if (!wrong.isEmpty() || key == null) {
      return page(auditor, asked, typed, wrong, null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var reach = reach(auditor);
    var drawn =
        byLot
            ? ledger.draw(read.condition(), reach)
            : ledger.picked(read.condition(), reach, picked == null ? List.of() : picked);
    if (drawn.isEmpty() || drawn.size() > Ledger.MOST) {
      var refusal = Text.of(byLot ? "audit.bundle.none" : "audit.sample.nonePicked");
      return page(auditor, asked, typed, Map.of(), refusal, HttpStatus.CONFLICT);
    }
    samples.draw(
        new SampleStore.New(
            key,
            auditor.id(),
            why,
            asked.address("", null),
            ledger.candidates(read.condition(), reach),
            byLot ? seed : null,
            drawn.stream().map(Ledger.Drawn::id).toList()),
        auditor.member(),
        request.getRemoteAddr());
    flash.addFlashAttribute("done", "audit.sample.drawn");
    return new ModelAndView("redirect:" + SamplePages.PATH + "/" + key);
  }

  private static Reach reach(SignedInStaff auditor) {
    return Authorisation.reach(auditor, Act.DRAW_SAMPLE);
  }

  /** The conditions without a number, which only a lot has. */
  private static DrawingForm conditions(DrawingForm asked) {
    return new DrawingForm(asked.from(), asked.until(), asked.least(), null, null);
  }

  private String lot() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private ModelAndView page(
      SignedInStaff auditor,
      DrawingForm asked,
      Typed typed,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var read = conditions(asked).read("");
    var reach = reach(auditor);
    var fine = read.wrong().isEmpty();
    var answer =
        new ModelAndView(
            "audit/ledger",
            "page",
            new Page(
                pages.crumbs(book.crumb("audit.samples.new", SamplePages.PATH + "/new")),
                asked.fields(wrong).subList(0, 3),
                fine ? ledger.candidates(read.condition(), reach) : 0,
                fine
                    ? ledger.lines(read.condition(), reach, SHOWN).stream()
                        .map(DrawController::line)
                        .toList()
                    : List.of(),
                asked,
                Field.required("purpose", "audit.sample.purpose")
                    .hinted("audit.sample.purpose.hint")
                    .with(typed.purpose())
                    .wrong(wrong.get("purpose")),
                Field.optional("count", "audit.bundle.count")
                    .hinted("audit.sample.count.hint")
                    .drawn(Form.DAY)
                    .with(typed.count())
                    .wrong(wrong.get("count")),
                UUID.randomUUID(),
                refusal));
    answer.setStatus(status);
    return answer;
  }

  private static Line line(Ledger.Drawn drawn) {
    return new Line(
        drawn.id(),
        drawn.number(),
        drawn.title(),
        JapaneseDates.time(drawn.concludedAt()),
        drawn.amount() == null ? "—" : Yen.format(drawn.amount()));
  }
}
