package jp.musubi.staff.sso;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.Staff;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 自分の団体のID: linking it with one's account, and proving oneself by it before an act. */
@Controller
@RequestMapping("/account")
class OwnLinkController {
  /** What one proves oneself for. */
  private static final Pattern TARGETS =
      Pattern.compile(
          "/account/factors|/signatures/all|/contracts/[0-9a-f-]{36}/signature"
              + "|/disposal/proposals/[0-9a-f-]{36}/confirmation"
              + "|/closure/[0-9a-f-]{36}/confirmation"
              + "|/closures/[0-9a-f-]{36}/(?:order|approval)"
              + "|/settings/programs/(?:new|[0-9a-f-]{36}/key)"
              + "|/settings/webhooks/(?:new|[0-9a-f-]{36}/secret)");

  private final SingleSignOn signOn;
  private final OwnLinks links;
  private final Staff staff;
  private final Organisations organisations;
  private final Browsers browsers;

  OwnLinkController(
      SingleSignOn signOn,
      OwnLinks links,
      Staff staff,
      Organisations organisations,
      Browsers browsers) {
    this.signOn = signOn;
    this.links = links;
    this.staff = staff;
    this.organisations = organisations;
    this.browsers = browsers;
  }

  /**
   * What the page prints.
   *
   * @param linked whether there is a link
   * @param usable whether the body uses a provider
   */
  record LinkPage(boolean linked, boolean usable, Field password) {}

  @Needs(Act.BE_SIGNED_IN)
  @GetMapping("/sso")
  ModelAndView show(@AuthenticationPrincipal SignedInStaff person) {
    return page(person, null);
  }

  /** 「団体のIDをつなぐ」. */
  @Needs(Act.BE_SIGNED_IN)
  @PostMapping("/sso")
  ModelAndView link(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request,
      HttpServletResponse response) {
    var wrong = wrong(person, password, request);
    return wrong == null
        ? leave(person, Errand.Purpose.LINK, null, request, response)
        : page(person, wrong);
  }

  /** 「つながりを解く」. */
  @Needs(Act.BE_SIGNED_IN)
  @PostMapping("/sso/removal")
  ModelAndView unlink(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request,
      RedirectAttributes flash) {
    // Who has no password of their own cannot pass here, and so does not lock themselves out.
    var wrong = wrong(person, password, request);
    if (wrong != null) {
      return page(person, wrong);
    }
    links.unlink(person, request.getRemoteAddr());
    flash.addFlashAttribute("done", "sso.unlinked");
    return new ModelAndView("redirect:/account/sso");
  }

  /** 「団体のIDで確認する」, before an act that wants it. */
  @Needs(Act.BE_SIGNED_IN)
  @PostMapping("/confirmation")
  ModelAndView confirm(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(defaultValue = "") String target,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (!TARGETS.matcher(target).matches()) {
      throw new NotFound("nothing is confirmed for this target");
    }
    return leave(person, Errand.Purpose.CONFIRM, target, request, response);
  }

  private ModelAndView leave(
      SignedInStaff person,
      Errand.Purpose purpose,
      @Nullable String target,
      HttpServletRequest request,
      HttpServletResponse response) {
    var body = body(person);
    var order =
        new SingleSignOn.Order(
            purpose,
            person.id(),
            target,
            browsers.of(request, response),
            browsers.entrance(request));
    return signOn
        .inUse(body)
        .flatMap(kind -> signOn.begin(body, kind, order))
        .map(Leaving::page)
        .orElseGet(() -> {
          var page =
              new ModelAndView(
                  "staff/sso-refused",
                  "page",
                  new SsoController.RefusedPage(Refusal.NOT_IN_USE, true));
          page.setStatus(HttpStatus.CONFLICT);
          return page;
        });
  }

  private @Nullable Text wrong(SignedInStaff person, String password, HttpServletRequest request) {
    if (password.isEmpty()) {
      return Text.of("staff.factors.password.empty");
    }
    return staff.confirms(person.member(), password, request.getRemoteAddr())
        ? null
        : Text.of("staff.factors.password.wrong");
  }

  private ModelAndView page(SignedInStaff person, @Nullable Text wrong) {
    var page =
        new ModelAndView(
            "staff/sso-own",
            "page",
            new LinkPage(
                links.isLinked(person),
                signOn.inUse(body(person)).isPresent(),
                Field.required("password", "staff.factors.password")
                    .hinted("staff.factors.password.hint")
                    .drawn(Field.Look.PASSWORD)
                    .wrong(wrong)));
    if (wrong != null) {
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return page;
  }

  private Body body(SignedInStaff person) {
    return organisations
        .body(person.member().tenant())
        .orElseThrow(() -> new NotFound("body of staff " + person.id()));
  }
}
