package jp.musubi.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.evidence.AccessRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/**
 * API操作の記録 (L-04). What became of each call, beside what the guard wrote before it and what the
 * step itself wrote. It is durable before the last bytes of an answer leave.
 */
@Component
class CallRecord {
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final AccessRecord record;

  CallRecord(AccessRecord record) {
    this.record = record;
  }

  void answered(HttpServletRequest request, int status) {
    var details = new TreeMap<String, String>();
    details.put("method", request.getMethod());
    details.put("status", String.valueOf(status));
    if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String at) {
      details.put("route", at);
    }
    var done = status < 400;
    record.note(done ? "api.called" : "api.refused", done ? contract(request) : null, details);
  }

  /** What was answered for exists; what was not may be anybody's. */
  private static @Nullable UUID contract(HttpServletRequest request) {
    return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                instanceof Map<?, ?> variables
            && variables.get("id") instanceof String id
            && UUID_FORM.matcher(id).matches()
        ? UUID.fromString(id)
        : null;
  }
}
