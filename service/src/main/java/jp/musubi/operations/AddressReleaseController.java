package jp.musubi.operations;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import jp.musubi.access.AddressRules;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 接続元の制限の解除: the operator's way out for a body that has shut itself out. */
@Controller
class AddressReleaseController {
  private final AddressRules rules;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Book book;

  AddressReleaseController(
      AddressRules rules,
      Organisations organisations,
      AuditTrail audit,
      PlatformTransactionManager transactions,
      Book book) {
    this.rules = rules;
    this.organisations = organisations;
    this.audit = audit;
    this.transaction = new TransactionTemplate(transactions);
    this.book = book;
  }

  @GetMapping("/bodies/address-release")
  @Needs(Act.OPEN_BODY)
  ModelAndView ask() {
    return form(null, null, Map.of(), HttpStatus.OK);
  }

  @PostMapping("/bodies/address-release")
  @Needs(Act.OPEN_BODY)
  ModelAndView release(
      @AuthenticationPrincipal SignedInStaff operator,
      @RequestParam(required = false) @Nullable String code,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var why = reader.line("reason", reason, 200, true);
    var body = organisations.bodyByCode(code == null ? "" : code);
    if (body.isEmpty()) {
      reader.reject("code", "people.wrong.choose");
    }
    if (body.isEmpty() || !reader.wrong().isEmpty()) {
      return form(code, reason, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    release(body.get(), operator, why, request.getRemoteAddr());
    flash.addFlashAttribute("done", "address.released");
    return new ModelAndView("redirect:/bodies");
  }

  /** On the operator's own record first, then, with its effect, on the body's. */
  private void release(Body body, SignedInStaff operator, String reason, String from) {
    var by =
        new Actor(Actor.Kind.OPERATOR, operator.member().id().toString(), operator.member().name());
    transaction.executeWithoutResult(_ ->
        audit.record(
            by, "address.released", null, from, Map.of("body", body.code(), "reason", reason)));
    Tenancy.in(
        body.id(),
        () -> {
          rules.release(by, reason, from);
          return true;
        });
  }

  private ModelAndView form(
      @Nullable String code, @Nullable String reason, Map<String, Text> wrong, HttpStatus status) {
    var bodies =
        organisations.bodies().stream()
            .filter(body -> !body.isOperators())
            .map(body -> new Option(body.code(), body.name()))
            .toList();
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("address.release"),
                    List.of(
                        book.crumb("people.crumb.home", "/"), book.crumb("body.list", "/bodies")),
                    "/bodies/address-release",
                    List.of(
                        Field.required("code", "address.release.body")
                            .with(code)
                            .offering(bodies)
                            .wrong(wrong.get("code")),
                        Field.required("reason", "address.release.reason")
                            .with(reason)
                            .hinted("address.release.reason.hint")
                            .wrong(wrong.get("reason"))),
                    "address.release.submit",
                    "/bodies")
                .led(Text.of("address.release.lead")));
    page.setStatus(status);
    return page;
  }
}
