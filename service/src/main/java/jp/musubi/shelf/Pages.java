package jp.musubi.shelf;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Field;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.ModelAndView;

/** What the pages of the shelf have in common. */
final class Pages {
  private static final DateTimeFormatter ENGLISH_DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter ENGLISH_TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm '(Japan time)'", Locale.ENGLISH);

  private Pages() {}

  /**
   * A page. The token of its forms is written at once: a page longer than the response's buffer
   * would otherwise be on its way before the cookie is.
   */
  static ModelAndView of(String view, HttpServletRequest request) {
    if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
      var _ = token.getToken();
    }
    return new ModelAndView(view);
  }

  /** The same with its fields, for the summary of what is wrong. */
  static ModelAndView of(String view, HttpServletRequest request, Field field) {
    return of(view, request).addObject("field", field).addObject("fields", List.of(field));
  }

  /** In the language somebody has chosen to read in. */
  static String time(Instant at) {
    return isEnglish()
        ? ENGLISH_TIME.format(at.atZone(JapaneseDates.ZONE))
        : JapaneseDates.time(at);
  }

  static String day(LocalDate day) {
    return isEnglish() ? ENGLISH_DAY.format(day) : JapaneseDates.date(day);
  }

  /** The last day before a moment. */
  static String lastDay(Instant until) {
    return day(LocalDate.ofInstant(until.minusNanos(1), JapaneseDates.ZONE));
  }

  private static boolean isEnglish() {
    return LocaleContextHolder.getLocale().getLanguage().equals("en");
  }
}
