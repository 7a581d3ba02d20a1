package jp.musubi.approval;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractKind;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 承認の設定: the routes, which of them a contract would take, and what holds beside them. */
@Controller("approvalSettingsController")
@Needs(Act.CHANGE_ROUTES)
@RequestMapping("/settings/approval")
class SettingsController {
  private static final String PATH = "/settings/approval";

  private final Routes routes;
  private final RouteWords words;
  private final RouteChoices.Source choices;
  private final ApprovalRules rules;
  private final Book book;

  SettingsController(
      Routes routes,
      RouteWords words,
      RouteChoices.Source choices,
      ApprovalRules rules,
      Book book) {
    this.routes = routes;
    this.words = words;
    this.choices = choices;
    this.rules = rules;
    this.book = book;
  }

  /** A route of the table. */
  record Line(String path, String name, String section, String kind, String amount, String steps) {}

  /**
   * The page.
   *
   * @param warning what it means that no route covers everything
   * @param answer which route the asked-for contract would take; null while nothing was asked
   */
  record Page(
      List<Crumb> crumbs,
      Text warning,
      List<Fact> policy,
      List<Line> routes,
      List<Field> question,
      @Nullable Text answer,
      List<ApprovalPage.StepLine> steps) {}

  @GetMapping
  ModelAndView show(
      @RequestParam(required = false) @Nullable String section,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String amount) {
    var reader = new FormReader();
    var sum = reader.yen("amount", amount);
    var sort =
        Arrays.stream(ContractKind.values()).filter(each -> each.name().equals(kind)).findFirst();
    var offered = choices.now().sections().stream().filter(s -> !s.value().isEmpty()).toList();
    var place =
        offered.stream()
            .filter(option -> option.value().equals(section))
            .map(option -> UUID.fromString(option.value()))
            .findFirst();
    var asked = place.isPresent() && reader.wrong().isEmpty();
    var route =
        asked
            ? routes.chosenFor(place.orElseThrow(), sort.orElse(ContractKind.OTHER), sum)
            : Optional.<Route>empty();
    var policy = rules.current();
    return new ModelAndView(
        "approval/routes",
        "page",
        new Page(
            crumbs(),
            Text.of(policy.required() ? "approval.routes.held" : "approval.routes.free"),
            List.of(
                Fact.of("approval.policy.required", yes(policy.required())),
                Fact.of("approval.policy.own", yes(policy.ownAllowed()))),
            routes.inForce().stream().map(this::line).toList(),
            List.of(
                Field.required("section", "approval.route.section").offering(offered).with(section),
                Field.required("kind", "contract.field.kind")
                    .offering(kinds())
                    .with(sort.orElse(ContractKind.OTHER).name()),
                Field.optional("amount", "contract.amount")
                    .drawn(Field.Look.MONEY)
                    .with(amount)
                    .wrong(reader.wrong().get("amount"))),
            asked ? answer(route, policy) : null,
            route.map(words::steps).orElse(List.of())));
  }

  @GetMapping("/policy")
  ModelAndView ask() {
    var policy = rules.current();
    return new ModelAndView(
        "web/form",
        "page",
        Form.of(
                book.of("approval.policy"),
                List.of(
                    book.crumb("contract.crumb.home", "/"),
                    book.crumb("settings.title", "/settings"),
                    book.crumb("approval.routes", PATH),
                    book.crumb("approval.policy", PATH + "/policy")),
                PATH + "/policy",
                List.of(
                    Field.optional("required", "approval.policy.required")
                        .hinted("approval.policy.required.hint")
                        .drawn(Form.TICK)
                        .with(String.valueOf(policy.required())),
                    Field.optional("own", "approval.policy.own")
                        .hinted("approval.policy.own.hint")
                        .drawn(Form.TICK)
                        .with(String.valueOf(policy.ownAllowed()))),
                "approval.policy.submit",
                PATH)
            .led(Text.of("approval.policy.lead")));
  }

  @PostMapping("/policy")
  String change(
      @CurrentStaff StaffMember admin,
      @RequestParam(defaultValue = "false") boolean required,
      @RequestParam(defaultValue = "false") boolean own,
      HttpServletRequest request,
      RedirectAttributes flash) {
    rules.change(new ApprovalPolicy(required, own), admin.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "approval.policy.changed");
    return "redirect:" + PATH;
  }

  private static Text answer(Optional<Route> route, ApprovalPolicy policy) {
    return route
        .map(chosen -> Text.of("approval.routes.takes", chosen.name()))
        .orElseGet(() ->
            Text.of(policy.required() ? "approval.routes.takesNone" : "approval.routes.goesFree"));
  }

  private Line line(Route route) {
    return new Line(
        PATH + "/routes/" + route.id(),
        route.name(),
        words.section(route.condition()),
        words.kind(route.condition()),
        words.amount(route.condition()),
        words.inOneLine(route));
  }

  private List<Option> kinds() {
    return Arrays.stream(ContractKind.values())
        .map(each -> new Option(each.name(), book.of("contract.kind." + each)))
        .toList();
  }

  private String yes(boolean whether) {
    return book.of(whether ? "approval.policy.yes" : "approval.policy.no");
  }

  private List<Crumb> crumbs() {
    return List.of(
        book.crumb("contract.crumb.home", "/"),
        book.crumb("settings.title", "/settings"),
        book.crumb("approval.routes", PATH));
  }
}
