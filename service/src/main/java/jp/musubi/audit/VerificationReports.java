package jp.musubi.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.platform.PartyAnchors;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.ValidationReport;
import jp.musubi.seal.validation.Validator;
import jp.musubi.vault.Vault;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** 検証結果. What our validator says of a stored file at a moment, as {@code ./musubi verify} does. */
@Component
public class VerificationReports {
  private final Vault vault;
  private final Set<X509Certificate> trustAnchors;

  VerificationReports(
      Vault vault, @Value("${musubi.seal.trust-anchors}") Path trustAnchors, PartyAnchors parties)
      throws IOException, GeneralSecurityException {
    this.vault = vault;
    try (var in = Files.newInputStream(trustAnchors)) {
      this.trustAnchors =
          Stream.concat(
                  CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                      .map(X509Certificate.class::cast),
                  parties.certificates().stream())
              .collect(Collectors.toUnmodifiableSet());
    }
  }

  /** Of a stored file. */
  ValidationReport of(Sha256 file, Instant now) {
    return vault.with(file, path -> of(path, now));
  }

  /** Of a file that is at hand. */
  public ValidationReport of(Path file, Instant now) {
    try {
      return Validator.validate(file, new ValidationPolicy(trustAnchors, now));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
