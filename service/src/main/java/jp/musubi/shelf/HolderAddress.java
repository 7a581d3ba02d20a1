package jp.musubi.shelf;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.notification.MailAddress;
import jp.musubi.seal.Sha256;

/**
 * 控えの宛先. A mail address as the shelf knows it: full and half width, capital and small letters and
 * the two forms of an internationalised domain (RFC 5890) are one.
 *
 * @param mail where letters go
 */
record HolderAddress(MailAddress mail) {

  /** As a person typed it; empty if that is not exactly one address. */
  static Optional<HolderAddress> typed(String text) {
    try {
      return Optional.of(
          new HolderAddress(
              MailAddress.parse(Normalizer.normalize(text.strip(), Normalizer.Form.NFKC))));
    } catch (IllegalArgumentException notOneAddress) {
      return Optional.empty();
    }
  }

  /** By which the database knows it. */
  Sha256 digest() {
    return Sha256.of(mail.value().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }
}
