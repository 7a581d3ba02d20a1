package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Entrances;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A new passkey, and the end of an old one. */
@Controller
@RequestMapping("/account/factors/passkeys")
class PasskeyController {
  private static final String ASKED = "passkey.creation";
  private static final int LONGEST_LABEL = 50;
  private static final Field.Look LABEL =
      new Field.Look("text", "off", null, "medium", null, LONGEST_LABEL, null);

  private final Passkeys passkeys;
  private final Staff staff;
  private final StaffSessions sessions;
  private final SignInContexts contexts;
  private final FreshProof proofs;
  private final Entrances entrances;

  PasskeyController(
      Passkeys passkeys,
      Staff staff,
      StaffSessions sessions,
      SignInContexts contexts,
      FreshProof proofs,
      Entrances entrances) {
    this.passkeys = passkeys;
    this.staff = staff;
    this.sessions = sessions;
    this.contexts = contexts;
    this.proofs = proofs;
    this.entrances = entrances;
  }

  /**
   * What the page of a new passkey prints.
   *
   * @param options for the browser, as JSON
   */
  record PasskeyPage(String options, Field label, @Nullable Text wrong) {}

  /** 「パスキーを登録する」: the challenge is made here and waits in the session. */
  @Needs(Act.BE_SIGNED_IN)
  @PostMapping
  ModelAndView begin(
      @AuthenticationPrincipal SignedInStaff person,
      Authentication authentication,
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request,
      HttpSession session) {
    if (!proves(person, password, request)) {
      return new ModelAndView("redirect:/account/factors?password");
    }
    return page(authentication, request, session, null);
  }

  /** The browser's answer. */
  @Needs(Act.BE_SIGNED_IN)
  @PostMapping("/registration")
  ModelAndView register(
      @AuthenticationPrincipal SignedInStaff person,
      Authentication authentication,
      @RequestParam(defaultValue = "") String credential,
      @RequestParam(defaultValue = "") String label,
      HttpServletRequest request,
      HttpServletResponse response,
      HttpSession session) {
    var asked =
        Optional.ofNullable((PublicKeyCredentialCreationOptions) session.getAttribute(ASKED));
    session.removeAttribute(ASKED);
    if (asked.isEmpty()) {
      return new ModelAndView("redirect:/account/factors");
    }
    var named = label.replaceAll("\\p{C}", "").strip();
    if (named.isEmpty() || named.length() > LONGEST_LABEL) {
      return page(authentication, request, session, Text.of("staff.passkey.label.wrong"));
    }
    if (!passkeys.register(
        person.member(), asked.get(), credential, named, request.getRemoteAddr())) {
      return page(authentication, request, session, Text.of("staff.passkey.wrong"));
    }
    // The device has just proved itself, with its owner's finger, face or PIN.
    var shown = person.with(Factor.PASSKEY);
    sessions.shows(Objects.requireNonNull(person.session()), shown.shown());
    sessions.endOthers(person, session.getId(), request.getRemoteAddr());
    contexts.save(shown, request, response);
    return new ModelAndView("redirect:/account/factors?passkey");
  }

  /** 「登録を消す」. */
  @Needs(Act.BE_SIGNED_IN)
  @PostMapping("/removal")
  ModelAndView remove(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(defaultValue = "") String id,
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request) {
    if (!proves(person, password, request)) {
      return new ModelAndView("redirect:/account/factors?password");
    }
    passkeys.remove(person.member(), id, request.getRemoteAddr());
    sessions.endOthers(person, request.getSession().getId(), request.getRemoteAddr());
    return new ModelAndView("redirect:/account/factors");
  }

  private boolean proves(SignedInStaff person, String password, HttpServletRequest request) {
    return FreshProof.isFor(person)
        ? proofs.held(request.getSession(), person, FactorsController.PATH).isPresent()
        : !password.isEmpty() && staff.confirms(person.member(), password, request.getRemoteAddr());
  }

  private ModelAndView page(
      Authentication authentication,
      HttpServletRequest request,
      HttpSession session,
      @Nullable Text wrong) {
    var options = passkeys.creation(authentication, entrances.of(request));
    session.setAttribute(ASKED, options);
    var page =
        new ModelAndView(
            "staff/passkey",
            "page",
            new PasskeyPage(
                passkeys.json(options),
                Field.required("label", "staff.passkey.label")
                    .hinted("staff.passkey.label.hint")
                    .drawn(LABEL)
                    .with("このパソコン"),
                wrong));
    if (wrong != null) {
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return page;
  }
}
