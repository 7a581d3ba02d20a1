package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * パスワードを決める. Where a mailed invitation leads: looking changes nothing, so that a mail scanner uses
 * nothing up.
 */
@Controller
@RequestMapping("/invitation/{code}/{invitation}/{secret}")
class FirstPasswordController {
  private final Invitations invitations;
  private final Organisations organisations;

  FirstPasswordController(Invitations invitations, Organisations organisations) {
    this.invitations = invitations;
    this.organisations = organisations;
  }

  /** What the page prints; without fields the link is dead. */
  record Page(String path, int least, List<Field> fields) {}

  @GetMapping
  ModelAndView ask(
      @PathVariable String code, @PathVariable String invitation, @PathVariable String secret) {
    return least(code, invitation, secret)
        .map(least -> page(path(code, invitation, secret), least, Map.of(), HttpStatus.OK))
        .orElseGet(FirstPasswordController::dead);
  }

  @PostMapping
  ModelAndView choose(
      @PathVariable String code,
      @PathVariable String invitation,
      @PathVariable String secret,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String again,
      HttpServletRequest request) {
    var body = body(code);
    var id = key(invitation);
    if (body.isEmpty() || id.isEmpty()) {
      return dead();
    }
    var path = path(code, invitation, secret);
    var least = least(code, invitation, secret).orElse(0);
    if (!password.equals(again)) {
      return page(
          path,
          least,
          Map.of("again", Text.of("staff.password.differs")),
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var outcome =
        Tenancy.in(
            body.get(),
            () -> invitations.choose(id.get(), secret, password, request.getRemoteAddr()));
    return switch (outcome) {
      case Invitations.Outcome.Set _ ->
          new ModelAndView("redirect:/signin?chosen=&body={code}", "code", code);
      case Invitations.Outcome.Unfit(var why) ->
          page(path, least, Map.of("password", why), HttpStatus.UNPROCESSABLE_CONTENT);
      case Invitations.Outcome.Dead _ -> dead();
    };
  }

  /** How long a password is wanted; empty for a dead link. */
  private java.util.Optional<Integer> least(String code, String invitation, String secret) {
    return body(code)
        .flatMap(body ->
            key(invitation).flatMap(id -> Tenancy.in(body, () -> invitations.least(id, secret))));
  }

  private java.util.Optional<TenantId> body(String code) {
    return organisations.bodyByCode(code).map(jp.musubi.organisation.Body::id);
  }

  private static java.util.Optional<UUID> key(String text) {
    try {
      return java.util.Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException notAKey) {
      return java.util.Optional.empty();
    }
  }

  private static String path(String code, String invitation, String secret) {
    return "/invitation/%s/%s/%s".formatted(code, invitation, secret);
  }

  /** The same page for every dead link, whyever it is dead (ASVS 6.3.8). */
  private static ModelAndView dead() {
    var page = new ModelAndView("staff/password", "page", new Page("", 0, List.of()));
    page.setStatus(HttpStatus.GONE);
    return page;
  }

  private static ModelAndView page(
      String path, int least, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "staff/password",
            "page",
            new Page(
                path,
                least,
                List.of(
                    Field.required("password", "staff.password.new")
                        .hinted("staff.password.hint")
                        .drawn(Form.NEW_PASSWORD)
                        .wrong(text(wrong, "password")),
                    Field.required("again", "staff.password.again")
                        .drawn(Form.NEW_PASSWORD)
                        .wrong(text(wrong, "again")))));
    page.setStatus(status);
    return page;
  }

  private static @Nullable Text text(Map<String, Text> wrong, String field) {
    return wrong.get(field);
  }
}
