package jp.musubi.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * 読み方 — in which language and how large somebody without an account reads. One cookie of the
 * browser keeps it; the service keeps nothing. Staff's pages are always Japanese.
 *
 * @param english whether in English; in Japanese otherwise
 * @param large whether in large letters
 * @param offersEnglish whether the browser asks for another language and nobody has chosen yet
 * @param here where the switches lead back to, from the service's root; null hides them
 */
public record Reading(
    boolean english, boolean large, boolean offersEnglish, @Nullable String here) {
  static final String COOKIE = "musubi-reading";
  static final String LANGUAGE = "lang";
  static final String LETTERS = "letters";

  private static final Set<String> LANGUAGES = Set.of("ja", "en");
  private static final Set<String> SIZES = Set.of("large", "normal");
  private static final Pattern KEPT = Pattern.compile("(ja|en)\\.(large|normal)");
  private static final Pattern OPEN =
      Pattern.compile("/(s|practice|verify|past)(/.*)?|/help|/accessibility");
  private static final Pattern SWITCH = Pattern.compile("(lang|letters)=.*");

  /** How the page of this request is read. */
  public static Reading of(HttpServletRequest request) {
    if (!isOpen(request)) {
      return new Reading(false, false, false, null);
    }
    var kept = kept(request);
    return new Reading(
        kept.filter(value -> value.startsWith("en")).isPresent(),
        kept.filter(value -> value.endsWith("large")).isPresent(),
        kept.isEmpty() && asksForAnother(request),
        isLook(request) ? place(request) : null);
  }

  /** The same, with the page that the switches lead back to. */
  public Reading at(String path) {
    return new Reading(english, large, offersEnglish, path);
  }

  /** For the message bundles. */
  public Locale locale() {
    return english ? Locale.ENGLISH : Locale.JAPAN;
  }

  /** For the page's {@code lang}. */
  public String lang() {
    return english ? "en" : "ja";
  }

  /** This page in the other language. */
  public String otherLanguage() {
    return with(LANGUAGE, english ? "ja" : "en");
  }

  /** This page in the other size of letters. */
  public String otherLetters() {
    return with(LETTERS, large ? "normal" : "large");
  }

  private String with(String name, String value) {
    return here + (here != null && here.contains("?") ? "&" : "?") + name + "=" + value;
  }

  /** What a pressed switch asks to be kept; empty when none was pressed. */
  static Optional<String> pressed(HttpServletRequest request) {
    if (!isOpen(request) || !isLook(request)) {
      return Optional.empty();
    }
    var language = parameter(request, LANGUAGE, LANGUAGES);
    var letters = parameter(request, LETTERS, SIZES);
    if (language.isEmpty() && letters.isEmpty()) {
      return Optional.empty();
    }
    var now = of(request);
    return Optional.of(
        language.orElse(now.lang()) + "." + letters.orElse(now.large() ? "large" : "normal"));
  }

  /** The address without the switches. */
  static String place(HttpServletRequest request) {
    var query =
        Stream.ofNullable(request.getQueryString())
            .flatMap(all -> Stream.of(all.split("&", -1)))
            .filter(each -> !each.isEmpty() && !SWITCH.matcher(each).matches())
            .collect(Collectors.joining("&"));
    return request.getRequestURI() + (query.isEmpty() ? "" : "?" + query);
  }

  private static boolean isOpen(HttpServletRequest request) {
    // What the container forwards to its error page was asked for elsewhere.
    var asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    var path = asked instanceof String uri ? uri : request.getRequestURI();
    return OPEN.matcher(path.substring(request.getContextPath().length())).matches();
  }

  private static boolean isLook(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  private static Optional<String> parameter(
      HttpServletRequest request, String name, Set<String> known) {
    return Optional.ofNullable(request.getParameter(name)).filter(known::contains);
  }

  private static Optional<String> kept(HttpServletRequest request) {
    return request.getCookies() == null
        ? Optional.empty()
        : Stream.of(request.getCookies())
            .filter(cookie -> cookie.getName().equals(COOKIE))
            .map(Cookie::getValue)
            .filter(value -> KEPT.matcher(value).matches())
            .findFirst();
  }

  /** A browser that names no language asks for none. */
  private static boolean asksForAnother(HttpServletRequest request) {
    var asked = request.getHeader("Accept-Language");
    return asked != null
        && !asked.isBlank()
        && !asked.startsWith("*")
        && !request.getLocale().getLanguage().equals(Locale.JAPANESE.getLanguage());
  }
}
