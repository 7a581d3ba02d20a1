package jp.musubi.sealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import jp.musubi.custody.KeyConsent;
import jp.musubi.platform.FaultPoints;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.SealKey;
import jp.musubi.seal.key.WatchedSealKey;
import jp.musubi.seal.remote.FailoverTimestampAuthority;
import jp.musubi.seal.remote.HttpRevocationSource;
import jp.musubi.seal.remote.HttpTimestampAuthority;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What sealing needs from outside: key, timestamp authorities, revocation services. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SealSettings.class, Pkcs11Settings.class})
class SealPorts {

  @Bean
  SealCandidates sealCandidates(
      SealSettings settings,
      Pkcs11Settings module,
      @Value("${musubi.production:false}") boolean production,
      @Value("${musubi.inspection.jar:verifier/target/verifier-exec.jar}") Path jar) {
    var authorities = certificates(settings.trustAnchors());
    var next =
        settings.nextKeyAlias() == null && module.nextLabel() == null
            ? Optional.<SealKey>empty()
            : Optional.of(
                SealKeys.open(settings.next(), module.next(), authorities, production, jar));
    return new SealCandidates(SealKeys.open(settings, module, authorities, production, jar), next);
  }

  @Bean
  WatchedSealKey sealKey(
      SealCandidates candidates, KeyConsent consent, SealSettings settings, Clock clock) {
    return new WatchedSealKey(
        new ConsentedSealKey(candidates.chosen(consent), consent),
        settings.limits(),
        clock,
        SealAlarms::certificate);
  }

  @Bean
  RevocationSource revocationSource(SealSettings settings, FaultPoints faults, Clock clock) {
    return faults.around(
        RevocationSource.class,
        new HttpRevocationSource(settings.revocationHosts(), clock, settings.deadline()));
  }

  @Bean
  FailoverTimestampAuthority timestampAuthorities(
      SealSettings settings, RevocationSource revocations, Clock clock) {
    var anchors = certificates(settings.trustAnchors());
    return new FailoverTimestampAuthority(
        settings.timestampUrls().stream()
            .map(url ->
                new HttpTimestampAuthority(
                    url,
                    settings.timestampDigest(),
                    settings.timestampPolicies(),
                    anchors,
                    Optional.of(revocations),
                    clock,
                    settings.deadline()))
            .toList(),
        settings.timestampBurst(),
        settings.timestampInterval(),
        clock,
        SealAlarms::timestamps);
  }

  @Bean(destroyMethod = "close")
  TimestampWatch timestamps(
      FailoverTimestampAuthority authorities, SealSettings settings, Clock clock) {
    return new TimestampWatch(authorities, settings.probeInterval(), clock);
  }

  static List<X509Certificate> certificates(Path pem) {
    try (var in = Files.newInputStream(pem)) {
      var found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw new IllegalStateException("musubi.seal.trust-anchors holds no certificate: " + pem);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("musubi.seal.trust-anchors cannot be read", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("musubi.seal.trust-anchors cannot be read", e);
    }
  }
}
