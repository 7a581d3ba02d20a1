package jp.musubi.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.FreshProof;
import jp.musubi.staff.Proving;
import jp.musubi.staff.Reauthentication;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** 本人確認のあとの入力. Forms behind which a secret is shown, to somebody who has just proved themselves. */
@Component
class ProvenForms {
  private final Reauthentication reauthentication;
  private final FreshProof proofs;

  ProvenForms(Reauthentication reauthentication, FreshProof proofs) {
    this.reauthentication = reauthentication;
    this.proofs = proofs;
  }

  /**
   * A form before which one shows who one is.
   *
   * @param proof by the body's own ID; null for whoever has shown a password
   */
  record Page(Form form, @Nullable Proving proof) {}

  /**
   * The one page that shows a secret.
   *
   * @param words prefix of its message keys
   */
  record SecretPage(List<Crumb> crumbs, String words, String secret, String path) {}

  /** Tells the reader what of the proof is missing or wrong. */
  void prove(
      SignedInStaff person,
      @Nullable String password,
      String code,
      FormReader reader,
      HttpServletRequest request) {
    var _ = reauthentication.shown(person, password, code, reader, request);
  }

  /** The form, with what proves who somebody is at its end. */
  ModelAndView page(
      Form form,
      SignedInStaff person,
      Map<String, Text> wrong,
      HttpServletRequest request,
      HttpStatus status) {
    var proof = Proving.of(proofs, request.getSession(), person, form.path());
    var fields = new ArrayList<Field>(form.fields());
    fields.addAll(reauthentication.fields(person, proof, wrong));
    var whole =
        new Form(
            form.heading(),
            form.crumbs(),
            form.lead(),
            form.refusal(),
            form.path(),
            fields,
            form.submit(),
            form.back());
    var page = new ModelAndView("api/form", "page", new Page(whole, proof));
    page.setStatus(status);
    return page;
  }

  /** The key of a form that makes a secret once, however often it is sent. */
  static String newKey() {
    return UUID.randomUUID().toString();
  }

  /** The secret, this once; of a form that was sent before there is none to show any more. */
  ModelAndView secret(List<Crumb> crumbs, String words, Optional<String> secret, String path) {
    return secret
        .map(
            one -> new ModelAndView("api/secret", "page", new SecretPage(crumbs, words, one, path)))
        .orElseGet(() -> new ModelAndView("redirect:" + path));
  }
}
