package jp.musubi.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhookの署名の鍵. What a receiver knows an event of ours by. Never printed. */
final class WebhookSecret {
  private static final String PREFIX = "mswhsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int RANDOM_BYTES = 32;

  private final String text;

  private WebhookSecret(String text) {
    this.text = text;
  }

  static WebhookSecret next(SecureRandom random) {
    var bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new WebhookSecret(
        PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  static WebhookSecret of(byte[] stored) {
    return new WebhookSecret(new String(stored, StandardCharsets.US_ASCII));
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The secret itself, for the one page that shows it. */
  String reveal() {
    return text;
  }

  /**
   * The header {@code Musubi-Signature}: when it was signed, and HMAC-SHA256 of time, event and
   * body by each secret, so that a receiver can change from one to the next.
   */
  static String header(List<WebhookSecret> secrets, Instant now, UUID event, String body) {
    var signed = "%d.%s.%s".formatted(now.getEpochSecond(), event, body);
    return "t=%d,%s"
        .formatted(
            now.getEpochSecond(),
            secrets.stream()
                .map(secret -> "v1=" + secret.sign(signed))
                .collect(Collectors.joining(",")));
  }

  private String sign(String message) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes(), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }
}
