package jp.musubi.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * An audit entry before it is stored, and the one rule of the chain: {@code hash = SHA-256(UTF-8 of
 * the canonical entry ‖ the 32 bytes of the hash before)}; the first entry follows 32 zero bytes.
 */
record ChainedEntry(
    TenantId tenant,
    long seq,
    Instant at,
    Actor actor,
    String action,
    @Nullable UUID contractId,
    @Nullable String clientIp,
    Map<String, String> details) {

  /** What the first entry follows. */
  static final String START = "0".repeat(64);

  /** The text that is hashed and kept; absent facts are left out, not written as null. */
  String canonical() {
    var entry = new TreeMap<String, Object>();
    entry.put("tenant", tenant.toString());
    entry.put("seq", seq);
    entry.put("at", at.toString());
    entry.put(
        "actor",
        new TreeMap<String, Object>(
            Map.of("kind", actor.kind().name(), "id", actor.id(), "name", actor.name())));
    entry.put("action", action);
    if (contractId != null) {
      entry.put("contract", contractId.toString());
    }
    if (clientIp != null) {
      entry.put("clientIp", clientIp);
    }
    entry.put("details", new TreeMap<>(details));
    return CanonicalJson.of(entry);
  }

  /** The hash of a canonical entry that follows {@code previous}. */
  static String hash(String canonical, String previous) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(canonical.getBytes(StandardCharsets.UTF_8));
      digest.update(HexFormat.of().parseHex(previous));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
