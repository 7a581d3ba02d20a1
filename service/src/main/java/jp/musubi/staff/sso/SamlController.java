package jp.musubi.staff.sso;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import jp.musubi.platform.openid.Tokens;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
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
 * SAMLの戻り先. The provider's page posts its response here from another site, without the browser's
 * {@code SameSite=Lax} cookies. So it is only shown to the browser as a form, which our own page
 * sends on with them; the first post changes nothing.
 */
@Controller
@RequestMapping("/signin/sso/{code}")
class SamlController {
  /** In base64, with line ends, as long as {@link SecureXml} reads. */
  private static final int LONGEST = SecureXml.LARGEST * 3 / 2;

  private final Landing landing;
  private final Providers providers;

  SamlController(Landing landing, Providers providers) {
    this.landing = landing;
    this.providers = providers;
  }

  /** Back from a SAML provider. */
  @PostMapping("/saml")
  ModelAndView back(
      @PathVariable String code,
      @RequestParam(name = "SAMLResponse", defaultValue = "") String response,
      @RequestParam(name = "RelayState", defaultValue = "") String state) {
    landing.body(code);
    // Without a state of ours nobody was sent: a sign-in that the provider begins is none.
    if (response.isEmpty() || response.length() > LONGEST || !Tokens.isToken(state)) {
      return Landing.refused(Refusal.NOT_AWAITED, false);
    }
    return new ModelAndView(
        "staff/sso-back",
        "page",
        new SsoController.BackPage(
            "/signin/sso/" + code + "/saml-answer",
            List.of(
                new SsoController.Hidden("state", state),
                new SsoController.Hidden("response", response))));
  }

  /** The same, sent on by our own page. */
  @PostMapping("/saml-answer")
  ModelAndView answer(
      @PathVariable String code,
      @RequestParam(defaultValue = "") String response,
      @RequestParam(defaultValue = "") String state,
      @AuthenticationPrincipal @Nullable SignedInStaff person,
      HttpServletRequest request,
      HttpServletResponse answer,
      RedirectAttributes flash) {
    return landing.end(code, state, new Said.Response(response), person, request, answer, flash);
  }

  /** Our metadata, for the provider's administrator. */
  @GetMapping("/saml-metadata")
  ResponseEntity<byte[]> metadata(@PathVariable String code) {
    var body = landing.body(code);
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "application/samlmetadata+xml")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"musubi-saml-%s.xml\"".formatted(body.code()))
        .body(providers.metadata(body));
  }
}
