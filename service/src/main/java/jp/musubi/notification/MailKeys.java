package jp.musubi.notification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.platform.JapaneseDates;
import org.jspecify.annotations.Nullable;

/**
 * Opens the key by which letters are signed. What is wrong with it keeps the service from starting,
 * in one sentence: otherwise letters would wait unseen, or recipients be warned of each.
 */
final class MailKeys {
  private static final String SETTING = "musubi.mail.signing.key-store";
  private static final int SMALLEST_RSA = 2048;
  private static final int SMALLEST_EC = 256;

  /** Kinds of subject alternative name (RFC 5280, 4.2.1.6). */
  private static final Integer RFC822_NAME = 1;

  private static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
  private static final String ANY_PURPOSE = "2.5.29.37.0";

  private MailKeys() {}

  /**
   * The signer, if there is to be one.
   *
   * @param from the address that letters come from; the certificate has to be for it
   * @throws IllegalStateException that says what is wrong, and what to do
   */
  static Optional<MailSigner> open(MailSigningSettings settings, MailAddress from, Clock clock) {
    var file = settings.keyStore();
    if (file == null) {
      return Optional.empty();
    }
    var password = password(settings.keyStorePasswordFile());
    try {
      var store = KeyStore.getInstance("PKCS12");
      try (var in = Files.newInputStream(file)) {
        store.load(in, password);
      }
      var key = (PrivateKey) store.getKey(settings.keyAlias(), password);
      var chain = store.getCertificateChain(settings.keyAlias());
      if (key == null || chain == null) {
        throw wrong("「%s」という名前の鍵と証明書がありません。".formatted(settings.keyAlias()));
      }
      var certificates = Arrays.stream(chain).map(X509Certificate.class::cast).toList();
      insist(certificates.getFirst(), from, clock);
      var signer = new MailSigner(key, certificates, settings.alarmBeforeExpiry(), clock);
      signer.look();
      return Optional.of(signer);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          SETTING + ": 署名の鍵のファイル %s を開けません。ファイルとパスワードを確かめてください。".formatted(file), e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static void insist(X509Certificate certificate, MailAddress from, Clock clock)
      throws CertificateParsingException {
    var now = clock.instant();
    if (!now.isBefore(certificate.getNotAfter().toInstant())) {
      throw wrong(
          "証明書の期限（%s）が過ぎています。新しい証明書に替えてください。"
              .formatted(JapaneseDates.date(certificate.getNotAfter().toInstant())));
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw wrong(
          "証明書は%sからのものです。いま有効な証明書にしてください。"
              .formatted(JapaneseDates.date(certificate.getNotBefore().toInstant())));
    }
    if (addresses(certificate).noneMatch(from.value().toLowerCase(Locale.ROOT)::equals)) {
      throw wrong("証明書が、差出人のアドレス（musubi.mail.from）%s のものではありません。".formatted(from.value()));
    }
    if (!signs(certificate)) {
      throw wrong("証明書が、メールの署名に使えるものではありません（鍵用途か拡張鍵用途が違います）。");
    }
    if (!isStrong(certificate.getPublicKey())) {
      throw wrong("鍵が弱すぎるか、種類が違います（RSA 2048ビット以上か、ECDSA P-256以上にしてください）。");
    }
  }

  private static Stream<String> addresses(X509Certificate certificate)
      throws CertificateParsingException {
    return Optional.ofNullable(certificate.getSubjectAlternativeNames())
        .map(Collection::stream)
        .orElse(Stream.empty())
        .filter(name -> RFC822_NAME.equals(name.getFirst()))
        .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
  }

  /**
   * digitalSignature or nonRepudiation, and emailProtection, each where it is limited (RFC 8550).
   */
  private static boolean signs(X509Certificate certificate) throws CertificateParsingException {
    var usage = certificate.getKeyUsage();
    List<String> purposes = certificate.getExtendedKeyUsage();
    return (usage == null || usage[0] || usage[1])
        && (purposes == null
            || purposes.contains(EMAIL_PROTECTION)
            || purposes.contains(ANY_PURPOSE));
  }

  private static boolean isStrong(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= SMALLEST_RSA;
      case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= SMALLEST_EC;
      default -> false;
    };
  }

  private static char[] password(@Nullable Path file) {
    if (file == null) {
      throw new IllegalStateException(
          "musubi.mail.signing.key-store-password-file: パスワードのファイルを設定してください。");
    }
    try {
      return Files.readAllLines(file).getFirst().strip().toCharArray();
    } catch (IOException e) {
      throw new IllegalStateException(
          "musubi.mail.signing.key-store-password-file: %s を読めません。".formatted(file), e);
    }
  }

  private static IllegalStateException wrong(String what) {
    return new IllegalStateException(SETTING + ": " + what);
  }
}
