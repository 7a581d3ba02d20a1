package jp.musubi.staff.sso;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffEntrance;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a browser lands that comes back from a provider of either kind. */
@Component
class Landing {
  private final SingleSignOn signOn;
  private final Organisations organisations;
  private final StaffEntrance entrance;
  private final Browsers browsers;
  private final RuleFields words;

  Landing(
      SingleSignOn signOn,
      Organisations organisations,
      StaffEntrance entrance,
      Browsers browsers,
      RuleFields words) {
    this.signOn = signOn;
    this.organisations = organisations;
    this.entrance = entrance;
    this.browsers = browsers;
    this.words = words;
  }

  /** The body of an address, if it may use the service today. */
  Body body(String code) {
    return Optional.of(code)
        .flatMap(organisations::bodyByCode)
        .filter(found -> found.isUsableOn(organisations.today()))
        .orElseThrow(() -> new NotFound("body " + code));
  }

  /** Ends the round trip and shows what became of it. */
  ModelAndView end(
      String code,
      String state,
      Said said,
      @Nullable SignedInStaff person,
      HttpServletRequest request,
      HttpServletResponse response,
      RedirectAttributes flash) {
    var body = body(code);
    var browser = browsers.find(request);
    if (browser.isEmpty()) {
      return refused(Refusal.NOT_AWAITED, person != null);
    }
    var end =
        signOn.finish(
            body,
            new SingleSignOn.Answer(state, said, browser.get()),
            person,
            request.getRemoteAddr());
    return switch (end) {
      case SingleSignOn.End.Came(var arrived) ->
          new ModelAndView("redirect:" + enter(body, arrived, request, response));
      case SingleSignOn.End.Confirmed(var errand, var target) -> {
        Proofs.keep(request.getSession(), errand);
        yield new ModelAndView("redirect:" + target);
      }
      case SingleSignOn.End.Linked _ -> {
        flash.addFlashAttribute("done", "sso.linked");
        yield new ModelAndView("redirect:/account/sso");
      }
      case SingleSignOn.End.Tried(var arrival, var strong, var admission, var grants) ->
          new ModelAndView(
              "staff/sso-tried",
              "page",
              TriedPage.of(
                  arrival,
                  strong,
                  admission,
                  Tenancy.in(
                      body.id(), () -> grants.stream().map(words::words).sorted().toList())));
      case SingleSignOn.End.Refused(var reason, var _) -> refused(reason, person != null);
    };
  }

  private String enter(
      Body body, SignedInStaff arrived, HttpServletRequest request, HttpServletResponse response) {
    return Tenancy.in(body.id(), () -> entrance.enter(arrived, request, response));
  }

  /** The page of a round trip without an end. */
  static ModelAndView refused(Refusal reason, boolean signedIn) {
    var page =
        new ModelAndView(
            "staff/sso-refused", "page", new SsoController.RefusedPage(reason, signedIn));
    page.setStatus(HttpStatus.FORBIDDEN);
    return page;
  }
}
