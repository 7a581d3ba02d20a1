package jp.musubi.platform.web;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.NotPermitted;
import jp.musubi.platform.Unavailable;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * 問題の種類 — the kinds of problem a page can tell of. The words are in the messages under {@code
 * problem.} + {@link #code()}: what happened, what was kept, what to do now.
 */
public enum ProblemKind {
  /** The request is not understood. */
  BAD_REQUEST(HttpStatus.BAD_REQUEST),
  /** Nobody is signed in. */
  UNAUTHORIZED(HttpStatus.UNAUTHORIZED),
  /** The person may not do this. */
  FORBIDDEN(HttpStatus.FORBIDDEN),
  /** Not from this address. */
  PLACE_NOT_ALLOWED(HttpStatus.FORBIDDEN),
  /** The form's token is missing or old. */
  FORM_EXPIRED(HttpStatus.FORBIDDEN),
  /** There is no such page. */
  NOT_FOUND(HttpStatus.NOT_FOUND),
  /** The page knows no such step. */
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
  /** Somebody else changed it first. */
  CONFLICT(HttpStatus.CONFLICT),
  /** The file is too large. */
  TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
  /** The form came in a way the page does not read. */
  UNSUPPORTED(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
  /** Too often. */
  TOO_MANY(HttpStatus.TOO_MANY_REQUESTS),
  /** A defect of ours. */
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR),
  /** A part the service stands on does not answer. */
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE);

  private final HttpStatus status;

  ProblemKind(HttpStatus status) {
    this.status = status;
  }

  /** The status of the answer. */
  public HttpStatus status() {
    return status;
  }

  /** The last part of the type's urn and of the message keys: {@code not-found}. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** The kind that fits a status the container chose. */
  static ProblemKind of(int status) {
    for (var kind : values()) {
      if (kind.status.value() == status) {
        return kind;
      }
    }
    return status >= 400 && status < 500 ? BAD_REQUEST : INTERNAL;
  }

  /** The kind that fits what was thrown, looking through what wraps it. */
  static ProblemKind of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case NotFound _ -> {
          return NOT_FOUND;
        }
        // The container reads the form for its token before any page is asked.
        case InvalidParameterException form -> {
          return of(form.getErrorCode());
        }
        case NotPermitted _ -> {
          return FORBIDDEN;
        }
        case ConcurrentChange _ -> {
          return CONFLICT;
        }
        case Unavailable _ -> {
          return UNAVAILABLE;
        }
        case DataAccessResourceFailureException _,
            TransientDataAccessException _,
            CannotCreateTransactionException _ -> {
          return UNAVAILABLE;
        }
        // Something broke the work off, and not even that could be said to the database: it is
        // gone.
        case TransactionSystemException undone when undone.getApplicationException() != null -> {
          return UNAVAILABLE;
        }
        case SQLTransientException _, SQLNonTransientConnectionException _ -> {
          return UNAVAILABLE;
        }
        // 08 connection, 57P01–57P03 the server is stopping or starting, 53 out of resources.
        case SQLException sql when isOutage(sql) -> {
          return UNAVAILABLE;
        }
        default -> {}
      }
    }
    return INTERNAL;
  }

  private static boolean isOutage(SQLException sql) {
    var state = sql.getSQLState();
    return state != null
        && (state.startsWith("08") || state.startsWith("57P0") || state.startsWith("53"));
  }
}
