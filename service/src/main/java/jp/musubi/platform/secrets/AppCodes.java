package jp.musubi.platform.secrets;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/**
 * 認証アプリのコード (RFC 6238): HMAC-SHA-1, six digits, thirty seconds, which is what every authenticator
 * app understands. A code is taken one step early or late, and once (WEB-3).
 */
public final class AppCodes {
  /** RFC 4226, 4: 160 bits. */
  public static final int SECRET_BYTES = 20;

  private static final Duration STEP = Duration.ofSeconds(30);
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final TimeBasedOneTimePasswordGenerator GENERATOR =
      new TimeBasedOneTimePasswordGenerator(STEP);

  private AppCodes() {}

  /**
   * The time step whose code this is; empty if it is none of now, or its step was taken already.
   *
   * @param taken the newest step whose code was taken
   */
  public static OptionalLong step(byte[] secret, String code, long taken, Instant now) {
    var key = new SecretKeySpec(secret, GENERATOR.getAlgorithm());
    var asked = code.getBytes(StandardCharsets.UTF_8);
    var current = Math.floorDiv(now.getEpochSecond(), STEP.toSeconds());
    var found = OptionalLong.empty();
    for (var step = current - 1; step <= current + 1; step++) {
      // Every candidate is looked at, so that the time tells nothing.
      if (MessageDigest.isEqual(code(key, step).getBytes(StandardCharsets.UTF_8), asked)
          && step > taken) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  private static String code(SecretKeySpec key, long step) {
    try {
      return GENERATOR.generateOneTimePasswordString(
          key, Instant.ofEpochSecond(step * STEP.toSeconds()));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a key of bytes is a key", e);
    }
  }

  /** The secret as a person types it: base 32 (RFC 4648) in groups of four. */
  public static String spelled(byte[] secret) {
    return base32(secret).replaceAll("(.{4})(?=.)", "$1 ");
  }

  /** The address that an authenticator app reads from the picture. */
  public static String address(byte[] secret, String service, String account) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s"
        .formatted(percent(service), percent(account), base32(secret), percent(service));
  }

  private static String base32(byte[] bytes) {
    var text = new StringBuilder();
    var buffer = 0;
    var bits = 0;
    for (var each : bytes) {
      buffer = (buffer << 8) | (each & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt((buffer >> bits) & 31));
      }
    }
    if (bits > 0) {
      text.append(BASE32.charAt((buffer << (5 - bits)) & 31));
    }
    return text.toString();
  }

  private static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
