package jp.musubi.audit;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jp.musubi.evidence.AuditEntry;
import jp.musubi.evidence.AuditKind;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** An entry in words. */
@Component
class AuditWords {
  private final MessageSource messages;

  AuditWords(MessageSource messages) {
    this.messages = messages;
  }

  /** What was done; the code itself for what has no words yet. */
  String action(AuditEntry entry) {
    return known("audit.action." + entry.action(), entry.action());
  }

  /** In what capacity. */
  String actorKind(AuditEntry entry) {
    return known("audit.actor." + entry.actor().kind(), entry.actor().kind().name());
  }

  /** The roles held at that moment. */
  String roles(AuditEntry entry) {
    var roles = entry.details().getOrDefault("roles", "");
    return roles.isEmpty()
        ? ""
        : java.util.Arrays.stream(roles.split(" "))
            .map(role -> known("role." + role, role))
            .collect(Collectors.joining("・"));
  }

  /** Whether it went through. */
  String result(AuditEntry entry) {
    return known(
        AuditKind.isRefusal(entry.action()) ? "audit.result.refused" : "audit.result.done", "");
  }

  /** Everything further, on one line. */
  String details(AuditEntry entry) {
    return entry.details().entrySet().stream()
        .filter(fact -> !fact.getKey().equals("roles"))
        .sorted(Map.Entry.comparingByKey())
        .map(fact -> fact.getKey() + "=" + fact.getValue())
        .collect(Collectors.joining(" "));
  }

  private String known(String key, String otherwise) {
    return java.util.Objects.requireNonNullElse(
        messages.getMessage(key, null, otherwise, Locale.JAPAN), otherwise);
  }
}
