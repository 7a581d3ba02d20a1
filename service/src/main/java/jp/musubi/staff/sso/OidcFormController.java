package jp.musubi.staff.sso;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** OpenID Connectの設定を入力する. */
@Controller
@RequestMapping("/settings/sso/oidc")
@Needs(Act.CHANGE_SETTINGS)
class OidcFormController {
  private static final String PATH = "/settings/sso/oidc";
  private static final String BACK = "/settings/sso";
  private static final Field.Look SECRET =
      new Field.Look("password", "off", null, "medium", null, 500, null);

  private final Providers providers;
  private final RuleFields rules;
  private final Book book;

  OidcFormController(Providers providers, RuleFields rules, Book book) {
    this.providers = providers;
    this.rules = rules;
    this.book = book;
  }

  /** As typed. */
  record Typed(@Nullable String issuer, @Nullable String clientId, @Nullable String secret) {}

  @GetMapping
  ModelAndView begin() {
    var found = providers.find(Provider.Kind.OIDC);
    if (found.isPresent() && found.get().protocol() instanceof Provider.Protocol.Oidc oidc) {
      return form(
          new Typed(oidc.issuer(), oidc.clientId(), ""),
          RuleFields.Typed.of(found.get().rules()),
          Map.of(),
          null,
          HttpStatus.OK);
    }
    return form(
        new Typed(null, null, null), RuleFields.Typed.FIRST_OIDC, Map.of(), null, HttpStatus.OK);
  }

  @PostMapping
  ModelAndView save(
      @AuthenticationPrincipal SignedInStaff admin,
      @ModelAttribute("oidc") Typed typed,
      @ModelAttribute("rules") RuleFields.Typed typedRules,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var issuer = reader.line("issuer", typed.issuer(), 1000, true);
    if (!issuer.isEmpty() && !isAddress(issuer)) {
      reader.reject("issuer", "sso.wrong.issuer");
    }
    var clientId = reader.line("clientId", typed.clientId(), 500, true);
    var secret = reader.line("secret", typed.secret(), 500, false);
    var read = rules.read(reader, typedRules);
    if (!reader.wrong().isEmpty()) {
      return form(typed, typedRules, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (providers.save(
        new Providers.NewOidc(issuer, clientId, secret, read),
        admin.member(),
        request.getRemoteAddr())) {
      case Providers.Saved.Done _ -> {
        flash.addFlashAttribute("done", "sso.saved");
        yield new ModelAndView("redirect:" + BACK);
      }
      case Providers.Saved.NoSecret _ ->
          form(
              typed,
              typedRules,
              Map.of("secret", Text.of("sso.wrong.secret")),
              null,
              HttpStatus.UNPROCESSABLE_CONTENT);
      case Providers.Saved.Failed(var reason) ->
          form(
              typed,
              typedRules,
              Map.of(),
              Text.of("sso.refusal.discovery." + reason),
              HttpStatus.CONFLICT);
    };
  }

  private static boolean isAddress(String issuer) {
    try {
      var address = new URI(issuer);
      return address.getHost() != null
          && address.getUserInfo() == null
          && address.getQuery() == null
          && address.getFragment() == null;
    } catch (java.net.URISyntaxException e) {
      return false;
    }
  }

  private ModelAndView form(
      Typed typed,
      RuleFields.Typed typedRules,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var fields = new java.util.ArrayList<Field>();
    fields.add(
        Field.required("issuer", "sso.issuer")
            .hinted("sso.issuer.hint")
            .with(typed.issuer())
            .wrong(wrong.get("issuer")));
    fields.add(
        Field.required("clientId", "sso.clientId")
            .hinted("sso.clientId.hint")
            .with(typed.clientId())
            .wrong(wrong.get("clientId")));
    // What was typed here is not sent back to the page.
    fields.add(
        Field.optional("secret", "sso.secret")
            .hinted("sso.secret.hint")
            .drawn(SECRET)
            .wrong(wrong.get("secret")));
    fields.addAll(rules.fields(Provider.Kind.OIDC, typedRules, wrong));
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("sso.oidc.title"),
                    List.of(book.crumb("people.crumb.home", "/"), book.crumb("sso.title", BACK)),
                    PATH,
                    fields,
                    "sso.save",
                    BACK)
                .led(Text.of("sso.oidc.lead"))
                .refused(refusal));
    page.setStatus(status);
    return page;
  }
}
