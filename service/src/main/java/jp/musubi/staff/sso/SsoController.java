package jp.musubi.staff.sso;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Option;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * 団体のIDでサインイン: from the sign-in page to the provider and back. What the provider sends back is only
 * shown to the browser as a form, which sends it on from our own page: so no GET changes anything,
 * and the browser's cookies come along whatever way the provider answers.
 */
@Controller
@RequestMapping("/signin/sso")
class SsoController {
  /** As long as codes and states of providers become, and then some. */
  private static final int LONGEST = 4000;

  private final SingleSignOn signOn;
  private final Organisations organisations;
  private final Landing landing;
  private final Browsers browsers;

  SsoController(
      SingleSignOn signOn, Organisations organisations, Landing landing, Browsers browsers) {
    this.signOn = signOn;
    this.organisations = organisations;
    this.landing = landing;
    this.browsers = browsers;
  }

  /**
   * What the page that asks for the body prints.
   *
   * @param notice key of the banner's words
   */
  record StartPage(Field body, @Nullable String notice) {}

  /** What the page on the way back prints: a form that the browser sends on. */
  record BackPage(String path, List<Hidden> values) {}

  /** A hidden field. */
  record Hidden(String name, String value) {}

  /** What the page of a round trip without an end prints. */
  record RefusedPage(Refusal reason, boolean signedIn) {}

  @GetMapping
  ModelAndView start(@RequestParam(defaultValue = "") String body) {
    return start(body, null);
  }

  /** 「団体のサインインページへ進む」. */
  @PostMapping
  ModelAndView leave(
      @RequestParam(defaultValue = "") String body,
      HttpServletRequest request,
      HttpServletResponse response) {
    var chosen =
        organisations.bodyByCode(body).filter(found -> found.isUsableOn(organisations.today()));
    var browser = browsers.of(request, response);
    var address =
        chosen.flatMap(found ->
            signOn
                .inUse(found)
                .flatMap(kind ->
                    signOn.begin(
                        found,
                        kind,
                        new SingleSignOn.Order(
                            Errand.Purpose.SIGN_IN,
                            null,
                            null,
                            browser,
                            browsers.entrance(request)))));
    return address.map(Leaving::page).orElseGet(() -> start(body, "sso.none"));
  }

  /** Back from an OIDC provider. */
  @GetMapping("/{code}/oidc")
  ModelAndView back(
      @PathVariable String code,
      @RequestParam(name = "code", defaultValue = "") String given,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(required = false) @Nullable String error,
      @RequestParam(name = "iss", required = false) @Nullable String issuer) {
    landing.body(code);
    if (given.length() > LONGEST || (error == null && given.isEmpty())) {
      return Landing.refused(Refusal.NOT_AWAITED, false);
    }
    return new ModelAndView(
        "staff/sso-back",
        "page",
        new BackPage(
            "/signin/sso/" + code + "/oidc-answer",
            List.of(
                new Hidden("state", state),
                new Hidden("code", given),
                new Hidden("error", error == null ? "" : "yes"),
                new Hidden("iss", issuer == null ? "" : issuer))));
  }

  /** The same, sent on by our own page. */
  @PostMapping("/{code}/oidc-answer")
  ModelAndView answer(
      @PathVariable String code,
      @RequestParam(name = "code", defaultValue = "") String given,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String error,
      @RequestParam(name = "iss", defaultValue = "") String issuer,
      @AuthenticationPrincipal @Nullable SignedInStaff person,
      HttpServletRequest request,
      HttpServletResponse response,
      RedirectAttributes flash) {
    return landing.end(
        code,
        state,
        new Said.Code(given, error.isEmpty() ? null : error, issuer.isEmpty() ? null : issuer),
        person,
        request,
        response,
        flash);
  }

  private ModelAndView start(String chosen, @Nullable String notice) {
    var bodies =
        organisations.bodies().stream().map(body -> new Option(body.code(), body.name())).toList();
    return new ModelAndView(
        "staff/sso",
        "page",
        new StartPage(
            Field.required("body", "staff.signin.body").offering(bodies).with(chosen), notice));
  }
}
