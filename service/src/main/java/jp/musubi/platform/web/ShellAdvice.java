package jp.musubi.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.platform.JapaneseDates;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.core.env.Environment;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Puts {@link Shell} and {@link Reading} into every page's model: no controller has to think of
 * them.
 */
@ControllerAdvice
class ShellAdvice {
  private static final Duration WARNING = Duration.ofMinutes(5);
  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("H時mm分", Locale.JAPAN);

  private final boolean trial;
  private final List<NavigationItem> items;
  private final MessageSource messages;
  private final Clock clock;

  ShellAdvice(
      Environment environment,
      ObjectProvider<NavigationItem> items,
      MessageSource messages,
      Clock clock) {
    this.trial = environment.getProperty("musubi.trial.enabled", Boolean.class, false);
    this.items = items.stream().sorted(Comparator.comparingInt(NavigationItem::order)).toList();
    this.messages = messages;
    this.clock = clock;
  }

  @ModelAttribute("shell")
  Shell shell(
      HttpServletRequest request,
      @Nullable Authentication authentication,
      @Nullable CsrfToken formToken) {
    if (formToken != null && !isPostedByAnotherSite(request)) {
      // The token's cookie must be written before the page's first bytes are.
      formToken.getToken();
    }
    if (authentication == null || !(authentication.getPrincipal() instanceof SignedIn person)) {
      return new Shell(trial, "", "", "", "", List.of(), null);
    }
    var path = request.getRequestURI().substring(request.getContextPath().length());
    return new Shell(
        trial,
        person.bodyName(),
        person.sectionName(),
        person.displayName(),
        inWords(person.roleCodes()),
        navigation(path, person.roleCodes()),
        session(person.sessionEnd()));
  }

  @ModelAttribute("reading")
  Reading reading(HttpServletRequest request) {
    return Reading.of(request);
  }

  /**
   * Such a request comes without the cookie of the forms: a new one would take the place of that
   * which the browser's open pages need, and the answer to another site has no form with a token.
   */
  private static boolean isPostedByAnotherSite(HttpServletRequest request) {
    return request.getMethod().equals("POST")
        && "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
  }

  private Shell.@Nullable Session session(@Nullable SessionEnd end) {
    if (end == null) {
      return null;
    }
    var seconds = Duration.between(clock.instant(), end.at()).toSeconds();
    return new Shell.Session(
        seconds,
        Math.min(WARNING.toSeconds(), seconds / 2),
        TIME_OF_DAY.format(end.at().atZone(JapaneseDates.ZONE)),
        end.canBeExtended());
  }

  private String inWords(Set<String> roles) {
    return roles.stream()
        .sorted()
        .map(role -> messages.getMessage("role." + role, null, Locale.JAPAN))
        .collect(Collectors.joining("・"));
  }

  private List<Shell.Entry> navigation(String path, Set<String> roles) {
    var seen =
        items.stream()
            .filter(
                item -> item.roles().isEmpty() || item.roles().stream().anyMatch(roles::contains))
            .toList();
    // The best fit is the one we are in: /contracts/new before /contracts.
    var here =
        seen.stream()
            .filter(item -> item.fits(path) > 0)
            .max(Comparator.comparingInt(item -> item.fits(path)))
            .map(NavigationItem::path)
            .orElse("");
    return seen.stream()
        .map(item ->
            new Shell.Entry(item.icon(), item.label(), item.path(), item.path().equals(here)))
        .toList();
  }
}
