package jp.musubi.authority;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.evidence.Circumstances;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/** 操作の記録. What the guard writes into the body's chain of each route that somebody asks for. */
final class RouteRecord {
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F-]{36}");
  private static final int LONGEST = 200;

  private final AccessRecord record;

  RouteRecord(AccessRecord record) {
    this.record = record;
  }

  /** Before a page is served: nobody sees what is not on record. */
  void seen(HttpServletRequest request, HandlerMethod method, Act act) {
    if (READING.contains(request.getMethod()) && by(method) == null) {
      var action =
          switch (act.ground()) {
            case CONTRACT -> "contract.viewed";
            case MEMBER -> "member.viewed";
            case NONE, OWN_SECTION -> "page.viewed";
          };
      record.note(action, contract(act, request), details(request, act));
    }
  }

  /**
   * When a step left no entry of its own: a form that was not accepted, a repeated click, a page
   * that records itself and broke off before it did.
   */
  void attempted(HttpServletRequest request, HandlerMethod method, Act act, int status) {
    if (by(method) != Recorded.By.NOBODY
        && !Circumstances.current().map(Circumstances::leftAnEntry).orElse(true)) {
      var details = details(request, act);
      details.put("status", String.valueOf(status));
      record.note(status < 400 ? "step.repeated" : "step.refused", contract(act, request), details);
    }
  }

  /**
   * When the guard let somebody not pass.
   *
   * @param known whether the current body has what the path names; an id of nothing, or of another
   *     body's, is kept as a fact only
   */
  void refused(HttpServletRequest request, Act act, boolean known) {
    var details = details(request, act);
    record.note("route.refused", known ? contract(act, request) : null, details);
  }

  private static Recorded.@Nullable By by(HandlerMethod method) {
    var said = method.getMethodAnnotation(Recorded.class);
    return said == null ? null : said.by();
  }

  private static @Nullable UUID contract(Act act, HttpServletRequest request) {
    var id = variables(request).get("id");
    return act.ground() == Act.Ground.CONTRACT
            && id instanceof String text
            && UUID_FORM.matcher(text).matches()
        ? UUID.fromString(text)
        : null;
  }

  private static Map<String, String> details(HttpServletRequest request, Act act) {
    var details = new TreeMap<String, String>();
    details.put("act", act.name());
    details.put("method", request.getMethod());
    if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String at) {
      details.put("route", at);
    }
    variables(request)
        .forEach((name, value) -> details.put("path." + name, shortened(String.valueOf(value))));
    var asked = request.getQueryString();
    if (asked != null) {
      details.put("query", shortened(asked));
    }
    return details;
  }

  private static Map<?, ?> variables(HttpServletRequest request) {
    return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> all
        ? all
        : Map.of();
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
