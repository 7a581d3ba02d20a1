package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.evidence.Circumstances;
import jp.musubi.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Behind each page of a link: whatever left no entry of its own leaves one here, before the page is
 * drawn. What names no link of the body names nobody, and is not recorded.
 */
final class LinkRecord implements HandlerInterceptor {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final Ceremony ceremony;
  private final AccessRecord record;

  LinkRecord(Ceremony ceremony, AccessRecord record) {
    this.ceremony = ceremony;
    this.record = record;
  }

  @Override
  public void postHandle(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable ModelAndView page) {
    conclude(request, response.getStatus(), showsNothing(page) || isLanding(request));
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception thrown) {
    if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
      conclude(request, response.getStatus(), false);
    }
  }

  private void conclude(HttpServletRequest request, int status, boolean showsNothing) {
    var reading = READING.contains(request.getMethod());
    var refused = status >= HttpServletResponse.SC_BAD_REQUEST;
    if (Tenancy.current().isEmpty()
        || Circumstances.current().map(Circumstances::leftAnEntry).orElse(true)
        || (reading && showsNothing && !refused)) {
      return;
    }
    variable(request, "link")
        .flatMap(Doorkeeper::idOf)
        .flatMap(ceremony::find)
        .ifPresent(visit ->
            record.note(
                visit.actor(),
                refused ? "link.refused" : reading ? "link.page-viewed" : "link.repeated",
                visit.contract().id().value(),
                request.getRemoteAddr(),
                Map.of(
                    "link",
                    visit.link().id().toString(),
                    "method",
                    request.getMethod(),
                    "route",
                    route(request),
                    "status",
                    String.valueOf(status),
                    "userAgent",
                    Visitor.of(request).userAgent())));
  }

  /** It says what the mail says, and machines that look through mail open it by the dozen. */
  private static boolean isLanding(HttpServletRequest request) {
    return route(request).endsWith("/{secret}");
  }

  private static String route(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
  }

  private static boolean showsNothing(@Nullable ModelAndView page) {
    var view = page == null ? null : page.getViewName();
    return view != null && view.startsWith("redirect:");
  }

  private static java.util.Optional<String> variable(HttpServletRequest request, String name) {
    return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                instanceof Map<?, ?> variables
            && variables.get(name) instanceof String value
        ? java.util.Optional.of(value)
        : java.util.Optional.empty();
  }
}
