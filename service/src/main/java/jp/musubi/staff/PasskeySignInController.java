package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.Optional;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Entrances;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * パスキーだけのサインイン: nothing to type but the body. The page asks for any passkey of this service, so
 * that it tells nobody whose there are (ASVS 6.3.8).
 */
@Controller
@RequestMapping("/signin/passkey")
class PasskeySignInController {
  private static final String ASKED = "passkey.signin";
  private static final String BODY = "passkey.signin.body";

  private final Passkeys passkeys;
  private final Staff staff;
  private final StaffSessions sessions;
  private final SignInContexts contexts;
  private final RememberedBody remembered;
  private final Organisations organisations;
  private final Clock clock;
  private final Entrances entrances;

  PasskeySignInController(
      Passkeys passkeys,
      Staff staff,
      StaffSessions sessions,
      SignInContexts contexts,
      RememberedBody remembered,
      Organisations organisations,
      Clock clock,
      Entrances entrances) {
    this.passkeys = passkeys;
    this.staff = staff;
    this.sessions = sessions;
    this.contexts = contexts;
    this.remembered = remembered;
    this.organisations = organisations;
    this.clock = clock;
    this.entrances = entrances;
  }

  /**
   * What the page prints.
   *
   * @param options for the browser, as JSON
   * @param refused whether the one before was not accepted
   */
  record Page(String options, boolean refused) {}

  /** 「パスキーでサインイン」: the challenge is made here and waits in the session. */
  @PostMapping
  ModelAndView ask(
      @RequestParam(defaultValue = "") String body,
      HttpServletRequest request,
      HttpSession session) {
    session.setAttribute(BODY, body);
    return page(request, session, false);
  }

  /** The browser's answer. */
  @PostMapping("/assertion")
  ModelAndView signIn(
      @RequestParam(defaultValue = "") String credential,
      HttpServletRequest request,
      HttpServletResponse response,
      HttpSession session) {
    var asked = (PublicKeyCredentialRequestOptions) session.getAttribute(ASKED);
    session.removeAttribute(ASKED);
    var body = body((String) session.getAttribute(BODY));
    var person =
        asked == null || body.isEmpty()
            ? Optional.<SignedInStaff>empty()
            : Tenancy.in(body.get().id(), () -> person(body.get(), asked, credential, request));
    if (person.isEmpty()) {
      return page(request, session, true);
    }
    session.removeAttribute(BODY);
    contexts.save(person.get(), request, response);
    remembered.keep(body.get().code(), response);
    var wanted = StaffSecurity.wayBack().getRequest(request, response);
    StaffSecurity.wayBack().removeRequest(request, response);
    return new ModelAndView("redirect:" + (wanted == null ? "/" : wanted.getRedirectUrl()));
  }

  private Optional<SignedInStaff> person(
      Body body,
      PublicKeyCredentialRequestOptions asked,
      String credential,
      HttpServletRequest request) {
    return passkeys
        .signIn(asked, credential, request.getRemoteAddr())
        .map(member -> {
          var person =
              SignedInStaff.of(
                  member,
                  body.name(),
                  staff.sectionName(member),
                  clock.instant(),
                  Factor.PASSKEY,
                  true);
          return person.in(
              sessions.begin(
                  member,
                  person.shown(),
                  Device.of(request.getHeader("User-Agent")),
                  request.getRemoteAddr()));
        });
  }

  private Optional<Body> body(@Nullable String code) {
    return Optional.ofNullable(code)
        .flatMap(organisations::bodyByCode)
        .filter(found -> found.isUsableOn(organisations.today()));
  }

  private ModelAndView page(HttpServletRequest request, HttpSession session, boolean refused) {
    var options = passkeys.request(null, entrances.of(request));
    session.setAttribute(ASKED, options);
    var page =
        new ModelAndView("staff/passkey-signin", "page", new Page(passkeys.json(options), refused));
    if (refused) {
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return page;
  }
}
