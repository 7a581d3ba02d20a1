package jp.musubi.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * 当事者型の電子署名の認証局. Whose certificates the parties' own signatures may have; without one, no such
 * signature is asked for or taken. Whoever judges a concluded file has to know them, too.
 */
@Component
public class PartyAnchors {
  private final @Nullable Path pem;
  private final Set<X509Certificate> certificates;

  PartyAnchors(@Value("${musubi.own-signature.trust-anchors:#{null}}") @Nullable Path pem) {
    this.pem = pem;
    this.certificates = pem == null ? Set.of() : read(pem);
  }

  /** Whether parties may be asked for signatures of their own. */
  public boolean isOn() {
    return pem != null;
  }

  /** The authorities; none where the feature is off. */
  public Set<X509Certificate> certificates() {
    return certificates;
  }

  /** The file they stand in, for another process. */
  public Optional<Path> pem() {
    return Optional.ofNullable(pem);
  }

  private static Set<X509Certificate> read(Path pem) {
    try (var in = Files.newInputStream(pem)) {
      var found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .collect(Collectors.toUnmodifiableSet());
      if (found.isEmpty()) {
        throw new IllegalStateException(
            "musubi.own-signature.trust-anchors holds no certificate: " + pem);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("musubi.own-signature.trust-anchors cannot be read", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("musubi.own-signature.trust-anchors cannot be read", e);
    }
  }
}
