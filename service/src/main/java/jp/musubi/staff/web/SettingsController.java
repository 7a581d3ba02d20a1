package jp.musubi.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Role;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Entrance;
import jp.musubi.platform.web.Entrances;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.SignInPolicies;
import jp.musubi.staff.SignInPolicy;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 団体の設定: what holds, and how it is changed. */
@Controller
@RequestMapping("/settings")
@Needs(Act.CHANGE_SETTINGS)
class SettingsController {
  private final SignInPolicies policies;
  private final Organisations organisations;
  private final Book book;
  private final Entrances entrances;

  SettingsController(
      SignInPolicies policies, Organisations organisations, Book book, Entrances entrances) {
    this.policies = policies;
    this.organisations = organisations;
    this.book = book;
    this.entrances = entrances;
  }

  /** A policy as typed. */
  record Typed(
      @Nullable String demand,
      @Nullable String least,
      @Nullable String idle,
      @Nullable String longest,
      @Nullable String unused,
      @Nullable String entrance) {

    static Typed of(SignInPolicy policy) {
      return new Typed(
          policy.demand().name(),
          String.valueOf(policy.leastPassword()),
          String.valueOf(policy.idle().toMinutes()),
          String.valueOf(policy.longest().toHours()),
          policy.unusedDays() == 0 ? "" : String.valueOf(policy.unusedDays()),
          policy.entrance().name());
    }
  }

  @GetMapping
  ModelAndView show(@CurrentStaff StaffMember reader) {
    var policy = policies.current();
    return People.sheet(
        Sheet.of(
                book.of("settings.title"),
                List.of(People.home(book), book.crumb("settings.title", "/settings")))
            .led(Text.of("settings.lead"))
            .doing(doing(reader))
            .with(
                List.of(
                    new Fact(
                        "settings.entrance", entrance(policy), book.of("settings.entrance.note")),
                    Fact.of("settings.demand", book.of("settings.demand." + policy.demand())),
                    Fact.of(
                        "settings.least", book.of("settings.characters", policy.leastPassword())),
                    Fact.of(
                        "settings.idle", book.of("settings.minutes", policy.idle().toMinutes())),
                    Fact.of(
                        "settings.longest", book.of("settings.hours", policy.longest().toHours())),
                    Fact.of(
                        "settings.unused",
                        policy.unusedDays() == 0
                            ? book.of("settings.unused.never")
                            : book.of("settings.days", policy.unusedDays())),
                    Fact.of(
                        "settings.withoutFactor",
                        book.of("settings.people", policies.withoutFactor())))));
  }

  private String entrance(SignInPolicy policy) {
    var code = organisations.body(Tenancy.required()).map(Body::code).orElse("");
    return entrances.on(policy.entrance()).at("/signin?body=" + code);
  }

  private static List<Sheet.Action> doing(StaffMember reader) {
    var signIn = Sheet.Action.first("settings.signIn.change", "/settings/sign-in");
    var sso = Sheet.Action.link("sso.title", "/settings/sso");
    var letters = Sheet.Action.link("settings.letters", "/settings/letters");
    var terms = Sheet.Action.link("settings.firstTerms", "/settings/contracts");
    var items = Sheet.Action.link("settings.items", "/settings/items");
    var mappings = Sheet.Action.link("settings.mappings", "/settings/mappings");
    var tags = Sheet.Action.link("settings.tags", "/settings/tags");
    var filing = Sheet.Action.link("folder.rules", "/settings/filing");
    var reminders = Sheet.Action.link("settings.reminders", "/settings/reminders");
    var eligibility = Sheet.Action.link("settings.eligibility", "/settings/eligibility");
    var fullText = Sheet.Action.link("fulltext.title", "/settings/fulltext");
    var concludedMail = Sheet.Action.link("concludedMail.title", "/settings/concluded-mail");
    var shelf = Sheet.Action.link("past.settings.title", "/settings/past");
    var identification = Sheet.Action.link("settings.identification", "/settings/identification");
    var archival = Sheet.Action.link("archival.rule.title", "/settings/archival");
    var logo = Sheet.Action.link("logo.title", "/settings/logo");
    var arrangements = Sheet.Action.link("arrangement.title", "/settings/arrangements");
    var names = Sheet.Action.link("download.names", "/settings/file-names");
    var keeping = Sheet.Action.link("audit.keeping", "/settings/record-keeping");
    var counterparties = Sheet.Action.link("rules.title", "/settings/counterparties");
    var mandates = Sheet.Action.link("mandate.rules", "/settings/mandates");
    return reader.may(Role.BODY_ADMIN)
        ? List.of(
            signIn,
            sso,
            Sheet.Action.link("address.list", "/settings/addresses"),
            Sheet.Action.link("program.list", "/settings/programs"),
            Sheet.Action.link("webhook.list", "/settings/webhooks"),
            letters,
            terms,
            arrangements,
            items,
            mappings,
            tags,
            filing,
            reminders,
            eligibility,
            identification,
            archival,
            logo,
            names,
            fullText,
            concludedMail,
            shelf,
            keeping,
            counterparties,
            mandates,
            Sheet.Action.link("imprint.title", "/settings/imprints"),
            Sheet.Action.link("approval.routes", "/settings/approval"),
            Sheet.Action.link("closure.heading", "/closure"))
        : List.of(
            signIn,
            sso,
            letters,
            terms,
            arrangements,
            items,
            reminders,
            eligibility,
            identification,
            archival,
            logo,
            names,
            fullText,
            concludedMail,
            shelf,
            keeping,
            counterparties,
            mandates);
  }

  @GetMapping("/sign-in")
  ModelAndView ask() {
    return form(Typed.of(policies.current()), Map.of(), HttpStatus.OK);
  }

  @PostMapping("/sign-in")
  ModelAndView change(
      @CurrentStaff StaffMember giver,
      @ModelAttribute Typed typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var demand = demand(reader, typed.demand());
    var policy =
        new SignInPolicy(
            demand.orElse(SignInPolicy.Demand.ANY),
            reader.number("least", typed.least(), 12, 64),
            Duration.ofMinutes(reader.number("idle", typed.idle(), 5, 120)),
            Duration.ofHours(reader.number("longest", typed.longest(), 1, 24)),
            typed.unused() == null || typed.unused().isBlank()
                ? 0
                : reader.number("unused", typed.unused(), 30, 730),
            entrance(reader, typed.entrance()));
    if (!reader.wrong().isEmpty()) {
      return form(typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    policies.change(giver, policy, request.getRemoteAddr());
    flash.addFlashAttribute("done", "settings.signIn.changed");
    return new ModelAndView("redirect:/settings");
  }

  private static Optional<SignInPolicy.Demand> demand(FormReader reader, @Nullable String typed) {
    var chosen =
        Arrays.stream(SignInPolicy.Demand.values())
            .filter(each -> each.name().equals(typed))
            .findFirst();
    if (chosen.isEmpty()) {
      reader.reject("demand", "people.wrong.choose");
    }
    return chosen;
  }

  // Where there is no second name nothing is asked, and what held before holds on.
  private Entrance.Side entrance(FormReader reader, @Nullable String typed) {
    if (entrances.lgwan().isEmpty()) {
      return policies.current().entrance();
    }
    return Arrays.stream(Entrance.Side.values())
        .filter(each -> each.name().equals(typed))
        .findFirst()
        .orElseGet(() -> {
          reader.reject("entrance", "people.wrong.choose");
          return Entrance.Side.INTERNET;
        });
  }

  private ModelAndView form(Typed typed, Map<String, Text> wrong, HttpStatus status) {
    return People.form(
        Form.of(
                book.of("settings.signIn"),
                List.of(
                    People.home(book),
                    book.crumb("settings.title", "/settings"),
                    book.crumb("settings.signIn", "/settings/sign-in")),
                "/settings/sign-in",
                fields(typed, wrong),
                "settings.signIn.submit",
                "/settings")
            .led(Text.of("settings.signIn.lead", String.valueOf(policies.withoutFactor()))),
        status);
  }

  private List<Field> fields(Typed typed, Map<String, Text> wrong) {
    var fields = new ArrayList<Field>();
    fields.add(
        Field.required("demand", "settings.demand")
            .hinted("settings.demand.hint")
            .offering(options("settings.demand.", SignInPolicy.Demand.values()))
            .with(typed.demand())
            .wrong(wrong.get("demand")));
    fields.add(number("least", "characters", true, typed.least(), wrong));
    fields.add(number("idle", "minutes", true, typed.idle(), wrong));
    fields.add(number("longest", "hours", true, typed.longest(), wrong));
    fields.add(number("unused", "days", false, typed.unused(), wrong));
    if (entrances.lgwan().isPresent()) {
      fields.add(
          Field.required("entrance", "settings.side")
              .hinted("settings.side.hint")
              .offering(options("settings.side.", Entrance.Side.values()))
              .with(typed.entrance())
              .wrong(wrong.get("entrance")));
    }
    return fields;
  }

  private List<Option> options(String words, Enum<?>[] choices) {
    return Arrays.stream(choices)
        .map(each -> new Option(each.name(), book.of(words + each.name())))
        .toList();
  }

  private static Field number(
      String name, String unit, boolean required, @Nullable String typed, Map<String, Text> wrong) {
    var label = "settings." + name;
    return (required ? Field.required(name, label) : Field.optional(name, label))
        .hinted(label + ".hint")
        .drawn(new Field.Look("text", "off", "numeric", "short", "settings.unit." + unit, 6, null))
        .with(typed)
        .wrong(wrong.get(name));
  }
}
