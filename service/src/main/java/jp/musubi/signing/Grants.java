package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The grants of a session, and which pages it was handed. Each page has an attribute of its own,
 * because a browser fetches several at once and each request writes back only what it changed.
 */
final class Grants {
  private Grants() {}

  static Optional<Grant> of(HttpServletRequest request, UUID link) {
    var session = request.getSession(false);
    return session == null
        ? Optional.empty()
        : Optional.ofNullable((Grant) session.getAttribute(key(link)));
  }

  /** Lets the session in, under a new id (no session fixation). */
  static void put(HttpServletRequest request, UUID link, Grant grant) {
    var session = request.getSession(true);
    request.changeSessionId();
    session.setAttribute(key(link), grant);
  }

  /** Keeps what a passkey was asked until it answers. */
  static void keep(HttpServletRequest request, String what, UUID link, Serializable asked) {
    request.getSession(true).setAttribute(key(what, link), asked);
  }

  /** What was kept, once. */
  @SuppressWarnings("unchecked") // Only what keep put there under the same word.
  static <T extends Serializable> Optional<T> take(
      HttpServletRequest request, String what, UUID link) {
    var session = request.getSession(false);
    if (session == null) {
      return Optional.empty();
    }
    var asked = (T) session.getAttribute(key(what, link));
    session.removeAttribute(key(what, link));
    return Optional.ofNullable(asked);
  }

  private static String key(String what, UUID link) {
    return "signing.asked.%s.%s".formatted(what, link);
  }

  /** Notes that a page of the document with this digest was handed over. */
  static void delivered(HttpSession session, UUID link, Sha256 document, int page) {
    var key = pageKey(link, document, page);
    if (session.getAttribute(key) == null) {
      session.setAttribute(key, true);
    }
  }

  /** The pages that were not handed over yet, from 1. */
  static SortedSet<Integer> missing(
      @Nullable HttpSession session, UUID link, Sha256 document, int pages) {
    var missing = new TreeSet<Integer>();
    for (var page = 1; page <= pages; page++) {
      if (session == null || session.getAttribute(pageKey(link, document, page)) == null) {
        missing.add(page);
      }
    }
    return missing;
  }

  private static String key(UUID link) {
    return "signing.grant." + link;
  }

  private static String pageKey(UUID link, Sha256 document, int page) {
    return "signing.page.%s.%s.%d".formatted(link, document.shortHex(), page);
  }
}
