package jp.musubi.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import jp.musubi.platform.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.BindException;
import org.springframework.validation.method.MethodValidationException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * The one mapping from what is thrown to the problem that is told. Features tell of their refusals
 * in advices of their own, which come before this one; what nobody knows is a defect of ours (500).
 */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  private final Problems problems;

  ProblemAdvice(Problems problems) {
    this.problems = problems;
  }

  @ExceptionHandler({
    BindException.class,
    HandlerMethodValidationException.class,
    MethodValidationException.class,
    HttpMediaTypeNotAcceptableException.class,
    HttpMessageNotReadableException.class,
    MissingServletRequestPartException.class,
    MultipartException.class,
    ServletRequestBindingException.class,
    TypeMismatchException.class
  })
  void notUnderstood(HttpServletRequest request, HttpServletResponse response) throws IOException {
    problems.write(request, response, ProblemKind.BAD_REQUEST);
  }

  /** A path that names nothing is a page that does not exist, however it is misspelled. */
  @ExceptionHandler
  void misspelled(
      MethodArgumentTypeMismatchException wrong,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var inPath = wrong.getParameter().hasParameterAnnotation(PathVariable.class);
    problems.write(request, response, inPath ? ProblemKind.NOT_FOUND : ProblemKind.BAD_REQUEST);
  }

  @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
  void noSuchPage(HttpServletRequest request, HttpServletResponse response) throws IOException {
    problems.write(request, response, ProblemKind.NOT_FOUND);
  }

  @ExceptionHandler
  void noSuchStep(
      HttpRequestMethodNotSupportedException wrong,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var allowed = wrong.getSupportedMethods();
    if (allowed != null) {
      response.setHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
    }
    problems.write(request, response, ProblemKind.METHOD_NOT_ALLOWED);
  }

  @ExceptionHandler(HttpMediaTypeNotSupportedException.class)
  void unsupported(HttpServletRequest request, HttpServletResponse response) throws IOException {
    problems.write(request, response, ProblemKind.UNSUPPORTED);
  }

  @ExceptionHandler(MaxUploadSizeExceededException.class)
  void tooLarge(HttpServletRequest request, HttpServletResponse response) throws IOException {
    problems.write(request, response, ProblemKind.TOO_LARGE);
  }

  @ExceptionHandler
  void unavailable(
      Unavailable unavailable, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    LOG.atWarn().setCause(unavailable).log("a part does not answer");
    problems.write(request, response, ProblemKind.UNAVAILABLE, unavailable.retryAfter());
  }

  /** The security chain answers these itself, with the sign-in page or a problem. */
  @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
  void leaveToTheChain(RuntimeException refused) {
    throw refused;
  }

  @ExceptionHandler
  void anythingElse(Exception thrown, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (response.isCommitted()) {
      throw thrown;
    }
    var kind = ProblemKind.of(thrown);
    if (kind.status().is5xxServerError()) {
      LOG.atError().setCause(thrown).log("request failed");
    } else {
      LOG.atInfo().addKeyValue("problem", kind.code()).log(String.valueOf(thrown.getMessage()));
    }
    problems.write(request, response, kind);
  }
}
