package jp.musubi.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** 偽の時刻認証局 — Authorities whose certificate is wrong in one respect. */
final class ForgedIdentities {
  private static final Duration LIFE = Duration.ofDays(365L * 11);

  private ForgedIdentities() {}

  static Identity of(TestPki pki, Forgery forgery) {
    var now = pki.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    var stamping = new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping);
    return switch (forgery) {
      case NO_PURPOSE -> order(pki, now).issue(null);
      case OTHER_PURPOSE ->
          order(pki, now).issue(new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
      case PURPOSE_NOT_CRITICAL -> order(pki, now).purposeCritical(false).issue(stamping);
      case PURPOSE_NOT_SOLE ->
          order(pki, now)
              .issue(
                  new ExtendedKeyUsage(
                      new KeyPurposeId[] {
                        KeyPurposeId.id_kp_timeStamping, KeyPurposeId.id_kp_serverAuth
                      }));
      case KEY_USAGE -> order(pki, now).usage(KeyUsage.keyEncipherment).issue(stamping);
      case CERTIFICATION_AUTHORITY ->
          order(pki, now)
              .usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)
              .authority()
              .issue(stamping);
      case WEAK_KEY -> order(pki, now).key(KeyKind.RSA_1024).issue(stamping);
      case EXPIRED_CERTIFICATE ->
          order(pki, now)
              .valid(now.minus(Duration.ofHours(20)), now.minus(Duration.ofHours(1)))
              .issue(stamping);
      case FUTURE_CERTIFICATE ->
          order(pki, now).valid(now.plus(Duration.ofDays(1)), now.plus(LIFE)).issue(stamping);
      case OTHER_ROOT -> {
        var root =
            Authority.root(
                "むすび試用ルート認証局（本番では使えません）",
                KeyKind.P_384,
                now.minus(Duration.ofDays(1)),
                now.plus(LIFE.multipliedBy(2)),
                pki.baseUrl(),
                pki.ledger());
        yield new ForgedOrder(root, now.minus(Duration.ofHours(1)), now.plus(LIFE)).issue(stamping);
      }
      default -> pki.timestamp();
    };
  }

  private static ForgedOrder order(TestPki pki, Instant now) {
    return new ForgedOrder(pki.timestamping(), now.minus(Duration.ofHours(1)), now.plus(LIFE));
  }
}
