package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.question.Question;
import jp.musubi.question.Questions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 質問する, until the contract is concluded. */
@Controller
@RequestMapping("/s/{body}/{link}/question")
class AskController {
  private static final Field.Look WORDS =
      new Field.Look("text", "off", null, null, null, Questions.LONGEST, null);

  private final Entrance entrance;
  private final Questions questions;
  private final Pages pages;

  AskController(Entrance entrance, Questions questions, Pages pages) {
    this.entrance = entrance;
    this.questions = questions;
    this.pages = pages;
  }

  /** A question with its answer, which is empty while there is none. */
  record Line(
      String by, String at, String words, String answer, String answeredBy, String answeredAt) {}

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
            visit.standing().isOpen()
                ? form(visit, "", null, request.getParameter("sent") != null, model)
                : "redirect:" + visit.path(body) + "/done");
  }

  /** 「この質問を送る」. */
  @PostMapping
  @Nullable String send(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam(defaultValue = "") String idempotencyKey,
      @RequestParam(defaultValue = "") String question,
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
          if (!visit.standing().isOpen()) {
            return "redirect:" + visit.path(body) + "/done";
          }
          var reader = new FormReader();
          var words = reader.lines("question", question, Questions.LONGEST);
          if (words.length() > 2 * Questions.LONGEST) {
            reader.reject("question", "web.wrong.long", String.valueOf(Questions.LONGEST));
          }
          if (!reader.wrong().isEmpty() || !FormKey.isOne(idempotencyKey)) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return form(visit, words, reader.wrong().get("question"), false, model);
          }
          var refused =
              questions.ask(
                  visit.contract().id(),
                  visit.party(),
                  idempotencyKey,
                  words,
                  visit.actor(),
                  Visitor.of(request).clientIp());
          if (refused.isPresent()) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return form(
                visit, words, Text.of("signing.question.refused." + refused.get()), false, model);
          }
          return "redirect:" + visit.path(body) + "/question?sent";
        });
  }

  private String form(Visit visit, String typed, @Nullable Text wrong, boolean sent, Model model) {
    pages.frame(model, visit);
    model.addAttribute("facts", pages.letterhead(visit));
    model.addAttribute("sent", sent);
    model.addAttribute("back", LandingController.after(visit));
    model.addAttribute("key", FormKey.next());
    model.addAttribute(
        "questions",
        questions.of(visit.contract().id(), visit.party().id()).stream()
            .map(AskController::line)
            .toList());
    model.addAttribute(
        "fields",
        List.of(
            Field.required("question", "signing.question.words")
                .with(typed)
                .drawn(WORDS)
                .hinted("signing.question.words.hint")
                .wrong(wrong)));
    return "signing/question";
  }

  private static Line line(Question question) {
    var answer = question.answer();
    return new Line(
        question.askedBy(),
        Wording.time(question.askedAt()),
        question.words(),
        answer.map(Question.Answer::words).orElse(""),
        answer.map(Question.Answer::by).orElse(""),
        answer.map(given -> Wording.time(given.at())).orElse(""));
  }
}
