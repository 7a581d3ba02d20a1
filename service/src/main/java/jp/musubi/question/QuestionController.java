package jp.musubi.question;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 質問を見る、答える: the staff's pages. */
@Controller
@RequestMapping("/contracts/{id}/questions")
class QuestionController {
  private final Questions questions;
  private final Contracts contracts;
  private final Book book;

  QuestionController(Questions questions, Contracts contracts, Book book) {
    this.questions = questions;
    this.contracts = contracts;
    this.book = book;
  }

  /**
   * The page.
   *
   * @param open whether anything may still be answered
   */
  record Page(List<Crumb> crumbs, boolean open, List<Line> lines) {}

  /**
   * A question with its answer.
   *
   * @param path where it is answered
   * @param answer empty while there is none
   */
  record Line(
      String by,
      String at,
      String words,
      String path,
      String answer,
      String answeredBy,
      String answeredAt) {}

  @GetMapping
  @Needs(Act.SEE_CONTRACT)
  ModelAndView show(@PathVariable UUID id) {
    var contract = contracts.get(new ContractId(id));
    return new ModelAndView(
        "question/list",
        "page",
        new Page(
            crumbs(contract),
            questions.areOpen(contract.id()),
            questions.of(contract.id()).stream().map(QuestionController::line).toList()));
  }

  @GetMapping("/{question}")
  @Needs(Act.HANDLE_CONTRACT)
  ModelAndView ask(@PathVariable UUID id, @PathVariable UUID question) {
    var contract = contracts.get(new ContractId(id));
    var asked = asked(contract, question);
    return asked.answer().isPresent()
        ? new ModelAndView("redirect:/contracts/%s/questions".formatted(id))
        : form(contract, asked, "", Map.of(), HttpStatus.OK);
  }

  @PostMapping("/{question}")
  @Needs(Act.HANDLE_CONTRACT)
  ModelAndView answer(
      @PathVariable UUID id,
      @PathVariable UUID question,
      @CurrentStaff StaffMember clerk,
      @RequestParam(defaultValue = "") String idempotencyKey,
      @RequestParam(required = false) @Nullable String answer,
      HttpServletRequest request) {
    var contract = contracts.get(new ContractId(id));
    var asked = asked(contract, question);
    var reader = new FormReader();
    var words = reader.lines("answer", answer, Questions.LONGEST);
    if (words.length() > 2 * Questions.LONGEST) {
      reader.reject("answer", "web.wrong.long", String.valueOf(Questions.LONGEST));
    }
    if (!reader.wrong().isEmpty() || !idempotencyKey.matches("[0-9a-f-]{36}")) {
      return form(contract, asked, words, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    questions.answer(
        contract.id(), question, idempotencyKey, words, clerk.actor(), request.getRemoteAddr());
    return new ModelAndView("redirect:/contracts/%s/questions".formatted(id));
  }

  private Question asked(Particulars contract, UUID id) {
    return questions.of(contract.id()).stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotFound("question " + id));
  }

  private ModelAndView form(
      Particulars contract,
      Question asked,
      String typed,
      Map<String, Text> wrong,
      HttpStatus status) {
    var path = "/contracts/%s/questions".formatted(contract.id());
    var page =
        new ModelAndView("question/answer")
            .addObject(
                "page",
                Form.of(
                    book.of("question.answer"),
                    crumbs(contract),
                    path + "/" + asked.id(),
                    List.of(
                        Field.required("answer", "question.answer.words")
                            .hinted("question.answer.hint")
                            .drawn(Form.LINES)
                            .with(typed)
                            .wrong(wrong.get("answer"))),
                    "question.answer.submit",
                    path))
            .addObject("asked", line(asked))
            .addObject("key", UUID.randomUUID().toString());
    page.setStatus(status);
    return page;
  }

  private static Line line(Question question) {
    var answer = question.answer();
    return new Line(
        question.askedBy(),
        JapaneseDates.time(question.askedAt()),
        question.words(),
        "/contracts/%s/questions/%s".formatted(question.contract(), question.id()),
        answer.map(Question.Answer::words).orElse(""),
        answer.map(Question.Answer::by).orElse(""),
        answer.map(given -> JapaneseDates.time(given.at())).orElse(""));
  }

  private List<Crumb> crumbs(Particulars contract) {
    var path = "/contracts/" + contract.id();
    return List.of(
        book.crumb("contract.crumb.home", "/"),
        book.crumb("contract.list.heading", "/contracts"),
        new Crumb(contract.title(), path),
        book.crumb("question.heading", path + "/questions"));
  }
}
