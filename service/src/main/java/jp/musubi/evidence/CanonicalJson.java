package jp.musubi.evidence;

import java.util.SortedMap;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One spelling for one value, so that a hash can be taken: JSON Canonicalization Scheme (RFC 8785)
 * for what an audit entry holds, which is objects, strings and integers below 2^53. Keys in order
 * of their UTF-16 code units, no white space, only the escapes RFC 8785 3.2.2.2 asks for.
 */
final class CanonicalJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .build();

  private CanonicalJson() {}

  /** Spells {@code value}; nested maps are sorted as well. */
  static String of(SortedMap<String, Object> value) {
    return MAPPER.writeValueAsString(value);
  }
}
