package jp.musubi.evidence;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import jp.musubi.platform.TenantId;
import tools.jackson.databind.json.JsonMapper;

/**
 * 錨. Where a body's chain was at a moment, kept outside of the database: a chain that is cut or
 * written anew as a whole agrees with itself, and no longer with this.
 *
 * @param seq the last entry at that moment
 * @param hash its hash, which stands for every entry before it
 */
public record Anchor(TenantId tenant, long seq, String hash, Instant at) {
  private static final JsonMapper READER = JsonMapper.builder().build();

  /**
   * An anchor as it lies in its folder.
   *
   * @param evidence an RFC 4998 evidence record over the anchor's file, if that was timestamped
   */
  public record Kept(Anchor anchor, Path file, Optional<Path> evidence) {}

  /** The file's text: one line of canonical JSON. */
  String text() {
    var text = new TreeMap<String, Object>();
    text.put("at", at.toString());
    text.put("hash", hash);
    text.put("seq", seq);
    text.put("tenant", tenant.toString());
    return CanonicalJson.of(text) + "\n";
  }

  /** Reads a file's text. */
  static Anchor parse(String text) {
    var node = READER.readTree(text);
    return new Anchor(
        TenantId.parse(node.path("tenant").asString()),
        node.path("seq").asLong(),
        node.path("hash").asString(),
        Instant.parse(node.path("at").asString()));
  }
}
