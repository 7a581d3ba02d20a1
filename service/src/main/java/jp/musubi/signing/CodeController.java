package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Reading;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** アクセスコード: one field, five tries. */
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
    return switch (doorkeeper.judge(link, request)) {
      case Admission.Shut shut -> pages.shut(shut, body, link, model, response);
      case Admission.Admitted(var visit, _) ->
          "redirect:" + visit.path(body) + LandingController.after(visit);
      case Admission.CodeWanted(var visit, _) -> {
        var left = ceremony.triesLeft(visit);
        yield left == 0 ? locked(visit, model, response) : form(visit, left, null, model);
      }
    };
  }

  @PostMapping
  String give(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam String code,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return switch (doorkeeper.judge(link, request)) {
      case Admission.Shut shut -> pages.shut(shut, body, link, model, response);
      case Admission.Admitted(var visit, _) ->
          "redirect:" + visit.path(body) + LandingController.after(visit);
      case Admission.CodeWanted(var visit, var grant) ->
          switch (ceremony.tryCode(visit, Visitor.of(request), code)) {
            case CodeCheck.Passed _ -> {
              Grants.put(request, visit.link().id(), grant.withCode(clock.instant()));
              yield "redirect:" + visit.path(body) + LandingController.after(visit);
            }
            case CodeCheck.Wrong(var left) -> {
              response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
              model.addAttribute("reading", Reading.of(request).at(visit.path(body) + "/code"));
              yield form(visit, left, Text.of("signing.code.wrong", Integer.toString(left)), model);
            }
            case CodeCheck.Locked _ -> locked(visit, model, response);
          };
    };
  }

  private String form(
      Visit visit, int left, @org.jspecify.annotations.Nullable Text wrong, Model model) {
    pages.frame(model, visit);
    model.addAttribute(
        "field",
        Field.required("code", "signing.code.label")
            .drawn(CODE)
            .hinted("signing.code.hint")
            .wrong(wrong));
    model.addAttribute("left", left);
    return "signing/code";
  }

  private String locked(Visit visit, Model model, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    pages.frame(model, visit);
    return pages.notice(
        model,
        "warning",
        "signing.locked",
        java.util.Objects.toString(model.getAttribute("contact")),
        null);
  }
}
