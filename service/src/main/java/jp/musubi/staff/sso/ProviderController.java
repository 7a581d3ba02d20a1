package jp.musubi.staff.sso;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
import org.jspecify.annotations.Nullable;
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
  private final Groups groups;
  private final SingleSignOn signOn;
  private final Organisations organisations;
  private final Browsers browsers;
  private final OwnAddresses addresses;
  private final Book book;
  private final Clock clock;

  ProviderController(
      Providers providers,
      Groups groups,
      SingleSignOn signOn,
      Organisations organisations,
      Browsers browsers,
      OwnAddresses addresses,
      Book book,
      Clock clock) {
    this.providers = providers;
    this.groups = groups;
    this.signOn = signOn;
    this.organisations = organisations;
    this.browsers = browsers;
    this.addresses = addresses;
    this.book = book;
    this.clock = clock;
  }

  @GetMapping
  ModelAndView show(@AuthenticationPrincipal SignedInStaff admin) {
    return new ModelAndView("staff/sso-settings", "page", page(admin));
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
                Errand.Purpose.TRIAL,
                admin.id(),
                null,
                browsers.of(request, response),
                browsers.entrance(request)))
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
        new ModelAndView("staff/sso-settings", "page", page(admin))
            .addObject("refusal", Text.of(key));
    page.setStatus(HttpStatus.CONFLICT);
    return page;
  }

  private SettingsPage page(SignedInStaff admin) {
    var body = body(admin);
    return new SettingsPage(
        List.of(
            book.crumb("people.crumb.home", "/"),
            book.crumb("settings.nav", "/settings"),
            new Crumb(book.of("sso.title"), PATH)),
        warning(providers.find(Provider.Kind.SAML)),
        Stream.concat(
                Arrays.stream(Provider.Kind.values()).map(kind -> card(kind, body)),
                Stream.of(groupsCard()))
            .toList());
  }

  private SettingsPage.Card groupsCard() {
    return new SettingsPage.Card(
        "sso.groups.title",
        List.of(Fact.of("sso.groups.list", book.of("sso.groups.count", groups.all().size()))),
        List.of(Sheet.Action.link("sso.groups.open", PATH + "/groups")));
  }

  private SettingsPage.Card card(Provider.Kind kind, Body body) {
    var path = PATH + "/" + Kinds.path(kind);
    var found = providers.find(kind);
    var actions =
        new ArrayList<>(
            found
                .map(provider -> actions(provider, path))
                .orElseGet(() -> List.of(Sheet.Action.link("sso.setUp." + kind, path))));
    if (kind == Provider.Kind.SAML) {
      actions.add(Sheet.Action.link("sso.saml.metadata", metadata(body)));
    }
    return new SettingsPage.Card(
        "sso.kind." + kind,
        found.map(provider -> facts(provider, body)).orElseGet(() -> unset(kind, body)),
        actions);
  }

  private static String metadata(Body body) {
    return "/signin/sso/" + body.code() + "/saml-metadata";
  }

  private List<Fact> unset(Provider.Kind kind, Body body) {
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("sso.state", book.of("sso.state.none")));
    facts.addAll(ours(kind, body));
    return facts;
  }

  /** What the provider's administrator has to be told. */
  private List<Fact> ours(Provider.Kind kind, Body body) {
    var back = Fact.of("sso.return." + kind, String.join(" ", addresses.backs(body, kind)));
    return switch (kind) {
      case OIDC -> List.of(back);
      case SAML -> List.of(Fact.of("sso.saml.entityId", addresses.entityId(body)), back);
    };
  }

  private List<Fact> facts(Provider provider, Body body) {
    var kind = provider.protocol().kind();
    var rules = provider.rules();
    var tested = provider.tested();
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("sso.state", book.of(state(provider))));
    facts.addAll(ours(kind, body));
    facts.add(Fact.of("sso.issuer." + kind, provider.protocol().issuer()));
    facts.addAll(
        switch (provider.protocol()) {
          case Provider.Protocol.Oidc oidc ->
              List.of(Fact.of("sso.hosts", String.join("、", Providers.hosts(oidc))));
          case Provider.Protocol.Saml saml -> facts(saml);
        });
    facts.add(Fact.of("sso.changed", JapaneseDates.time(provider.changed())));
    facts.add(Fact.of("sso.tested", tested == null ? "—" : JapaneseDates.time(tested)));
    facts.add(
        Fact.of(
            "sso.strong",
            rules.strong().isEmpty()
                ? book.of("sso.strong.none")
                : String.join(" ", rules.strong().stream().sorted().toList())));
    if (!rules.claims().groups().isEmpty()) {
      facts.add(Fact.of("sso.claim.groups", rules.claims().groups()));
    }
    facts.add(Fact.of("sso.byMail." + kind, book.of(rules.linksByMail() ? "sso.yes" : "sso.no")));
    facts.add(
        Fact.of(
            "sso.section",
            rules.section() == null
                ? book.of("sso.section.none")
                : organisations
                    .section(rules.section())
                    .map(jp.musubi.organisation.Section::name)
                    .orElse("—")));
    return facts;
  }

  private List<Fact> facts(Provider.Protocol.Saml saml) {
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("sso.saml.address", saml.address().toString()));
    for (var certificate : saml.certificates()) {
      facts.add(
          new Fact(
              "sso.saml.certificate",
              JapaneseDates.time(certificate.getNotAfter().toInstant()),
              SigningCertificates.fingerprint(certificate)));
    }
    facts.add(
        Fact.of(
            "sso.saml.subject",
            saml.subjectAttribute() == null
                ? book.of("sso.saml.subject.nameId")
                : saml.subjectAttribute()));
    facts.add(
        Fact.of("sso.saml.signed", book.of(saml.requestKey() == null ? "sso.no" : "sso.yes")));
    return facts;
  }

  /** That a certificate of the SAML provider ends, if it does. */
  private @Nullable Text warning(Optional<Provider> saml) {
    return saml.map(Provider::protocol)
        .filter(Provider.Protocol.Saml.class::isInstance)
        .map(Provider.Protocol.Saml.class::cast)
        .flatMap(found -> SigningCertificates.ending(found.certificates(), clock.instant()))
        .map(ending ->
            Text.of(
                ending.over() ? "sso.saml.ended" : "sso.saml.ending",
                JapaneseDates.time(ending.at())))
        .orElse(null);
  }

  private static String state(Provider provider) {
    if (provider.inUse()) {
      return "sso.state.inUse";
    }
    return provider.tested() == null ? "sso.state.untried" : "sso.state.ready";
  }

  private static List<Sheet.Action> actions(Provider provider, String path) {
    var kind = provider.protocol().kind();
    var actions = new ArrayList<Sheet.Action>();
    if (provider.inUse()) {
      actions.add(Sheet.Action.press("sso.rest." + kind, path + "/rest", Map.of()));
    } else if (provider.tested() != null) {
      actions.add(Sheet.Action.press("sso.use." + kind, path + "/use", Map.of()));
    }
    actions.add(Sheet.Action.press("sso.try." + kind, path + "/trial", Map.of()));
    actions.add(Sheet.Action.link("sso.change." + kind, path));
    if (!provider.inUse()) {
      actions.add(Sheet.Action.press("sso.remove." + kind, path + "/removal", Map.of()));
    }
    return actions;
  }

  private Body body(SignedInStaff admin) {
    return organisations.body(admin.member().tenant()).orElseThrow();
  }
}
