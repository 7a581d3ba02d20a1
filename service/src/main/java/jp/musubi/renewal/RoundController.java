package jp.musubi.renewal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.FormReader;
import jp.musubi.register.Letters;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 一括検証 (電子帳簿保存法施行規則): the span, how it goes, and what came of it. */
@Controller
@Needs(Act.LIST_CONTRACTS)
class RoundController {
  static final String PATH = "/register/verification";
  private static final int MOST = 200;

  private final Rounds rounds;
  private final RoundStore store;
  private final RoundCsv csv;
  private final AccessRecord record;
  private final RoundPages pages;
  private final TransactionOperations transactions;

  RoundController(
      Rounds rounds,
      RoundStore store,
      RoundCsv csv,
      AccessRecord record,
      RoundPages pages,
      TransactionOperations transactions) {
    this.rounds = rounds;
    this.store = store;
    this.csv = csv;
    this.record = record;
    this.pages = pages;
    this.transactions = transactions;
  }

  /** The span as typed. */
  record Typed(@Nullable String idempotencyKey, @Nullable String from, @Nullable String until) {}

  @GetMapping(PATH)
  ModelAndView list(@CurrentStaff StaffMember reader) {
    var own = in(() -> store.all(Authorisation.reach(reader, Act.SEE_CONTRACT), MOST));
    return pages.list(own);
  }

  @GetMapping(PATH + "/new")
  ModelAndView begin() {
    return pages.form(new Typed(UUID.randomUUID().toString(), null, null), Map.of(), HttpStatus.OK);
  }

  @PostMapping(PATH)
  ModelAndView ask(
      @CurrentStaff StaffMember asker, @ModelAttribute Typed typed, HttpServletRequest request) {
    var reader = new FormReader();
    var from = reader.day("from", typed.from());
    var until = reader.day("until", typed.until());
    if (from.isEmpty()) {
      reader.reject("from", "web.wrong.day");
    }
    if (until.isEmpty()) {
      reader.reject("until", "web.wrong.day");
    }
    if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
      reader.reject("until", "verification.wrong.until");
    }
    var key = reader.line("idempotencyKey", typed.idempotencyKey(), 100, true);
    if (!reader.wrong().isEmpty()) {
      return pages.form(typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return new ModelAndView(
        "redirect:"
            + rounds.ask(
                from.orElseThrow(), until.orElseThrow(), key, asker, request.getRemoteAddr()));
  }

  @GetMapping(PATH + "/{round}")
  ModelAndView show(@PathVariable("round") UUID id, @CurrentStaff StaffMember reader) {
    var reach = Authorisation.reach(reader, Act.SEE_CONTRACT);
    var round = own(id, reader);
    var troubled = in(() -> store.troubled(id, reach, MOST));
    return pages.show(round, troubled);
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry says what was taken, and how")
  @GetMapping(PATH + "/{round}/result.csv")
  void csv(
      @PathVariable("round") UUID id,
      @CurrentStaff StaffMember reader,
      @RequestParam(defaultValue = "utf-8") String letters,
      HttpServletResponse response)
      throws IOException {
    var round = own(id, reader);
    var chosen = letters.equals("cp932") ? Letters.CP932 : Letters.UTF_8;
    record.note(
        "verification.exported",
        null,
        Map.of(
            "format", chosen.name(),
            "from", round.from().toString(),
            "until", round.until().toString()));
    response.setContentType("text/csv; charset=" + chosen.charset().name());
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename(
                "一括検証_%s_%s.csv".formatted(round.from(), round.until()), StandardCharsets.UTF_8)
            .build()
            .toString());
    csv.write(
        id, Authorisation.reach(reader, Act.SEE_CONTRACT), chosen, response.getOutputStream());
  }

  private Round own(UUID id, StaffMember reader) {
    return in(() -> store.find(id, Authorisation.reach(reader, Act.SEE_CONTRACT)))
        .orElseThrow(() -> new NotFound("verification round " + id));
  }

  private <T> T in(Supplier<T> query) {
    return Objects.requireNonNull(transactions.execute(_ -> query.get()));
  }
}
