package jp.musubi.api;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * APIの断り. What a program is told beside the problems every page knows. The words are in the
 * messages under {@code api.problem.} + {@link #code()}.
 */
enum ApiProblem {
  /** There is no key in the request, or nothing that looks like one. */
  KEY_MISSING(HttpStatus.UNAUTHORIZED),
  /** Nobody's key. */
  KEY_UNKNOWN(HttpStatus.UNAUTHORIZED),
  /** Another key took its place. */
  KEY_REPLACED(HttpStatus.UNAUTHORIZED),
  /** The program's time is over. */
  PROGRAM_EXPIRED(HttpStatus.UNAUTHORIZED),
  /** The program was stopped. */
  PROGRAM_ENDED(HttpStatus.UNAUTHORIZED),
  /** Not from this address. */
  PLACE_NOT_ALLOWED(HttpStatus.FORBIDDEN),
  /** Its 責任者 works here no more, or rests. */
  NOBODY_RESPONSIBLE(HttpStatus.FORBIDDEN),
  /** Too often. */
  TOO_MANY(HttpStatus.TOO_MANY_REQUESTS),
  /** A step without its Idempotency-Key. */
  IDEMPOTENCY_KEY_MISSING(HttpStatus.BAD_REQUEST),
  /** More than the API reads. */
  TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
  /** Members that are missing, unknown or wrong. */
  INVALID(HttpStatus.UNPROCESSABLE_CONTENT),
  /** The PDF cannot be taken. */
  DOCUMENT_REJECTED(HttpStatus.UNPROCESSABLE_CONTENT);

  private final HttpStatus status;

  ApiProblem(HttpStatus status) {
    this.status = status;
  }

  HttpStatus status() {
    return status;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
