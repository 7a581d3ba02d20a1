package jp.musubi.means;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.Identification;
import jp.musubi.contract.PartyId;
import jp.musubi.notification.MailAddress;

/**
 * 登録された手段. An app or a passkey that is kept for a counterparty's address in one body. No account:
 * it opens nothing by itself, and only beside a link that went to this address.
 *
 * @param mail the address, as {@link #address} writes it
 * @param holder who registered it, as named in that contract
 * @param party for which it was registered
 * @param expiresAt exclusively; afterwards it is registered anew
 * @param external of an 外部のID: where, and who as was said there; empty also where the operator no
 *     longer has that provider
 */
public record Means(
    UUID id,
    Kind kind,
    String mail,
    String holder,
    PartyId party,
    Instant registeredAt,
    Instant expiresAt,
    Optional<Instant> usedAt,
    Optional<External> external) {
  /** Two fiscal years: people change their posts and telephones, and nobody tells the body. */
  public static final Duration LIFE = Duration.ofDays(730);

  /** What it is. */
  public enum Kind {
    /** 認証アプリ (RFC 6238). */
    TOTP,
    /** パスキー (W3C Web Authentication). */
    PASSKEY,
    /** 外部のID: who signs in at an OpenID provider. */
    EXTERNAL_ID;

    /** The kind that a way of identification asks for, if it asks for one. */
    public static Optional<Kind> of(Identification.Way way) {
      return switch (way) {
        case TOTP -> Optional.of(TOTP);
        case PASSKEY -> Optional.of(PASSKEY);
        case EXTERNAL_ID_L2, EXTERNAL_ID_L3 -> Optional.of(EXTERNAL_ID);
        case MAIL, ACCESS_CODE, MAIL_CODE, SMS_CODE -> Optional.empty();
      };
    }
  }

  /**
   * Where somebody signs in.
   *
   * @param name as the provider said when it was registered, or empty
   * @param number 法人番号, likewise
   */
  public record External(ExternalProvider provider, String name, String number) {}

  /** Whether it is enough where this way is asked for. */
  boolean serves(Identification.Way way) {
    return Kind.of(way).filter(kind::equals).isPresent()
        && (!way.isExternal()
            || external.filter(found -> found.provider().level().reaches(way.level())).isPresent());
  }

  /** An address as means are kept under: capitals do not make it another one. */
  static String address(String mail) {
    return MailAddress.parse(mail).value().toLowerCase(Locale.ROOT);
  }
}
