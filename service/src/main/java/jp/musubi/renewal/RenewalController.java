package jp.musubi.renewal;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 有効期間の延長, for a body's administrators: how it goes, and 今すぐ延長する. */
@Controller
class RenewalController {
  static final String PATH = "/renewals";
  private static final int MOST = 200;

  private final Progress progress;
  private final Asking asking;
  private final Words words;
  private final Book book;
  private final TransactionOperations transactions;
  private final Clock clock;

  RenewalController(
      Progress progress,
      Asking asking,
      Words words,
      Book book,
      TransactionOperations transactions,
      Clock clock) {
    this.progress = progress;
    this.asking = asking;
    this.words = words;
    this.book = book;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** The form as typed. */
  record Typed(
      @Nullable String idempotencyKey, @Nullable String numbers, @Nullable String confirmed) {}

  private record Read(
      Progress.Counts counts, List<Progress.Line> due, List<Progress.Line> renewed) {}

  @Bean
  static NavigationItem toRenewals() {
    return new NavigationItem(325, "clock", "renewal.nav", PATH, Set.of("BODY_ADMIN"));
  }

  @GetMapping(PATH)
  @Needs(Act.SEE_RENEWALS)
  ModelAndView show(@CurrentStaff StaffMember reader) {
    var reach = Authorisation.reach(reader, Act.SEE_CONTRACT);
    var now = clock.instant();
    var read =
        in(() ->
            new Read(
                progress.counts(now, reach),
                progress.due(reach, now, MOST),
                progress.renewed(reach, MOST)));
    var counts = read.counts();
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("renewal.nav"), words.crumbs(book.crumb("renewal.nav", PATH)))
            .led(Text.of("renewal.lead"))
            .warning(
                counts.late() == 0
                    ? null
                    : Text.of("protection.warning.late", String.valueOf(counts.late())))
            .with(
                List.of(
                    fact("protection.known", counts.protectedOnes()),
                    fact("protection.unknown", counts.unknown()),
                    fact("protection.renewed", counts.renewed()),
                    fact("protection.due", counts.due()),
                    fact("protection.waiting", counts.waiting()),
                    fact("protection.late", counts.late()),
                    fact("protection.over", counts.over())))
            .doing(
                List.of(
                    Sheet.Action.link("validity.title", CalendarController.PATH),
                    Sheet.Action.link("renewal.now", PATH + "/now")))
            .listing(
                List.of(
                    words.table(Text.of("renewal.due"), read.due(), now, "renewal.due.none"),
                    words.table(
                        Text.of("renewal.renewed"), read.renewed(), now, "renewal.renewed.none"))));
  }

  private Fact fact(String label, int contracts) {
    return Fact.of(label, book.of("validity.count", "%,d".formatted(contracts)));
  }

  @GetMapping(PATH + "/now")
  @Needs(Act.RENEW_NOW)
  ModelAndView begin(@RequestParam(required = false) @Nullable String number) {
    return form(new Typed(UUID.randomUUID().toString(), number, null), Map.of(), HttpStatus.OK);
  }

  @PostMapping(PATH + "/now")
  @Needs(Act.RENEW_NOW)
  ModelAndView ask(
      @CurrentStaff StaffMember asker,
      @ModelAttribute Typed typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var numbers = new LinkedHashSet<String>();
    for (var line : reader.lines("numbers", typed.numbers(), 10_000).split("\n", -1)) {
      if (!line.isBlank()) {
        numbers.add(line.strip());
      }
    }
    if (numbers.size() > MOST) {
      reader.reject("numbers", "renewal.wrong.many", String.valueOf(MOST));
    }
    if (!"true".equals(typed.confirmed())) {
      reader.reject("confirmed", "renewal.wrong.confirmed");
    }
    var key = reader.line("idempotencyKey", typed.idempotencyKey(), 100, true);
    var found = in(() -> progress.numbered(Authorisation.reach(asker, Act.SEE_CONTRACT), numbers));
    if (found.size() != numbers.size()) {
      reader.reject("numbers", "renewal.wrong.numbers");
    }
    if (!reader.wrong().isEmpty()) {
      return form(typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    asking.ask(found, key, asker, request.getRemoteAddr());
    flash.addFlashAttribute("done", "renewal.asked");
    return new ModelAndView("redirect:" + PATH);
  }

  private ModelAndView form(Typed typed, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("renewal.now"),
                    words.crumbs(
                        book.crumb("renewal.nav", PATH), book.crumb("renewal.now", PATH + "/now")),
                    PATH + "/now",
                    List.of(
                        Field.required("idempotencyKey", "renewal.now")
                            .drawn(Form.HIDDEN)
                            .with(typed.idempotencyKey()),
                        Field.required("numbers", "renewal.numbers")
                            .drawn(Form.LINES)
                            .with(typed.numbers())
                            .hinted("renewal.numbers.hint")
                            .wrong(wrong.get("numbers")),
                        Field.required("confirmed", "renewal.confirmed")
                            .drawn(Form.TICK)
                            .wrong(wrong.get("confirmed"))),
                    "renewal.now.submit",
                    PATH)
                .led(Text.of("renewal.now.lead")));
    page.setStatus(status);
    return page;
  }

  private <T> T in(Supplier<T> query) {
    return Objects.requireNonNull(transactions.execute(_ -> query.get()));
  }
}
