package jp.musubi.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.evidence.Anchors;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.PartyAnchors;
import jp.musubi.vault.Examination;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The auditor, beside a running service or alone. */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {

  @Bean
  Auditor auditor(
      JdbcClient jdbc,
      Examination objects,
      AuditTrail trail,
      Anchors anchors,
      PlatformTransactionManager transactions,
      Clock clock,
      @Value("${musubi.seal.trust-anchors}") Path trustAnchors,
      PartyAnchors parties) {
    var trusted = new HashSet<>(certificates(trustAnchors));
    trusted.addAll(parties.certificates());
    return new Auditor(jdbc, objects, trail, anchors, transactions, trusted, clock);
  }

  private static Set<X509Certificate> certificates(Path pem) {
    try (var in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException("musubi.seal.trust-anchors cannot be read", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("musubi.seal.trust-anchors cannot be read", e);
    }
  }
}
