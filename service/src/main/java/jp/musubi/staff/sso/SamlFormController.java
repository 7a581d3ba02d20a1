package jp.musubi.staff.sso;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** SAMLの設定を入力する. */
@Controller
@RequestMapping("/settings/sso/saml")
@Needs(Act.CHANGE_SETTINGS)
class SamlFormController {
  private static final String PATH = "/settings/sso/saml";
  private static final String BACK = "/settings/sso";

  private final Providers providers;
  private final RuleFields rules;
  private final Book book;

  SamlFormController(Providers providers, RuleFields rules, Book book) {
    this.providers = providers;
    this.rules = rules;
    this.book = book;
  }

  @GetMapping
  ModelAndView begin() {
    var found = providers.find(Provider.Kind.SAML);
    if (found.isPresent() && found.get().protocol() instanceof Provider.Protocol.Saml saml) {
      return form(
          SamlFields.Typed.of(saml),
          RuleFields.Typed.of(found.get().rules()),
          Map.of(),
          HttpStatus.OK);
    }
    return form(SamlFields.Typed.EMPTY, RuleFields.Typed.FIRST_SAML, Map.of(), HttpStatus.OK);
  }

  @PostMapping
  ModelAndView save(
      @AuthenticationPrincipal SignedInStaff admin,
      @ModelAttribute("saml") SamlFields.Typed typed,
      @ModelAttribute("rules") RuleFields.Typed typedRules,
      @RequestParam(required = false) @Nullable MultipartFile file,
      HttpServletRequest request,
      RedirectAttributes flash)
      throws IOException {
    var reader = new FormReader();
    var read = SamlFields.read(reader, typed, uploaded(file), rules.read(reader, typedRules));
    if (read == null) {
      return form(typed, typedRules, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    providers.save(read, admin.member(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "sso.saved");
    return new ModelAndView("redirect:" + BACK);
  }

  /** As much as is looked at, and one byte by which it is seen to be more. */
  private static byte[] uploaded(@Nullable MultipartFile file) throws IOException {
    if (file == null || file.isEmpty()) {
      return new byte[0];
    }
    try (var in = file.getInputStream()) {
      return in.readNBytes(SecureXml.LARGEST + 1);
    }
  }

  private ModelAndView form(
      SamlFields.Typed typed,
      RuleFields.Typed typedRules,
      Map<String, Text> wrong,
      HttpStatus status) {
    var fields = new ArrayList<Field>(SamlFields.fields(typed, wrong));
    fields.addAll(rules.fields(Provider.Kind.SAML, typedRules, wrong));
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("sso.saml.title"),
                    List.of(book.crumb("people.crumb.home", "/"), book.crumb("sso.title", BACK)),
                    PATH,
                    fields,
                    "sso.saml.save",
                    BACK)
                .led(Text.of("sso.saml.lead")));
    page.setStatus(status);
    return page;
  }
}
