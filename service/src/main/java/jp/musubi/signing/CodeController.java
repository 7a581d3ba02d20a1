package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Objects;
import java.util.function.BiFunction;
import jp.musubi.contract.Identification;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.PhoneNumber;
import jp.musubi.platform.web.Reading;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** アクセスコード or 確認番号: one field, five tries; a number is sent upon a button (no GET sends one). */
@Controller
@RequestMapping("/s/{body}/{link}/code")
class CodeController {
  private static final Field.Look CODE =
      new Field.Look("text", "one-time-code", null, "medium", null, 80, null);

  private final Doorkeeper doorkeeper;
  private final Ceremony ceremony;
  private final Pages pages;
  private final Clock clock;

  CodeController(Doorkeeper doorkeeper, Ceremony ceremony, Pages pages, Clock clock) {
    this.doorkeeper = doorkeeper;
    this.ceremony = ceremony;
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
    return whileWanted(
        body,
        link,
        model,
        request,
        response,
        (visit, _) -> {
          var asked = ceremony.asked(visit);
          return asked.triesLeft() == 0
              ? locked(visit, model, response)
              : form(visit, asked, null, model);
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
    return whileWanted(
        body,
        link,
        model,
        request,
        response,
        (visit, grant) ->
            switch (ceremony.tryCode(visit, Visitor.of(request), code)) {
              case CodeCheck.Passed _ -> {
                Grants.put(request, visit.link().id(), grant.withCode(clock.instant()));
                yield onward(visit, body);
              }
              case CodeCheck.Wrong(var left) ->
                  again(
                      visit,
                      body,
                      Text.of("signing.code.wrong", Integer.toString(left)),
                      model,
                      request,
                      response);
              case CodeCheck.Stale _ ->
                  again(visit, body, Text.of("signing.number.stale"), model, request, response);
              case CodeCheck.Locked _ -> locked(visit, model, response);
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
    return whileWanted(
        body,
        link,
        model,
        request,
        response,
        (visit, _) -> {
          if (!visit.identification().isOneTime()) {
            throw new NotFound("a number for " + visit.party().id());
          }
          var wait = ceremony.sendNumber(visit, Visitor.of(request));
          var asked = ceremony.asked(visit);
          if (wait.isEmpty() || asked.triesLeft() == 0) {
            return "redirect:" + visit.path(body) + "/code";
          }
          response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
          model.addAttribute("early", Wording.clock(wait.get()));
          model.addAttribute("reading", Reading.of(request).at(visit.path(body) + "/code"));
          return form(visit, asked, null, model);
        });
  }

  /** What is done for somebody who has shown the link and not yet the code. */
  private String whileWanted(
      String body,
      String link,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response,
      BiFunction<Visit, Grant, String> step) {
    return switch (doorkeeper.judge(link, request)) {
      case Admission.Shut shut -> pages.shut(shut, body, link, model, response);
      case Admission.Admitted(var visit, _) -> onward(visit, body);
      case Admission.CodeWanted(var visit, var grant) -> step.apply(visit, grant);
    };
  }

  private static String onward(Visit visit, String body) {
    return "redirect:" + visit.path(body) + LandingController.after(visit);
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
    return form(visit, ceremony.asked(visit), wrong, model);
  }

  private String form(
      Visit visit, StoredAccessCodes.Asked asked, @Nullable Text wrong, Model model) {
    pages.frame(model, visit);
    var words = asked.way().isOneTime() ? "signing.number" : "signing.code";
    model.addAttribute(
        "field",
        Field.required("code", words + ".label")
            .drawn(CODE)
            .hinted("signing.code.hint")
            .wrong(wrong));
    model.addAttribute("words", words);
    model.addAttribute("oneTime", asked.way().isOneTime());
    model.addAttribute("sent", asked.way().isOneTime() && ceremony.hasNumber(visit));
    model.addAttribute(
        "to",
        asked.way() == Identification.Way.SMS_CODE
            ? PhoneNumber.masked(asked.phone())
            : visit.party().mail());
    model.addAttribute("left", asked.triesLeft());
    return "signing/code";
  }

  private String locked(Visit visit, Model model, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    pages.frame(model, visit);
    return pages.notice(
        model, "warning", "signing.locked", Objects.toString(model.getAttribute("contact")), null);
  }
}
