package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.contract.Party;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Reading;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The decision: 同意して署名する. */
@Controller
@RequestMapping("/s/{body}/{link}")
class AgreementController {
  private static final String SIGNING = "signing";

  private final Entrance entrance;
  private final Ceremony ceremony;
  private final Identifying identifying;
  private final Pages pages;
  private final Clock clock;

  AgreementController(
      Entrance entrance, Ceremony ceremony, Identifying identifying, Pages pages, Clock clock) {
    this.entrance = entrance;
    this.ceremony = ceremony;
    this.identifying = identifying;
    this.pages = pages;
    this.clock = clock;
  }

  @GetMapping("/confirm")
  @Nullable String confirm(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam Optional<String> refused,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.admit(
        body,
        link,
        model,
        request,
        response,
        (visit, grant) -> {
          var detour = detour(visit, grant, body, link, model, request, response);
          if (detour != null) {
            return detour;
          }
          ceremony.readToEnd(visit, Visitor.of(request), visit.contract().shownFile());
          askPasskey(visit, model, request);
          return form(visit, refused.filter(REFUSALS::contains), null, model);
        });
  }

  private static final java.util.Set<String> REFUSALS =
      java.util.Set.of("changed", "pending", "deadline", "closed");

  /** 「同意して署名する」. */
  @PostMapping("/agreement")
  @Nullable String agree(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam String idempotencyKey,
      @RequestParam String sha256,
      @RequestParam(defaultValue = "") String wording,
      @RequestParam(defaultValue = "false") boolean authority,
      @RequestParam(defaultValue = "") String credential,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.admit(
        body,
        link,
        model,
        request,
        response,
        (visit, grant) -> {
          var path = "redirect:" + visit.path(body);
          var detour = detour(visit, grant, body, link, model, request, response);
          if (detour != null) {
            return detour;
          }
          // The language may have been switched in another window since this form was shown.
          var declaration = declaration(visit);
          if (!FormKey.isOne(idempotencyKey)
              || !declaration.digest().hex().equals(wording)
              || !visit.contract().shownFile().hex().equals(sha256)) {
            return path + "/confirm?refused=changed";
          }
          var asked = Grants.<PasskeyAsked>take(request, SIGNING, visit.link().id());
          if (!authority) {
            askPasskey(visit, model, request);
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            model.addAttribute("reading", Reading.of(request).at(visit.path(body) + "/confirm"));
            return form(
                visit, Optional.empty(), Text.of("signing.confirm.authority.missing"), model);
          }
          var proof =
              asked
                  .map(signed ->
                      identifying.signed(
                          visit, signed, Sha256.parse(sha256), declaration.digest(), credential))
                  .orElse(Map.of());
          if (visit.asks() == Visit.Ask.PASSKEY && proof.isEmpty()) {
            askPasskey(visit, model, request);
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            model.addAttribute("reading", Reading.of(request).at(visit.path(body) + "/confirm"));
            return form(visit, Optional.of("passkey"), null, model);
          }
          var refused =
              ceremony.agree(
                  visit,
                  idempotencyKey,
                  Sha256.parse(sha256),
                  Visitor.of(request),
                  declaration,
                  proof);
          return path + refused.map(why -> "/confirm?refused=" + why).orElse("/done");
        });
  }

  /**
   * Of who has registered a passkey: what it is to sign, which is this document and these words.
   */
  private void askPasskey(Visit visit, Model model, HttpServletRequest request) {
    if (visit.asks() == Visit.Ask.PASSKEY) {
      var asked =
          identifying.asked(visit, visit.contract().shownFile(), declaration(visit).digest());
      Grants.keep(request, SIGNING, visit.link().id(), asked);
      model.addAttribute("passkey", identifying.json(asked.options()));
    }
  }

  /** Where somebody has to go before deciding; null when the way is free. */
  private @Nullable String detour(
      Visit visit,
      Grant grant,
      String body,
      String link,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (visit.standing().isEnded()) {
      return pages.ended(visit, model);
    }
    if (visit.standing() != Standing.TO_DECIDE) {
      return "redirect:" + visit.path(body) + "/done";
    }
    if (visit.owesSignature()) {
      return "redirect:" + visit.path(body) + "/own-signature";
    }
    var document = visit.contract().shownFile();
    var missing =
        Grants.missing(
            request.getSession(false), visit.link().id(), document, visit.contract().pages());
    if (!missing.isEmpty()) {
      return "redirect:%s/read?missing#page-%d".formatted(visit.path(body), missing.getFirst());
    }
    return grant.isFresh(visit.needsCode(), clock.instant())
        ? null
        : pages.shut(
            new Admission.Shut(Admission.Reason.STALE, Optional.of(visit)),
            body,
            link,
            model,
            response);
  }

  /** The page. */
  String form(Visit visit, Optional<String> refused, @Nullable Text authorityMissing, Model model) {
    var contract = visit.contract();
    pages.frame(model, visit);
    model.addAttribute("way", Pages.way(1));
    model.addAttribute("card", pages.card(contract));
    var declaration = declaration(visit);
    model.addAttribute("sentence", sentence(visit));
    model.addAttribute("wording", declaration.digest());
    model.addAttribute(
        "binding", declaration.translation().isEmpty() ? List.of() : declaration.binding());
    model.addAttribute("office", office(visit));
    model.addAttribute("sha256", contract.shownFile());
    model.addAttribute("grouped", Wording.grouped(contract.shownFile()));
    model.addAttribute("key", FormKey.next());
    model.addAttribute("refused", refused.orElse(null));
    model.addAttribute(
        "authority",
        Field.required("authority", key(visit, "signing.confirm.authority"))
            .wrong(authorityMissing));
    return "signing/confirm";
  }

  private Declaration declaration(Visit visit) {
    return pages.declaration(
        Declaration.Line.of(key(visit, "signing.confirm.sentence"), visit.party().signature()),
        Declaration.Line.of(key(visit, "signing.confirm.authority")),
        Declaration.Line.of("signing.confirm.agree"));
  }

  private String sentence(Visit visit) {
    return pages.text(key(visit, "signing.confirm.sentence"), visit.party().signature());
  }

  /** An agent, and a clerk who only confirms, say something else (LAW-2). */
  private static String key(Visit visit, String key) {
    return switch (visit.party().role()) {
      case "COUNTERPARTY_AGENT" -> key + ".AGENT";
      case "COUNTERPARTY_CLERK" -> key + ".CLERK";
      default -> key;
    };
  }

  private static String office(Visit visit) {
    return visit.contract().parties(Party.Kind.OFFICE).stream()
        .findFirst()
        .map(Party::title)
        .orElse("");
  }
}
