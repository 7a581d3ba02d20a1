package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.platform.web.Entrances;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The second step of signing in. */
@Controller
class SecondFactorController {
  static final Field.Look CODE =
      new Field.Look("text", "one-time-code", null, "medium", null, 40, null);

  private static final String ASKED = "passkey.request";

  private final SecondFactors factors;
  private final Passkeys passkeys;
  private final SignInPolicies policies;
  private final StaffEntrance entrance;
  private final Entrances entrances;

  SecondFactorController(
      SecondFactors factors,
      Passkeys passkeys,
      SignInPolicies policies,
      StaffEntrance entrance,
      Entrances entrances) {
    this.factors = factors;
    this.passkeys = passkeys;
    this.policies = policies;
    this.entrance = entrance;
    this.entrances = entrances;
  }

  /**
   * What the page prints.
   *
   * @param app whether a code can be asked for
   * @param passkey whether a passkey can
   * @param elsewhere whether all that the person has was registered under another name
   * @param options for the browser, as JSON, once a passkey was chosen
   */
  record SecondFactorPage(
      boolean app,
      boolean passkey,
      boolean elsewhere,
      @Nullable String options,
      Field code,
      @Nullable Text wrong) {}

  @Needs(Act.BE_SIGNED_IN)
  @Recorded(by = Recorded.By.NOBODY, because = "what a person sees of themselves")
  @GetMapping(StaffSecurity.SECOND)
  ModelAndView ask(@AuthenticationPrincipal SignedInStaff person, HttpServletRequest request) {
    return person.complete() ? new ModelAndView("redirect:/") : page(person, request, null, null);
  }

  /** 「確認して進む」. */
  @Needs(Act.BE_SIGNED_IN)
  @PostMapping(StaffSecurity.SECOND)
  ModelAndView show(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (person.complete()) {
      return new ModelAndView("redirect:/");
    }
    if (policies.opensByPasskeyOnly(person.member())) {
      return page(person, request, null, Text.of("staff.second.passkey.only"));
    }
    if (code.isBlank()) {
      return page(person, request, null, Text.of("staff.second.empty"));
    }
    var shown = factors.signIn(person.member(), code, request.getRemoteAddr());
    if (shown.isEmpty()) {
      return page(person, request, null, Text.of("staff.second.wrong"));
    }
    return complete(person.with(shown.get()), request, response);
  }

  /** 「パスキーで確かめる」: the challenge is made here and waits in the session. */
  @Needs(Act.BE_SIGNED_IN)
  @PostMapping(StaffSecurity.SECOND + "/passkey")
  ModelAndView askPasskey(
      @AuthenticationPrincipal SignedInStaff person,
      Authentication authentication,
      HttpServletRequest request,
      HttpSession session) {
    if (person.complete()) {
      return new ModelAndView("redirect:/");
    }
    var options = passkeys.request(authentication, entrances.of(request));
    session.setAttribute(ASKED, options);
    return page(person, request, passkeys.json(options), null);
  }

  /** The browser's answer. */
  @Needs(Act.BE_SIGNED_IN)
  @PostMapping(StaffSecurity.SECOND + "/assertion")
  ModelAndView showPasskey(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(defaultValue = "") String credential,
      HttpServletRequest request,
      HttpServletResponse response,
      HttpSession session) {
    if (person.complete()) {
      return new ModelAndView("redirect:/");
    }
    var asked = (PublicKeyCredentialRequestOptions) session.getAttribute(ASKED);
    session.removeAttribute(ASKED);
    if (asked == null
        || !passkeys.confirms(
            person.member(), asked, credential, request.getRemoteAddr(), "staff.signed-in")) {
      return page(person, request, null, Text.of("staff.second.passkey.wrong"));
    }
    return complete(person.with(Factor.PASSKEY), request, response);
  }

  private ModelAndView complete(
      SignedInStaff person, HttpServletRequest request, HttpServletResponse response) {
    return new ModelAndView("redirect:" + entrance.enter(person, request, response));
  }

  private ModelAndView page(
      SignedInStaff person,
      HttpServletRequest request,
      @Nullable String options,
      @Nullable Text wrong) {
    var app = factors.hasApp(person.member()) && !policies.opensByPasskeyOnly(person.member());
    var passkey = passkeys.registered(person.member(), entrances.of(request));
    var page =
        new ModelAndView(
            "staff/second",
            "page",
            new SecondFactorPage(
                app,
                passkey,
                !app && !passkey,
                options,
                Field.required("code", "staff.second.code")
                    .hinted("staff.second.code.hint")
                    .drawn(CODE)
                    .wrong(wrong),
                wrong));
    if (wrong != null) {
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return page;
  }
}
