package jp.musubi.evidence;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One line of the audit chain. */
public record AuditEntry(
    long seq,
    Instant at,
    Actor actor,
    String action,
    @Nullable UUID contractId,
    @Nullable String clientIp,
    Map<String, String> details,
    String hash) {}
