package jp.musubi.renewal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 有効期間の管理, for operators: the bodies' numbers, and the ends they were told of. */
@Controller
@Needs(Act.LIMIT_PROTECTION)
class LimitController {
  static final String PATH = "/protection";

  /** What timestamps rest on, by the names that {@code TimestampLife.algorithms} has for them. */
  private static final List<String> ALGORITHMS =
      List.of(
          "SHA-256",
          "SHA-384",
          "SHA-512",
          "RSA-2048",
          "RSA-3072",
          "RSA-4096",
          "ECDSA-256",
          "ECDSA-384",
          "ECDSA-521");

  private final Limits limits;
  private final Book book;

  LimitController(Limits limits, Book book) {
    this.limits = limits;
    this.book = book;
  }

  /** The form as typed. */
  record Typed(
      @Nullable String idempotencyKey,
      @Nullable String about,
      @Nullable String day,
      @Nullable String reason) {}

  @Bean
  static NavigationItem toProtection() {
    return new NavigationItem(437, "clock", "protection.nav", PATH, Set.of("OPERATOR"));
  }

  @GetMapping(PATH)
  ModelAndView show() {
    var bodies = limits.bodies();
    var late = bodies.stream().mapToInt(line -> line.counts().late()).sum();
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("protection.nav"), crumbs())
            .led(Text.of("protection.lead"))
            .warning(late == 0 ? null : Text.of("protection.warning.late", String.valueOf(late)))
            .doing(List.of(Sheet.Action.first("protection.limit.new", PATH + "/limits/new")))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("protection.bodies"),
                        List.of(
                            "body.name",
                            "protection.known",
                            "protection.unknown",
                            "protection.renewed",
                            "protection.due",
                            "protection.waiting",
                            "protection.late",
                            "protection.over"),
                        bodies.stream().map(LimitController::row).toList(),
                        "body.none"),
                    new Sheet.Table(
                        Text.of("protection.limits"),
                        List.of(
                            "protection.limit.about",
                            "protection.limit.day",
                            "protection.limit.reason",
                            "protection.limit.by",
                            "people.action"),
                        limits.all().stream().map(this::row).toList(),
                        "protection.limits.none"))));
  }

  private static List<Sheet.Cell> row(Limits.Line line) {
    var counts = line.counts();
    return Stream.concat(
            Stream.of(line.body().name()),
            Stream.of(
                    counts.protectedOnes(),
                    counts.unknown(),
                    counts.renewed(),
                    counts.due(),
                    counts.waiting(),
                    counts.late(),
                    counts.over())
                .map("%,d"::formatted))
        .map(Sheet.Cell::of)
        .toList();
  }

  private List<Sheet.Cell> row(Limits.Limit limit) {
    return List.of(
        Sheet.Cell.of(limit.name()).noted(book.of("protection.limit.kind." + limit.kind())),
        Sheet.Cell.of(JapaneseDates.date(limit.endsAt())),
        Sheet.Cell.of(limit.reason()),
        Sheet.Cell.of(limit.enteredName()).noted(JapaneseDates.time(limit.enteredAt())),
        limit
            .withdrawnAt()
            .map(at -> Sheet.Cell.of(book.of("protection.limit.withdrawn", JapaneseDates.time(at))))
            .orElseGet(() ->
                Sheet.Cell.of(
                    Sheet.Action.press(
                        "protection.limit.withdraw",
                        PATH + "/limits/" + limit.id() + "/end",
                        Map.of()))));
  }

  @GetMapping(PATH + "/limits/new")
  ModelAndView begin() {
    return form(new Typed(UUID.randomUUID().toString(), null, null, null), Map.of(), HttpStatus.OK);
  }

  @PostMapping(PATH + "/limits")
  ModelAndView enter(
      @CurrentStaff StaffMember operator,
      @ModelAttribute Typed typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var about = typed.about() == null ? "" : typed.about();
    if (choices().stream().noneMatch(choice -> choice.value().equals(about))) {
      reader.reject("about", "people.wrong.choose");
    }
    var day = reader.day("day", typed.day());
    if (day.isEmpty()) {
      reader.reject("day", "web.wrong.day");
    }
    var reason = reader.lines("reason", typed.reason(), 500);
    var key = reader.line("idempotencyKey", typed.idempotencyKey(), 100, true);
    if (!reader.wrong().isEmpty()) {
      return form(typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var parts = about.split(":", 2);
    limits.enter(
        Limits.Kind.valueOf(parts[0]),
        parts[1],
        // Through that day.
        day.orElseThrow().plusDays(1).atStartOfDay(JapaneseDates.ZONE).toInstant(),
        reason,
        key,
        operator,
        request.getRemoteAddr());
    flash.addFlashAttribute("done", "protection.limit.entered");
    return new ModelAndView("redirect:" + PATH);
  }

  @PostMapping(PATH + "/limits/{limit}/end")
  ModelAndView withdraw(
      @PathVariable UUID limit,
      @CurrentStaff StaffMember operator,
      HttpServletRequest request,
      RedirectAttributes flash) {
    limits.withdraw(limit, operator, request.getRemoteAddr());
    flash.addFlashAttribute("done", "protection.limit.ended");
    return new ModelAndView("redirect:" + PATH);
  }

  private List<Option> choices() {
    var choices = new ArrayList<Option>();
    ALGORITHMS.forEach(name ->
        choices.add(new Option("ALGORITHM:" + name, book.of("protection.limit.algorithm", name))));
    limits
        .sources()
        .forEach(name ->
            choices.add(
                new Option("AUTHORITY:" + name, book.of("protection.limit.authority", name))));
    return choices;
  }

  private List<Crumb> crumbs() {
    return List.of(book.crumb("people.crumb.home", "/"), book.crumb("protection.nav", PATH));
  }

  private ModelAndView form(Typed typed, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("protection.limit.new"),
                    crumbs(),
                    PATH + "/limits",
                    List.of(
                        Field.required("idempotencyKey", "protection.limit.new")
                            .drawn(Form.HIDDEN)
                            .with(typed.idempotencyKey()),
                        Field.required("about", "protection.limit.about")
                            .with(typed.about())
                            .offering(choices())
                            .wrong(wrong.get("about")),
                        Field.required("day", "protection.limit.day")
                            .drawn(Form.DAY)
                            .with(typed.day())
                            .hinted("protection.limit.day.hint")
                            .wrong(wrong.get("day")),
                        Field.required("reason", "protection.limit.reason")
                            .drawn(Form.LINES)
                            .with(typed.reason())
                            .hinted("protection.limit.reason.hint")
                            .wrong(wrong.get("reason"))),
                    "protection.limit.submit",
                    PATH)
                .led(Text.of("protection.limit.lead")));
    page.setStatus(status);
    return page;
  }
}
