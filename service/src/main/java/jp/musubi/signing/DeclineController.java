package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import jp.musubi.contract.Agreement;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 辞退, or 差戻し for another contract; each with a reason. */
@Controller
@RequestMapping({"/s/{body}/{link}/decline", "/s/{body}/{link}/return"})
class DeclineController {
  private static final int LONGEST = 500;
  private static final Field.Look REASON =
      new Field.Look("text", "off", null, null, null, LONGEST, null);

  private final Entrance entrance;
  private final Ceremony ceremony;
  private final Pages pages;

  DeclineController(Entrance entrance, Ceremony ceremony, Pages pages) {
    this.entrance = entrance;
    this.ceremony = ceremony;
    this.pages = pages;
  }

  @GetMapping
  @Nullable String ask(
      @PathVariable String body,
      @PathVariable String link,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.admit(
        body,
        link,
        model,
        request,
        response,
        (visit, _) ->
            visit.standing() == Standing.TO_DECIDE
                ? form(visit, way(request), "", null, model)
                : "redirect:" + visit.path(body) + "/done");
  }

  /** 「辞退する」. */
  @PostMapping
  @Nullable String decline(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam String idempotencyKey,
      @RequestParam(defaultValue = "") String reason,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.admit(
        body,
        link,
        model,
        request,
        response,
        (visit, _) -> {
          var way = way(request);
          var done = "redirect:" + visit.path(body) + "/done";
          if (visit.standing() != Standing.TO_DECIDE) {
            return done;
          }
          var words = reason.replaceAll("[\\p{Cc}&&[^\\n]]", "").strip();
          if (words.isEmpty() || words.length() > LONGEST || !FormKey.isOne(idempotencyKey)) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            var wrong =
                words.length() > LONGEST
                    ? Text.of("signing.reason.long", Integer.toString(LONGEST))
                    : words.isEmpty() ? Text.of("signing.reason.missing") : null;
            return form(visit, way, words, wrong, model);
          }
          var manner = manner(visit, way, request);
          Optional<String> refused =
              way.equals("return")
                  ? ceremony.sendBack(visit, idempotencyKey, words, manner)
                  : ceremony.decline(visit, idempotencyKey, words, manner);
          return refused.isEmpty() ? done : "redirect:" + visit.path(body) + "/read";
        });
  }

  /** The last part of the address says which it is. */
  private static String way(HttpServletRequest request) {
    return request.getRequestURI().endsWith("/return") ? "return" : "decline";
  }

  private String form(Visit visit, String way, String reason, @Nullable Text wrong, Model model) {
    pages.frame(model, visit);
    model.addAttribute("facts", pages.letterhead(visit));
    model.addAttribute("key", FormKey.next());
    model.addAttribute("way", way);
    model.addAttribute(
        "reason",
        Field.required("reason", "signing.%s.reason".formatted(way))
            .with(reason)
            .drawn(REASON)
            .hinted("signing.%s.reason.hint".formatted(way))
            .wrong(wrong));
    return "signing/decline";
  }

  private Agreement.Manner manner(Visit visit, String way, HttpServletRequest request) {
    var said = pages.declaration(Declaration.Line.of("signing.%s.submit".formatted(way)));
    return visit.manner(Visitor.of(request), said.text());
  }
}
