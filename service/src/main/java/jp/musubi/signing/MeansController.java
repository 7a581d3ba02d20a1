package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import jp.musubi.contract.Identification;
import jp.musubi.platform.secrets.AppCodes;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.QrCode;
import jp.musubi.platform.web.Reading;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * 初めての登録: the app, the passkey or the ID elsewhere by which a counterparty shows who it is, now and
 * in later contracts of the body. Only for who has given the access code just now.
 */
@Controller("counterpartyMeansController")
@RequestMapping("/s/{body}/{link}/means")
class MeansController {
  private static final String MAKING = "making";
  private static final Field.Look CODE =
      new Field.Look("text", "one-time-code", "numeric", "medium", null, 20, null);

  private final Entrance entrance;
  private final Identifying identifying;
  private final Ceremony ceremony;
  private final Pages pages;
  private final Clock clock;

  MeansController(
      Entrance entrance, Identifying identifying, Ceremony ceremony, Pages pages, Clock clock) {
    this.entrance = entrance;
    this.identifying = identifying;
    this.ceremony = ceremony;
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * The app's page.
   *
   * @param secret the same as the picture, for typing
   * @param address opens the app on the telephone that shows the page
   */
  record App(QrCode picture, String secret, String address, Field code) {}

  @GetMapping
  String ask(
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
        (visit, grant) ->
            mayNot(visit, grant) ? back(visit, body) : page(visit, body, null, model, request));
  }

  /** The app's first code. */
  @PostMapping("/app")
  String app(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam(defaultValue = "") String code,
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
          if (mayNot(visit, grant)) {
            return back(visit, body);
          }
          return identifying.registerApp(visit, Visitor.of(request), code)
              ? registered(visit, grant, body, request)
              : wrong(visit, body, "signing.means.app.wrong", model, request, response);
        });
  }

  /** The browser's answer with a new passkey. */
  @PostMapping("/passkey")
  String passkey(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam(defaultValue = "") String credential,
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
          var asked =
              Grants.<PublicKeyCredentialCreationOptions>take(request, MAKING, visit.link().id());
          if (mayNot(visit, grant)) {
            return back(visit, body);
          }
          return asked.isPresent()
                  && identifying.registerPasskey(
                      visit, Visitor.of(request), asked.get(), credential)
              ? registered(visit, grant, body, request)
              : wrong(visit, body, "signing.means.passkey.wrong", model, request, response);
        });
  }

  private boolean mayNot(Visit visit, Grant grant) {
    return !visit.registers() || !grant.permits(clock.instant());
  }

  private static String back(Visit visit, String body) {
    return "redirect:" + visit.path(body) + "/code";
  }

  private String registered(Visit visit, Grant grant, String body, HttpServletRequest request) {
    var now = ceremony.find(visit.link().id()).orElseThrow();
    Grants.put(
        request, visit.link().id(), grant.with(now.means().orElseThrow().id(), clock.instant()));
    return Entrance.onward(now, body);
  }

  private String wrong(
      Visit visit,
      String body,
      String words,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
    model.addAttribute("reading", Reading.of(request).at(visit.path(body) + "/means"));
    return page(visit, body, Text.of(words), model, request);
  }

  private String page(
      Visit visit, String body, @Nullable Text wrong, Model model, HttpServletRequest request) {
    pages.frame(model, visit);
    if (visit.identification() == Identification.Way.TOTP) {
      var secret = identifying.proposedApp(visit);
      if (secret.isEmpty()) {
        return lapsed(visit, body, request);
      }
      var bytes = secret.get().bytes();
      var address =
          AppCodes.address(bytes, pages.text("signing.means.app.service", name()), mail(visit));
      model.addAttribute(
          "app",
          new App(
              QrCode.of(address),
              AppCodes.spelled(bytes),
              address,
              Field.required("code", "signing.app.label")
                  .hinted("signing.code.hint")
                  .drawn(CODE)
                  .wrong(wrong)));
      return "signing/means-app";
    }
    if (visit.identification().isExternal()) {
      model.addAttribute("choices", IdentityPage.Choice.of(identifying.providers(visit)));
      return "signing/means-external";
    }
    var options = identifying.creation(visit);
    if (options.isEmpty()) {
      return lapsed(visit, body, request);
    }
    Grants.keep(request, MAKING, visit.link().id(), options.get());
    model.addAttribute("options", identifying.json(options.get()));
    model.addAttribute("wrong", wrong);
    return "signing/means-passkey";
  }

  /** Somebody was offered another since, by another window: the code has to be given again. */
  private static String lapsed(Visit visit, String body, HttpServletRequest request) {
    Grants.of(request, visit.link().id())
        .ifPresent(grant -> Grants.put(request, visit.link().id(), Grant.of(grant.since())));
    return back(visit, body);
  }

  private String name() {
    return pages.body().orElseThrow().name();
  }

  private static String mail(Visit visit) {
    return String.valueOf(visit.party().mail());
  }
}
