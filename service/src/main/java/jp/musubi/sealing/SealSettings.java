package jp.musubi.sealing;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * 電子署名の設定 ({@code musubi.seal.*}).
 *
 * @param keyStore PKCS#12 file with key and certificate chain
 * @param keyStorePasswordFile file whose first line is its password
 * @param trustAnchors PEM file of the roots that seals and timestamps must lead to
 * @param timestampUrls timestamp authorities, the first that answers is used
 * @param timestampPolicies acceptable policies as dotted identifiers; empty accepts any
 * @param revocationHosts whom to ask about revocation, and nobody else
 * @param deadline for one exchange with a timestamp authority or a revocation service
 */
@ConfigurationProperties("musubi.seal")
record SealSettings(
    Path keyStore,
    Path keyStorePasswordFile,
    @DefaultValue("seal") String keyAlias,
    Path trustAnchors,
    List<URI> timestampUrls,
    @DefaultValue List<String> timestampPolicies,
    @DefaultValue List<String> revocationHosts,
    @DefaultValue("5s") Duration deadline) {

  SealSettings {
    require(keyStore, "key-store");
    require(keyStorePasswordFile, "key-store-password-file");
    require(trustAnchors, "trust-anchors");
    require(timestampUrls, "timestamp-urls");
    if (timestampUrls.isEmpty()) {
      throw new IllegalArgumentException("musubi.seal.timestamp-urls names no authority");
    }
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("musubi.seal.deadline must be longer than nothing");
    }
  }

  // The binder hands over null for a missing setting, whatever the types say.
  private static void require(@org.jspecify.annotations.Nullable Object value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("musubi.seal." + name + " is not set");
    }
  }
}
