package jp.musubi.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Tells of what the container itself refused. */
@Controller
class ContainerErrors implements ErrorController {
  private final Problems problems;

  ContainerErrors(Problems problems) {
    this.problems = problems;
  }

  @RequestMapping("/error")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    // Without a status nobody was sent here: somebody typed the address.
    var kind = status instanceof Integer code ? ProblemKind.of(code) : ProblemKind.NOT_FOUND;
    // What a filter threw, such as the session's when the database is gone, no page has looked at.
    if (kind == ProblemKind.INTERNAL
        && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
      kind = ProblemKind.of(thrown);
    }
    problems.write(request, response, kind);
  }
}
