package jp.musubi.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.RefusalMessages;
import jp.musubi.contract.StepRefused;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Problems;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Tells a program why not; a contract's refusals in the words of its pages. */
@Component
@ControllerAdvice(assignableTypes = {ContractsApi.class, ContractFilesApi.class})
@Order(-1)
class ApiAnswers {
  private final Problems problems;
  private final Book book;

  ApiAnswers(Problems problems, Book book) {
    this.problems = problems;
    this.book = book;
  }

  @ExceptionHandler
  void notTaken(NotTaken why, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    tell(request, response, why.problem(), why.more());
  }

  @ExceptionHandler
  void refused(StepRefused refused, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var key = RefusalMessages.key(refused.reason());
    problems.tell(
        request,
        response,
        HttpStatus.CONFLICT,
        key,
        book.of(key + ".what"),
        book.of(key + ".kept") + book.of(key + ".next"),
        refused.reason() instanceof Refusal.NotElectronic(var reasons)
            ? Map.of(
                "reasons",
                reasons.stream().map(reason -> reason.getClass().getSimpleName()).toList())
            : Map.of());
  }

  void tell(
      HttpServletRequest request,
      HttpServletResponse response,
      ApiProblem problem,
      Map<String, Object> more)
      throws IOException {
    if (problem.status() == HttpStatus.UNAUTHORIZED) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    var words = "api.problem." + problem.code();
    problems.tell(
        request,
        response,
        problem.status(),
        problem.code(),
        book.of(words),
        book.of(words + ".next"),
        more);
  }
}
