package jp.musubi.staff.sso;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 団体のIDの設定: what is set up, trying it, beginning and ending its use. */
@Controller
@RequestMapping("/settings/sso")
@Needs(Act.CHANGE_SETTINGS)
class ProviderController {
  private static final String PATH = "/settings/sso";

  private final Providers providers;
  private final SingleSignOn signOn;
  private final Organisations organisations;
  private final Browsers browsers;
  private final Book book;

  ProviderController(
      Providers providers,
      SingleSignOn signOn,
      Organisations organisations,
      Browsers browsers,
      Book book) {
    this.providers = providers;
    this.signOn = signOn;
    this.organisations = organisations;
    this.browsers = browsers;
    this.book = book;
  }

  @GetMapping
  ModelAndView show(@AuthenticationPrincipal SignedInStaff admin) {
    return new ModelAndView("web/sheet", "page", sheet(admin));
  }

  /** 「試す」: the administrator goes to the provider and back. */
  @PostMapping("/{kind}/trial")
  ModelAndView attempt(
      @PathVariable String kind,
      @AuthenticationPrincipal SignedInStaff admin,
      HttpServletRequest request,
      HttpServletResponse response) {
    return signOn
        .begin(
            body(admin),
            Kinds.of(kind),
            new SingleSignOn.Order(
                Errand.Purpose.TRIAL, admin.id(), null, browsers.of(request, response)))
        .map(Leaving::page)
        .orElseGet(() -> refused(admin, "sso.refusal.notSetUp"));
  }

  /** 「使い始める」. */
  @PostMapping("/{kind}/use")
  ModelAndView use(
      @PathVariable String kind,
      @AuthenticationPrincipal SignedInStaff admin,
      HttpServletRequest request,
      RedirectAttributes flash) {
    if (!providers.use(Kinds.of(kind), true, admin.member(), request.getRemoteAddr())) {
      return refused(admin, "sso.refusal.notTried");
    }
    flash.addFlashAttribute("done", "sso.inUse.done");
    return new ModelAndView("redirect:" + PATH);
  }

  /** 「使うのをやめる」. */
  @PostMapping("/{kind}/rest")
  ModelAndView rest(
      @PathVariable String kind,
      @AuthenticationPrincipal SignedInStaff admin,
      HttpServletRequest request,
      RedirectAttributes flash) {
    providers.use(Kinds.of(kind), false, admin.member(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "sso.outOfUse.done");
    return new ModelAndView("redirect:" + PATH);
  }

  /** 「設定を消す」. */
  @PostMapping("/{kind}/removal")
  ModelAndView remove(
      @PathVariable String kind,
      @AuthenticationPrincipal SignedInStaff admin,
      HttpServletRequest request,
      RedirectAttributes flash) {
    providers.remove(Kinds.of(kind), admin.member(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "sso.removed.done");
    return new ModelAndView("redirect:" + PATH);
  }

  private ModelAndView refused(SignedInStaff admin, String key) {
    var page =
        new ModelAndView("web/sheet", "page", sheet(admin)).addObject("refusal", Text.of(key));
    page.setStatus(HttpStatus.CONFLICT);
    return page;
  }

  private Sheet sheet(SignedInStaff admin) {
    var body = body(admin);
    var facts = new ArrayList<Fact>();
    var actions = new ArrayList<Sheet.Action>();
    for (var kind : Provider.Kind.values()) {
      var path = PATH + "/" + Kinds.path(kind);
      var found = providers.find(kind);
      facts.addAll(found.map(provider -> facts(provider, body)).orElseGet(() -> unset(kind, body)));
      actions.addAll(
          found
              .map(provider -> actions(provider, path))
              .orElseGet(() -> List.of(Sheet.Action.first("sso.setUp." + kind, path))));
    }
    return Sheet.of(
            book.of("sso.title"),
            List.of(
                book.crumb("people.crumb.home", "/"),
                book.crumb("settings.nav", "/settings"),
                new Crumb(book.of("sso.title"), PATH)))
        .led(Text.of("sso.lead"))
        .with(facts)
        .doing(actions);
  }

  private List<Fact> unset(Provider.Kind kind, Body body) {
    return List.of(
        Fact.of("sso.state." + kind, book.of("sso.state.none")),
        Fact.of("sso.return." + kind, signOn.returnAddress(body, kind)));
  }

  private List<Fact> facts(Provider provider, Body body) {
    var kind = provider.protocol().kind();
    var rules = provider.rules();
    var tested = provider.tested();
    return List.of(
        Fact.of("sso.state." + kind, book.of(state(provider))),
        Fact.of("sso.return." + kind, signOn.returnAddress(body, kind)),
        Fact.of("sso.issuer", provider.protocol().issuer()),
        Fact.of("sso.hosts", String.join("、", Providers.hosts(provider.protocol()))),
        Fact.of("sso.changed", JapaneseDates.time(provider.changed())),
        Fact.of("sso.tested", tested == null ? "—" : JapaneseDates.time(tested)),
        Fact.of(
            "sso.strong",
            rules.strong().isEmpty()
                ? book.of("sso.strong.none")
                : String.join(" ", rules.strong().stream().sorted().toList())),
        Fact.of("sso.byMail", book.of(rules.linksByMail() ? "sso.yes" : "sso.no")),
        Fact.of(
            "sso.section",
            rules.section() == null
                ? book.of("sso.section.none")
                : organisations
                    .section(rules.section())
                    .map(jp.musubi.organisation.Section::name)
                    .orElse("—")));
  }

  private static String state(Provider provider) {
    if (provider.inUse()) {
      return "sso.state.inUse";
    }
    return provider.tested() == null ? "sso.state.untried" : "sso.state.ready";
  }

  private static List<Sheet.Action> actions(Provider provider, String path) {
    var actions = new ArrayList<Sheet.Action>();
    if (provider.inUse()) {
      actions.add(Sheet.Action.press("sso.rest", path + "/rest", Map.of()));
    } else if (provider.tested() != null) {
      actions.add(Sheet.Action.press("sso.use", path + "/use", Map.of()));
    }
    actions.add(Sheet.Action.press("sso.try", path + "/trial", Map.of()));
    actions.add(Sheet.Action.link("sso.change." + provider.protocol().kind(), path));
    if (!provider.inUse()) {
      actions.add(Sheet.Action.press("sso.remove", path + "/removal", Map.of()));
    }
    return actions;
  }

  private Body body(SignedInStaff admin) {
    return organisations.body(admin.member().tenant()).orElseThrow();
  }
}
