package jp.musubi.operations;

import jakarta.servlet.http.HttpServletRequest;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.authority.Role;
import jp.musubi.organisation.OrganisationRefusal;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.BodyOpening;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 参加団体: their numbers, and a new one. */
@Controller
class BodyController {
  private final BodyOpening opening;
  private final BodyCounts counts;
  private final Organisations organisations;
  private final Book book;

  BodyController(BodyOpening opening, BodyCounts counts, Organisations organisations, Book book) {
    this.opening = opening;
    this.counts = counts;
    this.organisations = organisations;
    this.book = book;
  }

  /** A body as typed. */
  record Typed(
      @Nullable String code,
      @Nullable String number,
      @Nullable String name,
      @Nullable String phone,
      @Nullable String from,
      @Nullable String last,
      @Nullable String section,
      @Nullable String login,
      @Nullable String adminName,
      @Nullable String mail) {}

  @Bean
  static NavigationItem toBodies() {
    return new NavigationItem(
        430, "list", "people.nav.bodies", "/bodies", Set.of("OPERATOR", "SECRETARIAT"));
  }

  @GetMapping("/bodies")
  @Needs(Act.SEE_BODIES)
  ModelAndView list(@AuthenticationPrincipal SignedInStaff reader) {
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("body.list"), crumbs())
            .led(Text.of("body.list.lead"))
            .doing(
                reader.may(Role.OPERATOR)
                    ? List.of(
                        Sheet.Action.first("body.new", "/bodies/new"),
                        Sheet.Action.link("address.release", "/bodies/address-release"))
                    : List.of())
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("body.list"),
                        List.of(
                            "body.name",
                            "body.term",
                            "body.staff",
                            "body.underWay",
                            "body.concluded",
                            "body.ready",
                            "people.action"),
                        counts.all().stream()
                            .map(counted -> row(counted, reader.may(Role.OPERATOR)))
                            .toList(),
                        "body.none"))));
  }

  @Recorded(by = Recorded.By.NOBODY, because = "an empty form")
  @GetMapping("/bodies/new")
  @Needs(Act.OPEN_BODY)
  ModelAndView begin() {
    var today = JapaneseDates.era(organisations.today());
    return form(
        new Typed(null, null, null, null, today, null, null, null, null, null),
        Map.of(),
        null,
        HttpStatus.OK);
  }

  @PostMapping("/bodies")
  @Needs(Act.OPEN_BODY)
  ModelAndView open(
      @AuthenticationPrincipal SignedInStaff operator,
      @ModelAttribute Typed typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var body = body(reader, typed);
    if (!reader.wrong().isEmpty()) {
      return form(typed, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (opening.open(operator.member(), body, request.getRemoteAddr())) {
      case BodyOpening.Opened.Done _ -> {
        flash.addFlashAttribute("done", "body.opened");
        yield new ModelAndView("redirect:/bodies");
      }
      case BodyOpening.Opened.Refused(var reason) ->
          form(typed, Map.of(), words(reason), HttpStatus.CONFLICT);
    };
  }

  private BodyOpening.NewBody body(FormReader reader, Typed typed) {
    var number = digits(typed.number());
    var phone = reader.line("phone", typed.phone(), 30, false);
    var from = reader.day("from", typed.from());
    if (from.isEmpty()) {
      reader.reject("from", "web.wrong.day");
    }
    var login = reader.line("login", typed.login(), 100, true);
    if (!login.isEmpty() && !login.matches("[A-Za-z0-9._@+-]+")) {
      reader.reject("login", "people.wrong.login");
    }
    return new BodyOpening.NewBody(
        digits(reader.line("code", typed.code(), 20, true)),
        number.isEmpty() ? null : number,
        reader.line("name", typed.name(), 100, true),
        phone.isEmpty() ? null : phone,
        from.orElseGet(organisations::today),
        reader.day("last", typed.last()).map(day -> day.plusDays(1)).orElse(null),
        reader.line("section", typed.section(), 100, true),
        login,
        reader.line("adminName", typed.adminName(), 50, true),
        reader.mail("mail", typed.mail()));
  }

  /** The digits of a number as people write it: 7-0000-2010-0005, in either width. */
  private static String digits(@Nullable String typed) {
    return typed == null
        ? ""
        : Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("[\\s\\p{Z}-]", "");
  }

  private static Text words(OrganisationRefusal reason) {
    return switch (reason) {
      case OrganisationRefusal.UnfitCode(var code) -> Text.of("people.refusal.unfitCode", code);
      case OrganisationRefusal.BodyExists(var code) -> Text.of("people.refusal.bodyExists", code);
      case OrganisationRefusal.CodeTaken _,
          OrganisationRefusal.GoesInACircle _,
          OrganisationRefusal.NotOpenOn _,
          OrganisationRefusal.LaterTermExists _,
          OrganisationRefusal.HasSectionsBelow _,
          OrganisationRefusal.TitleTaken _,
          OrganisationRefusal.TermsOverlap _,
          OrganisationRefusal.NobodyHoldsIt _ ->
          throw new IllegalStateException("no reason against a new body: " + reason);
    };
  }

  /** 準備の確認: how far the body is, and what it lacks. */
  private Sheet.Cell ready(BodyCounts.Counts counted) {
    var missing = counted.missing();
    if (missing.isEmpty()) {
      return Sheet.Cell.of(book.of("body.ready.yes"));
    }
    var all = Preparation.values().length;
    return Sheet.Cell.of(book.of("body.ready.part", all, all - missing.size()))
        .noted(
            missing.stream()
                .map(each -> book.of("body.ready.missing." + each))
                .collect(Collectors.joining("、", book.of("body.ready.missing"), "")));
  }

  private List<Sheet.Cell> row(BodyCounts.Counts counted, boolean helps) {
    var body = counted.body();
    var from = body.usableFrom();
    var until = body.usableUntil();
    return List.of(
        Sheet.Cell.of(body.name()).noted(body.code()),
        Sheet.Cell.of(
            (from == null ? "" : JapaneseDates.era(from))
                + "〜"
                + (until == null ? "" : JapaneseDates.era(until.minusDays(1)))),
        Sheet.Cell.of(book.of("body.people", counted.staff())),
        Sheet.Cell.of(book.of("body.contracts", counted.underWay())),
        Sheet.Cell.of(book.of("body.contracts", counted.concluded())),
        ready(counted),
        helps
            ? Sheet.Cell.link(
                book.of("body.administrator"), "/bodies/" + body.id() + "/administrator")
            : Sheet.Cell.of(""));
  }

  private List<Crumb> crumbs() {
    return List.of(book.crumb("people.crumb.home", "/"), book.crumb("body.list", "/bodies"));
  }

  private ModelAndView form(
      Typed typed, Map<String, Text> wrong, @Nullable Text refusal, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("body.new"),
                    crumbs(),
                    "/bodies",
                    List.of(
                        field("code", "body.code", true, typed.code(), wrong)
                            .hinted("body.code.hint"),
                        field("number", "body.number", false, typed.number(), wrong)
                            .hinted("body.number.hint"),
                        field("name", "body.name", true, typed.name(), wrong),
                        field("phone", "section.phone", false, typed.phone(), wrong),
                        field("from", "body.from", true, typed.from(), wrong).drawn(Form.DAY),
                        field("last", "body.last", false, typed.last(), wrong).drawn(Form.DAY),
                        field("section", "body.section", true, typed.section(), wrong)
                            .hinted("body.section.hint"),
                        field("login", "body.login", true, typed.login(), wrong),
                        field("adminName", "body.adminName", true, typed.adminName(), wrong),
                        field("mail", "body.mail", true, typed.mail(), wrong)
                            .drawn(Field.Look.MAIL)),
                    "body.new.submit",
                    "/bodies")
                .led(Text.of("body.new.lead"))
                .refused(refusal));
    page.setStatus(status);
    return page;
  }

  private static Field field(
      String name,
      String label,
      boolean required,
      @Nullable String typed,
      Map<String, Text> wrong) {
    return (required ? Field.required(name, label) : Field.optional(name, label))
        .with(typed)
        .wrong(wrong.get(name));
  }
}
