package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.musubi.means.ExternalIds;
import jp.musubi.means.ExternalProvider;
import jp.musubi.platform.web.Reading;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * 外部のIDでの本人確認: to the provider and back. What the provider sends the browser back with is only
 * shown to it as a form, which our own page sends on: no GET changes anything, whoever follows the
 * address.
 */
@Controller
@RequestMapping("/s")
class ExternalIdController {
  private static final String AWAY = "away";

  /** As long as codes of providers become, and then some. */
  private static final int LONGEST = 4000;

  /** Where somebody was, and then chance; it decides only where the form leads. */
  private static final Pattern STATE =
      Pattern.compile("([0-9]{6})\\.([0-9a-f-]{36})\\.[A-Za-z0-9_-]{43}");

  private final Entrance entrance;
  private final Identifying identifying;
  private final ExternalIds externalIds;
  private final Ceremony ceremony;
  private final Pages pages;
  private final Clock clock;

  ExternalIdController(
      Entrance entrance,
      Identifying identifying,
      ExternalIds externalIds,
      Ceremony ceremony,
      Pages pages,
      Clock clock) {
    this.entrance = entrance;
    this.identifying = identifying;
    this.externalIds = externalIds;
    this.ceremony = ceremony;
    this.pages = pages;
    this.clock = clock;
  }

  /** The page that leads to the provider; it is left by a link, since our forms go to us only. */
  record LeavingPage(String name, String address, String host) {}

  /** The page on the way back: a form that the browser sends on. */
  record BackPage(String action, Map<String, String> values) {}

  /** A way there and back of which nothing came. */
  record RefusedPage(String name, ExternalIds.Reason reason, String again) {
    /** Under which its words lie. */
    public String words() {
      return "signing.id." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** 「○○でサインインする」. */
  @PostMapping("/{body}/{link}/id")
  String leave(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam(defaultValue = "") String provider,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.identify(
        body,
        link,
        model,
        request,
        response,
        (visit, grant) -> {
          var chosen =
              visit.mayShowExternal(grant, clock.instant())
                  ? choices(visit).stream().filter(each -> each.key().equals(provider)).findFirst()
                  : Optional.<ExternalProvider>empty();
          // A page from before something was registered or ended, in another window.
          return chosen.isEmpty()
              ? "redirect:" + visit.path(body) + "/code"
              : leave(visit, body, chosen.get(), model, request, response);
        });
  }

  private String leave(
      Visit visit,
      String body,
      ExternalProvider provider,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return switch (externalIds.leave(provider, "%s.%s.".formatted(body, visit.link().id()))) {
      case ExternalIds.Departure.Leaves(var away, var address) -> {
        Grants.keep(request, AWAY, visit.link().id(), away);
        pages.frame(model, visit);
        model.addAttribute("page", leaving(provider, address));
        yield "signing/id-leaving";
      }
      case ExternalIds.Departure.Stays(var why) ->
          refused(
              visit,
              body,
              provider,
              new ExternalIds.Return.Refused(ExternalIds.Reason.NO_ANSWER, why),
              model,
              request,
              response);
    };
  }

  private static LeavingPage leaving(ExternalProvider provider, URI address) {
    return new LeavingPage(provider.name(Pages.locale()), address.toString(), address.getHost());
  }

  /** Back from a provider. Changes nothing, and tells nothing that the address does not hold. */
  @GetMapping("/id/{provider}")
  String back(
      @PathVariable String provider,
      @RequestParam(defaultValue = "") String code,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(required = false) @Nullable String error,
      @RequestParam(name = "iss", defaultValue = "") String issuer,
      Model model,
      HttpServletResponse response) {
    var where = STATE.matcher(state);
    if (!where.matches()
        || code.length() > LONGEST
        || issuer.length() > LONGEST
        || (error == null && code.isEmpty())) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return pages.notice(model, "warning", "signing.id.lost", null, null);
    }
    model.addAttribute(
        "page",
        new BackPage(
            "/s/%s/%s/id/answer".formatted(where.group(1), where.group(2)),
            Map.of(
                "provider",
                provider,
                "state",
                state,
                "code",
                code,
                "error",
                error == null ? "" : "yes",
                "iss",
                issuer)));
    return "signing/id-back";
  }

  /** Somebody loads an address anew that was posted to. */
  @GetMapping({"/{body}/{link}/id", "/{body}/{link}/id/answer"})
  String reload(
      @PathVariable String body,
      @PathVariable String link,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.identify(
        body,
        link,
        model,
        request,
        response,
        (visit, _) -> "redirect:" + visit.path(body) + "/code");
  }

  /** The same, sent on by our own page. */
  @PostMapping("/{body}/{link}/id/answer")
  String answer(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam Map<String, String> sent,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.identify(
        body,
        link,
        model,
        request,
        response,
        (visit, grant) -> {
          var said =
              new ExternalIds.Said(
                  sent.getOrDefault("provider", ""),
                  sent.getOrDefault("state", ""),
                  sent.getOrDefault("code", ""),
                  !sent.getOrDefault("error", "").isEmpty(),
                  sent.getOrDefault("iss", ""));
          var provider = externalIds.find(said.provider());
          var away = Grants.<ExternalIds.Away>take(request, AWAY, visit.link().id());
          if (provider.isEmpty() || !visit.mayShowExternal(grant, clock.instant())) {
            return "redirect:" + visit.path(body) + "/code";
          }
          return switch (externalIds.arrive(away, said)) {
            case ExternalIds.Return.Came(var person) -> {
              var reason = identifying.showExternal(visit, Visitor.of(request), person);
              yield reason.isEmpty()
                  ? onward(visit, grant, body, request)
                  : refused(
                      visit,
                      body,
                      provider.get(),
                      new ExternalIds.Return.Refused(reason.get(), "another subject"),
                      model,
                      request,
                      response);
            }
            case ExternalIds.Return.Refused refused ->
                refused(visit, body, provider.get(), refused, model, request, response);
          };
        });
  }

  private String onward(Visit visit, Grant grant, String body, HttpServletRequest request) {
    var now = ceremony.find(visit.link().id()).orElseThrow();
    Grants.put(
        request, visit.link().id(), grant.with(now.means().orElseThrow().id(), clock.instant()));
    return Entrance.onward(now, body);
  }

  private String refused(
      Visit visit,
      String body,
      ExternalProvider provider,
      ExternalIds.Return.Refused refused,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    identifying.refusedExternal(visit, Visitor.of(request), provider, refused);
    response.setStatus(
        refused.reason() == ExternalIds.Reason.NO_ANSWER
            ? HttpStatus.SERVICE_UNAVAILABLE.value()
            : HttpStatus.FORBIDDEN.value());
    pages.frame(model, visit);
    var again = visit.path(body) + "/code";
    model.addAttribute("reading", Reading.of(request).at(again));
    model.addAttribute(
        "page", new RefusedPage(provider.name(Pages.locale()), refused.reason(), again));
    return "signing/id-refused";
  }

  /** Where this visitor may sign in: where they are registered, or wherever it counts. */
  private List<ExternalProvider> choices(Visit visit) {
    return identifying.providers(visit);
  }
}
