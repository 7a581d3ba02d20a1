package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.secrets.AppCodes;
import jp.musubi.platform.web.Entrances;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.QrCode;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** サインインの守り: one's own second factor. Every change wants the password (ASVS 7.5.1). */
@Controller
@RequestMapping(FactorsController.PATH)
class FactorsController {
  /** What a proof by the body's ID is for. */
  static final String PATH = "/account/factors";

  private static final String SERVICE = "むすび";
  private static final Set<String> WANTED =
      Set.of(SignInPolicy.Lack.ANY.name(), SignInPolicy.Lack.PASSKEY.name());

  private final SecondFactors factors;
  private final Passkeys passkeys;
  private final Staff staff;
  private final StaffSessions sessions;
  private final FreshProof proofs;
  private final Entrances entrances;

  FactorsController(
      SecondFactors factors,
      Passkeys passkeys,
      Staff staff,
      StaffSessions sessions,
      FreshProof proofs,
      Entrances entrances) {
    this.factors = factors;
    this.passkeys = passkeys;
    this.staff = staff;
    this.sessions = sessions;
    this.proofs = proofs;
    this.entrances = entrances;
  }

  /**
   * What the page about one's factors prints.
   *
   * @param app whether an app is asked for at sign-in
   * @param left recovery codes not used yet
   * @param proof how the person proves themselves by the body's ID; null where a password does
   * @param notice key of the banner's words, if there is something to say
   */
  record FactorsPage(
      boolean app,
      int left,
      List<Line> passkeys,
      Field password,
      @Nullable Proving proof,
      @Nullable Text wrong,
      @Nullable String notice) {}

  /**
   * A passkey in the list.
   *
   * @param host where it opens; empty while there is only one name
   */
  record Line(String id, String label, String host, String created, String used) {}

  /**
   * What the page of a new app prints.
   *
   * @param secret the same as the picture, for typing
   */
  record AppPage(QrCode picture, String secret, Field code) {}

  /** The recovery codes, shown once. */
  record CodesPage(List<String> codes) {}

  @Needs(Act.BE_SIGNED_IN)
  @Recorded(by = Recorded.By.NOBODY, because = "what a person sees of themselves")
  @GetMapping
  ModelAndView factors(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(required = false) @Nullable String password,
      @RequestParam(required = false) @Nullable String passkey,
      @RequestParam(required = false) @Nullable String wanted,
      HttpServletRequest request) {
    var asked = FreshProof.isFor(person) ? "contract.wrong.proof" : "staff.factors.password.wrong";
    return page(
        person,
        password == null ? null : Text.of(asked),
        passkey != null
            ? "staff.passkey.done"
            : wanted != null && WANTED.contains(wanted) ? "staff.factors.wanted." + wanted : null,
        request);
  }

  /** 「認証アプリを使う」. */
  @Needs(Act.BE_SIGNED_IN)
  @PostMapping("/app")
  ModelAndView propose(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request) {
    var wrong = wrong(person, password, request);
    if (wrong != null) {
      return page(person, wrong, request);
    }
    factors.propose(person.member());
    return new ModelAndView("redirect:/account/factors/app");
  }

  @Needs(Act.BE_SIGNED_IN)
  @Recorded(by = Recorded.By.NOBODY, because = "what a person sees of themselves")
  @GetMapping("/app")
  ModelAndView app(@AuthenticationPrincipal SignedInStaff person) {
    return app(person, null);
  }

  /** 「確認して使い始める」. */
  @Needs(Act.BE_SIGNED_IN)
  @PostMapping("/app/confirmation")
  ModelAndView confirm(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request) {
    var made = factors.confirm(person.member(), code, request.getRemoteAddr());
    if (made.isEmpty()) {
      return app(person, Text.of("staff.second.wrong"));
    }
    // A session that somebody else opened by the password alone ends with that (ASVS 7.4.3).
    sessions.endOthers(person, request.getSession().getId(), request.getRemoteAddr());
    return codes(made.get());
  }

  /** 「回復コードを作り直す」. */
  @Needs(Act.BE_SIGNED_IN)
  @PostMapping("/recovery-codes")
  ModelAndView renew(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request) {
    var wrong = wrong(person, password, request);
    return wrong == null && factors.hasApp(person.member())
        ? codes(factors.renewRecoveryCodes(person.member(), request.getRemoteAddr()))
        : page(person, wrong, request);
  }

  /** 「認証アプリを使わない」. */
  @Needs(Act.BE_SIGNED_IN)
  @PostMapping("/app/removal")
  ModelAndView remove(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request) {
    var wrong = wrong(person, password, request);
    if (wrong != null) {
      return page(person, wrong, request);
    }
    factors.remove(person.member(), request.getRemoteAddr());
    sessions.endOthers(person, request.getSession().getId(), request.getRemoteAddr());
    return new ModelAndView("redirect:/account/factors");
  }

  // A proof is good for all that one registers or removes while it is fresh.
  private @Nullable Text wrong(SignedInStaff person, String password, HttpServletRequest request) {
    if (FreshProof.isFor(person)) {
      return proofs.held(request.getSession(), person, PATH).isPresent()
          ? null
          : Text.of("contract.wrong.proof");
    }
    if (password.isEmpty()) {
      return Text.of("staff.factors.password.empty");
    }
    return staff.confirms(person.member(), password, request.getRemoteAddr())
        ? null
        : Text.of("staff.factors.password.wrong");
  }

  private ModelAndView page(
      SignedInStaff person, @Nullable Text wrong, HttpServletRequest request) {
    return page(person, wrong, null, request);
  }

  private ModelAndView page(
      SignedInStaff person,
      @Nullable Text wrong,
      @Nullable String notice,
      HttpServletRequest request) {
    return answer(
        "staff/factors",
        new FactorsPage(
            factors.hasApp(person.member()),
            factors.recoveryCodesLeft(person.member()),
            passkeys.of(person.member()).stream().map(this::line).toList(),
            Field.required("password", "staff.factors.password")
                .hinted("staff.factors.password.hint")
                .drawn(Field.Look.PASSWORD)
                .wrong(wrong),
            Proving.of(proofs, request.getSession(), person, PATH),
            wrong,
            notice),
        wrong);
  }

  private Line line(PasskeyStore.Line passkey) {
    return new Line(
        passkey.id(),
        passkey.label(),
        entrances.lgwan().isEmpty() ? "" : passkey.host(),
        JapaneseDates.date(passkey.created()),
        passkey.used() == null ? "" : JapaneseDates.time(passkey.used()));
  }

  private ModelAndView app(SignedInStaff person, @Nullable Text wrong) {
    var secret = factors.proposed(person.member());
    if (secret.isEmpty()) {
      return new ModelAndView("redirect:/account/factors");
    }
    var account = "%s（%s）".formatted(person.member().loginId(), person.bodyName());
    return answer(
        "staff/app",
        new AppPage(
            QrCode.of(AppCodes.address(secret.get().bytes(), SERVICE, account)),
            AppCodes.spelled(secret.get().bytes()),
            Field.required("code", "staff.app.code")
                .hinted("staff.app.code.hint")
                .drawn(SecondFactorController.CODE)
                .wrong(wrong)),
        wrong);
  }

  private static ModelAndView codes(List<String> codes) {
    return new ModelAndView("staff/recovery-codes", "page", new CodesPage(codes));
  }

  private static ModelAndView answer(String view, Object page, @Nullable Text wrong) {
    var answer = new ModelAndView(view, "page", page);
    if (wrong != null) {
      answer.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return answer;
  }
}
