package jp.musubi.seal;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What a seal says of itself in the viewer's signature panel (ISO 32000-2, table 255).
 *
 * @param field the prepared field to fill
 * @param name who wanted it: /Name
 * @param reason in what role and how identified: /Reason
 * @param location /Location
 * @param contactInfo /ContactInfo
 * @param signingTime claimed time: /M; the timestamp is what counts
 * @param certify whether this is the first seal, which certifies with DocMDP P=2 (SIG-5)
 */
public record SealRequest(
    String field,
    String name,
    String reason,
    String location,
    String contactInfo,
    Instant signingTime,
    boolean certify) {
  private static final int LONGEST = 400;

  /** Control and bidirectional-control characters; variation selectors stay (LAW-22, LAW-23). */
  private static final Pattern HARMFUL =
      Pattern.compile(
          "[\\p{Cc}\\u061C\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060\\u2066-\\u2069\\uFEFF]");

  private static final Pattern GRAPHEMES =
      Pattern.compile("(\\X{0," + LONGEST + "}).*", Pattern.DOTALL);

  /** Takes out what could mislead a reader, and cuts at 400 characters as people count them. */
  public SealRequest {
    name = clean(name);
    reason = clean(reason);
    location = clean(location);
    contactInfo = clean(contactInfo);
  }

  private static String clean(String text) {
    var harmless = HARMFUL.matcher(text).replaceAll(" ").strip();
    var matcher = GRAPHEMES.matcher(harmless);
    return matcher.matches() ? matcher.group(1) : harmless;
  }
}
