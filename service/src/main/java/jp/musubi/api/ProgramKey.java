package jp.musubi.api;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.musubi.seal.Sha256;

/**
 * 連携プログラムの鍵, on its way in or out; never stored, never printed. It begins so that it is known for
 * what it is wherever it turns up, and names the body, so that it is looked for in that one's rows.
 */
final class ProgramKey {
  private static final Pattern FORM = Pattern.compile("mskey_([0-9]{6})_[A-Za-z0-9_-]{43}");
  private static final int RANDOM_BYTES = 32;
  private static final String SCHEME = "Bearer ";

  private final String text;
  private final String body;

  private ProgramKey(String text, String body) {
    this.text = text;
    this.body = body;
  }

  /** A new one for the body with this 団体コード. */
  static ProgramKey next(String body, SecureRandom random) {
    var bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new ProgramKey(
        "mskey_%s_%s"
            .formatted(body, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)),
        body);
  }

  /** The key in a header {@code Authorization: Bearer …} (RFC 6750, 2.1), if it is one. */
  static Optional<ProgramKey> in(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    var text = header.substring(SCHEME.length()).strip();
    var match = FORM.matcher(text);
    return match.matches() ? Optional.of(new ProgramKey(text, match.group(1))) : Optional.empty();
  }

  /** 団体コード of whose it says to be. */
  String body() {
    return body;
  }

  /** By which it is known again. */
  Sha256 digest() {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A secret of the key and of one request, 256 bits in hexadecimal: the same whenever that request
   * is repeated, and known to nobody who has not the key.
   */
  String seed(String request) {
    return Sha256.of((text + " " + request).getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** The key itself, for the one page that shows it. */
  String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "mskey_" + body + "_***";
  }
}
