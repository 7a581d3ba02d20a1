package jp.musubi.sealing;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jp.musubi.seal.CertificateFitness;
import jp.musubi.seal.ImprintAlgorithm;
import jp.musubi.seal.key.RsaPadding;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * 電子署名の設定 ({@code musubi.seal.*}). The key lies in a file or, with {@link Pkcs11Settings}, in a
 * hardware module.
 *
 * @param keyStore PKCS#12 file with key and certificate chain; none when a module has the key
 * @param keyStorePasswordFile file whose first line is its password
 * @param nextKeyAlias of the key in the same file that takes its place once two operators confirmed
 *     it; none while there is no such key
 * @param rsaPadding how an RSA key signs
 * @param trustAnchors PEM file of the roots that seals and timestamps must lead to
 * @param timestampUrls timestamp authorities, the first that answers is used
 * @param timestampPolicies acceptable policies as dotted identifiers; empty accepts any
 * @param timestampDigest what imprints are made with
 * @param timestampBurst how many calls to one authority may come at once
 * @param timestampInterval after which one more call may come
 * @param probeInterval an authority that gave no token for this long is asked for one
 * @param revocationHosts whom to ask about revocation, and nobody else
 * @param deadline for one exchange with a timestamp authority or a revocation service
 * @param stopBeforeExpiry remaining life of the certificate below which nothing is sealed
 * @param alarmBeforeExpiry remaining life of the certificate below which the log alarms
 */
@ConfigurationProperties("musubi.seal")
record SealSettings(
    @Nullable Path keyStore,
    @Nullable Path keyStorePasswordFile,
    @DefaultValue("seal") String keyAlias,
    @Nullable String nextKeyAlias,
    @DefaultValue("pkcs1") RsaPadding rsaPadding,
    Path trustAnchors,
    List<URI> timestampUrls,
    @DefaultValue List<String> timestampPolicies,
    @DefaultValue("sha-256") ImprintAlgorithm timestampDigest,
    @DefaultValue("200") int timestampBurst,
    @DefaultValue("20ms") Duration timestampInterval,
    @DefaultValue("15m") Duration probeInterval,
    @DefaultValue List<String> revocationHosts,
    @DefaultValue("5s") Duration deadline,
    @DefaultValue("7d") Duration stopBeforeExpiry,
    @DefaultValue("90d") Duration alarmBeforeExpiry) {

  SealSettings {
    require(trustAnchors, "trust-anchors");
    require(timestampUrls, "timestamp-urls");
    if (timestampUrls.isEmpty()) {
      throw new IllegalArgumentException("musubi.seal.timestamp-urls names no authority");
    }
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("musubi.seal.deadline must be longer than nothing");
    }
    if (probeInterval.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("musubi.seal.probe-interval must be a minute or more");
    }
  }

  /** The same, with the key that is to come in place of the current one. */
  SealSettings next() {
    return nextKeyAlias == null
        ? this
        : new SealSettings(
            keyStore,
            keyStorePasswordFile,
            nextKeyAlias,
            null,
            rsaPadding,
            trustAnchors,
            timestampUrls,
            timestampPolicies,
            timestampDigest,
            timestampBurst,
            timestampInterval,
            probeInterval,
            revocationHosts,
            deadline,
            stopBeforeExpiry,
            alarmBeforeExpiry);
  }

  CertificateFitness.Limits limits() {
    return new CertificateFitness.Limits(stopBeforeExpiry, alarmBeforeExpiry);
  }

  // The binder hands over null for a missing setting, whatever the types say.
  private static void require(@Nullable Object value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("musubi.seal." + name + " is not set");
    }
  }
}
