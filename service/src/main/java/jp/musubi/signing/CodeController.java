package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Objects;
import jp.musubi.contract.Identification;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.PhoneNumber;
import jp.musubi.platform.web.Reading;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * 本人確認: アクセスコード, 確認番号, 認証アプリ, パスキー or 外部のID. Five tries of what is typed; a number is sent upon a
 * button (no GET sends one).
 */
@Controller
@RequestMapping("/s/{body}/{link}/code")
class CodeController {
  private final Entrance entrance;
  private final Identifying identifying;
  private final Pages pages;
  private final Clock clock;

  CodeController(Entrance entrance, Identifying identifying, Pages pages, Clock clock) {
    this.entrance = entrance;
    this.identifying = identifying;
    this.pages = pages;
    this.clock = clock;
  }

  @GetMapping
  String ask(
      @PathVariable String body,
      @PathVariable String link,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.identify(
        body,
        link,
        model,
        request,
        response,
        (visit, grant) -> {
          if (visit.registers() && grant.permits(clock.instant())) {
            return "redirect:" + visit.path(body) + "/means";
          }
          return identifying.asked(visit).triesLeft() == 0
              ? locked(visit, model, response)
              : form(visit, null, false, model, request);
        });
  }

  @PostMapping
  String give(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam String code,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.identify(
        body,
        link,
        model,
        request,
        response,
        (visit, grant) ->
            visit.asks() == Visit.Ask.PASSKEY || visit.asks() == Visit.Ask.EXTERNAL_ID
                // A page from before it was registered, in another window.
                ? "redirect:" + visit.path(body) + "/code"
                : switch (identifying.tryCode(visit, Visitor.of(request), code)) {
                  case CodeCheck.Passed _ -> passed(visit, grant, body, request);
                  case CodeCheck.Wrong(var left) ->
                      again(
                          visit,
                          body,
                          Text.of(
                              visit.asks() == Visit.Ask.APP
                                  ? "signing.app.wrong"
                                  : "signing.code.wrong",
                              Integer.toString(left)),
                          model,
                          request,
                          response);
                  case CodeCheck.Stale _ ->
                      again(visit, body, Text.of("signing.number.stale"), model, request, response);
                  case CodeCheck.Locked _ -> locked(visit, model, response);
                });
  }

  /** The answer of the registered passkey. */
  @PostMapping("/passkey")
  String show(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam(defaultValue = "") String credential,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.identify(
        body,
        link,
        model,
        request,
        response,
        (visit, grant) -> {
          var asked =
              Grants.<PublicKeyCredentialRequestOptions>take(request, "door", visit.link().id());
          if (visit.asks() == Visit.Ask.PASSKEY
              && asked.isPresent()
              && identifying.tryPasskey(visit, Visitor.of(request), asked.get(), credential)) {
            Grants.put(
                request,
                visit.link().id(),
                grant.with(visit.means().orElseThrow().id(), clock.instant()));
            return Entrance.onward(visit, body);
          }
          response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
          model.addAttribute("reading", Reading.of(request).at(visit.path(body) + "/code"));
          return form(visit, null, true, model, request);
        });
  }

  /** 「番号を送る」. */
  @PostMapping("/number")
  String send(
      @PathVariable String body,
      @PathVariable String link,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.identify(
        body,
        link,
        model,
        request,
        response,
        (visit, _) -> {
          if (visit.asks() != Visit.Ask.NUMBER) {
            throw new NotFound("a number for " + visit.party().id());
          }
          var wait = identifying.sendNumber(visit, Visitor.of(request));
          if (wait.isEmpty() || identifying.asked(visit).triesLeft() == 0) {
            return "redirect:" + visit.path(body) + "/code";
          }
          response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
          model.addAttribute("early", Wording.clock(wait.get()));
          model.addAttribute("reading", Reading.of(request).at(visit.path(body) + "/code"));
          return form(visit, null, false, model, request);
        });
  }

  private String passed(Visit visit, Grant grant, String body, HttpServletRequest request) {
    var now = clock.instant();
    var next =
        visit.registers()
            ? grant.permitted(now)
            : visit.means().map(means -> grant.with(means.id(), now)).orElse(grant.withCode(now));
    Grants.put(request, visit.link().id(), next);
    return visit.registers()
        ? "redirect:" + visit.path(body) + "/means"
        : Entrance.onward(visit, body);
  }

  private String again(
      Visit visit,
      String body,
      Text wrong,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
    model.addAttribute("reading", Reading.of(request).at(visit.path(body) + "/code"));
    return form(visit, wrong, false, model, request);
  }

  private String form(
      Visit visit, @Nullable Text wrong, boolean refused, Model model, HttpServletRequest request) {
    pages.frame(model, visit);
    var asked = identifying.asked(visit);
    var page = IdentityPage.of(visit, asked.triesLeft());
    model.addAttribute(
        "page",
        switch (visit.asks()) {
          case NOTHING, CODE, APP -> page.typed(wrong);
          case NUMBER -> {
            var sent = identifying.hasNumber(visit);
            var sending = page.sending(to(visit, asked), sent);
            yield sent ? sending.typed(wrong) : sending;
          }
          case PASSKEY -> {
            var options = identifying.request(visit);
            Grants.keep(request, "door", visit.link().id(), options);
            yield page.asking(identifying.json(options), refused);
          }
          case EXTERNAL_ID -> page.choosing(IdentityPage.Choice.of(identifying.providers(visit)));
        });
    return "signing/code";
  }

  private static String to(Visit visit, StoredAccessCodes.Asked asked) {
    return asked.way() == Identification.Way.SMS_CODE
        ? PhoneNumber.masked(asked.phone())
        : String.valueOf(visit.party().mail());
  }

  private String locked(Visit visit, Model model, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    pages.frame(model, visit);
    return pages.notice(
        model, "warning", "signing.locked", Objects.toString(model.getAttribute("contact")), null);
  }
}
